"""Backup and restore: a backup holds all of the site, either database takes it, and half of one is worth nothing."""

import gzip
import hashlib
import json
import os
import shutil
import stat

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from drugs import audit, desk, publishing
from drugs.audit import facts, triggers
from drugs.backups import files, tables
from drugs.backups.integrity import verify
from drugs.caching import stale_pages
from drugs.desk import share_links
from drugs.models import AuditEntry, Edition, Monograph, Publication, SiteText
from drugs.notifications import choices
from drugs.search import fulltext, names
from tests.support.builders import make_document, make_monograph, make_review, publish_document
from tests.support.desk_posts import make_person, record_account
from tests.support.module_rows import rows_of_a_module
from tests.support.postgres import needs_postgres

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_key_of_another_database_is_remembered():
    yield
    ContentType.objects.clear_cache()


@pytest.fixture(scope="module", autouse=True)
def backup(django_db_setup, django_db_blocker, tmp_path_factory):
    """A site with something of everything on it, and a backup of it, made once for all these tests."""
    path = tmp_path_factory.mktemp("backup") / "site.gz"
    with rows_of_a_module(django_db_blocker):
        fill()
        call_command("backup", path)
        yield path


def fill():
    publication = publish_document()
    desk.write(make_document(title="Examplol „forte“ 😀"), by="writer", monograph=publication.monograph)
    publishing.publish(
        publication.monograph, by="t", kind="clarity", note="\u2028\\ \t", review=make_review()
    )
    publishing.withdraw(publish_document(slug="gone", title="Gone"), reason="Wrong.", by="test")
    make_monograph(slug="draft", title="Draftol")
    person = make_person("pat", "Reviewers")
    person.user_permissions.add(Permission.objects.get(codename="view_user"))
    record_account(person)
    SiteText.objects.filter(key="contact").update(body="Call us.")
    audit.record(
        "test", "text_changed", "contact", "", facts.site_texts(SiteText.objects.filter(key="contact"))
    )


@pytest.fixture
def filled():
    return Publication.objects.get(slug="examplol")


@pytest.fixture
def copy(backup, tmp_path):
    path = tmp_path / "site.gz"
    shutil.copy(backup, path)
    return path


def content():
    """Every row that travels, as text, but for acts of restores."""
    rows = (row for model in tables.carried() for row in tables.Table(model).rows())
    return [json.dumps(row) for row in rows if "restored_backup" not in row]


def empty():
    triggers.remove(connection)
    for model in (Publication, Edition, Monograph, AuditEntry, get_user_model()):
        model.objects.all().delete()
    triggers.install(connection)


def rewritten(path, change):
    """The backup with `change` made to its lines, and a hash that fits."""
    with gzip.open(path, "rt") as file:
        lines = [json.loads(line) for line in file][:-1]
    change(lines)
    text = "".join(json.dumps(line) + "\n" for line in lines)
    digest = hashlib.sha256(text.encode()).hexdigest()
    path.write_bytes(gzip.compress((text + json.dumps({"sha256": digest}) + "\n").encode()))


def test_a_restored_site_is_the_site_that_was_copied(copy):
    before = content()
    empty()
    call_command("restore", copy)
    assert content() == before
    assert not list(verify())
    assert names.find("examplol")[0].slug == "examplol" and fulltext.find("asthma")[0].slug == "examplol"
    assert get_user_model().objects.get().groups.get().name == "Reviewers"
    assert Publication.objects.get(slug="gone").withdrawn_reason == "Wrong."


def test_pages_that_a_restore_makes_public_again_are_named(copy, capsys):
    publishing.withdraw(Publication.objects.get(slug="examplol"), reason="Recalled.", by="test")
    call_command("restore", copy, overwrite=True)
    assert "Withdrawn since, and public again: examplol. Withdraw" in capsys.readouterr().out
    call_command("restore", copy, overwrite=True)
    assert "public again" not in capsys.readouterr().out


def test_no_stored_copy_outlives_the_site_that_it_was_made_of(copy, django_capture_on_commit_callbacks):
    before = stale_pages.generation()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("restore", copy, overwrite=True)
    assert stale_pages.generation() != before


def test_what_is_written_after_a_restore_gets_new_keys(copy):
    empty()
    call_command("restore", copy)
    publish_document(slug="another", title="Anotherol")
    record_account(make_person("kim", "Editors"))
    assert not list(verify())


def test_a_database_in_use_is_left_alone_unless_told(copy, filled):
    desk.write(make_document(title="Changed"), by="writer", monograph=filled.monograph)
    before = content()
    with pytest.raises(CommandError, match="is not empty .it holds .* 3 monographs.*--overwrite"):
        call_command("restore", copy)
    assert content() == before
    publish_document(slug="newer", title="Newerol")
    call_command("restore", copy, overwrite=True)
    assert not Monograph.objects.filter(slug="newer").exists()
    assert not names.find("newerol") and not triggers.missing(connection)
    assert not list(verify())


def test_a_restore_waits_for_who_writes_before_it_deletes_a_row(copy, monkeypatch):
    def busy():
        raise OperationalError("canceling statement due to lock timeout")

    before = content()
    monkeypatch.setattr(audit, "lock_log", busy)
    with pytest.raises(CommandError, match="lock timeout If somebody is writing, stop the site"):
        call_command("restore", copy, overwrite=True)
    assert content() == before


def test_a_restore_maps_keys_of_permissions_by_their_names(copy):
    empty()
    Permission.objects.all().delete()
    ContentType.objects.all().delete()
    call_command("migrate", verbosity=0)
    call_command("restore", copy)
    pat = get_user_model().objects.get()
    assert pat.has_perm("drugs.publish_monograph") and pat.has_perm("auth.view_user")
    assert not pat.has_perm("auth.change_user")


@pytest.mark.parametrize("keep", [0, 20, 0.5, -1])
def test_a_file_that_was_cut_off_is_refused(copy, keep):
    data = copy.read_bytes()
    copy.write_bytes(data[: int(len(data) * keep) if isinstance(keep, float) else keep])
    with pytest.raises(CommandError, match="damaged or cut off|not a backup"):
        call_command("restore", copy, overwrite=True)
    assert Edition.objects.count() == 3


def test_a_backup_that_lost_its_last_rows_is_refused(copy):
    text = gzip.decompress(copy.read_bytes()).splitlines(keepends=True)
    for lines in (text[:-1], text[:-2] + text[-1:], text[:1]):
        copy.write_bytes(gzip.compress(b"".join(lines)))
        with pytest.raises(CommandError, match="damaged or cut off"):
            call_command("restore", copy, overwrite=True)
    copy.write_bytes(b"no backup")
    with pytest.raises(CommandError, match="damaged or cut off"):
        call_command("restore", copy, overwrite=True)


def edited(lines):
    row = next(row for label, row in lines[1:] if label == "drugs.edition")
    row[3] = row[3].replace("asthma", "flu")


def reordered(lines):
    at = [place for place, line in enumerate(lines[1:], start=1) if line[0] == "drugs.edition"]
    lines[at[0]], lines[at[1]] = lines[at[1]], lines[at[0]]


def unknown_right(lines):
    row = next(row for label, row in lines[1:] if label == "auth.user_user_permissions")
    row[2] = ["fly", "auth", "user"]


def of_nobody(lines):
    row = next(row for label, row in lines[1:] if label == "auth.user_groups")
    row[1] = 999_999


def without_page(lines):
    page = next(row for label, row in lines[1:] if label == "drugs.publication")
    changes = [row for label, row in lines[1:] if label == "drugs.pagechange" and row[3] == page[0]]
    lines[0]["rows"]["drugs.publication"] -= 1
    lines[0]["rows"]["drugs.pagechange"] -= len(changes)
    lines[1:] = [line for line in lines[1:] if line[1] is not page and line[1] not in changes]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (edited, "edition 1: the text is not the one"),
        (reordered, "an edition follows its predecessor"),
        (unknown_right, "knows no permission"),
        (of_nobody, "the database refuses a row"),
        (without_page, "it has editions but no page for readers"),
    ],
)
def test_a_backup_that_was_tampered_with_changes_nothing(copy, change, sentence):
    rewritten(copy, change)
    before = content()
    with pytest.raises(CommandError, match=sentence):
        call_command("restore", copy, overwrite=True)
    assert content() == before and not triggers.missing(connection)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda lines: lines[0].pop("rows"), "its first line does not say what it holds"),
        (lambda lines: lines[0].pop("migrations"), "was written by another version: this site also has"),
        (lambda lines: lines[0].pop("columns"), "the columns of its tables differ"),
        (lambda lines: lines[0]["rows"].update({"drugs.unknown": 0}), "the columns of its tables differ"),
        (lambda lines: lines[0].update(format=2), "has format 2, this version reads 1"),
        (lambda lines: lines.insert(1, {"a": "letter"}), "a row of it belongs to no table"),
        (lambda lines: lines[0].update(kind="letter"), "is not a backup of this site"),
    ],
)
def test_whatever_is_wrong_with_a_file_is_said_in_a_sentence(copy, change, sentence):
    rewritten(copy, change)
    with pytest.raises(CommandError, match=sentence):
        call_command("restore", copy, overwrite=True)
    assert Edition.objects.count() == 3


def test_a_backup_of_another_schema_says_which_version_to_take(copy):
    rewritten(copy, lambda lines: lines[0]["migrations"].append("drugs.9999_later"))
    with pytest.raises(
        CommandError, match="the backup also has drugs.9999_later.*Restore it with that version"
    ):
        call_command("restore", copy, overwrite=True)


def test_a_backup_is_its_owners_only_and_no_half_of_one_stays(copy, monkeypatch):
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    first = copy.read_bytes()

    def full(self, value):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.Writer, "line", full)
    with pytest.raises(CommandError, match="cannot be written: No space left on device"):
        call_command("backup", copy)
    assert copy.read_bytes() == first
    assert [path.name for path in copy.parent.iterdir()] == ["site.gz"]


def test_what_a_killed_run_left_is_no_part_of_the_next_backup(copy):
    left = copy.with_name("site.gz.part")
    left.write_bytes(b"half of it" * 10_000)
    left.chmod(0o644)
    call_command("backup", copy)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600 and not left.exists()
    call_command("restore", copy, overwrite=True)


def test_a_disk_that_loses_writes_costs_no_earlier_backup(copy, monkeypatch):
    first = copy.read_bytes()
    monkeypatch.setattr(os, "fsync", lambda descriptor: os.ftruncate(descriptor, len(first) // 2))
    with pytest.raises(CommandError, match="damaged or cut off"):
        call_command("backup", copy)
    assert copy.read_bytes() == first
    assert [path.name for path in copy.parent.iterdir()] == ["site.gz"]


def test_a_second_backup_into_the_same_file_meanwhile_is_refused(copy):
    with files.written(copy) as first:
        first.line({"kind": files.KIND, "format": files.FORMAT, "rows": {}})
        with pytest.raises(CommandError, match="Another backup is writing"):
            call_command("backup", copy)
    assert files.read_through(copy).header["rows"] == {}


def test_a_damaged_database_does_not_replace_a_sound_backup(copy):
    first = copy.read_bytes()
    triggers.remove(connection)
    Edition.objects.filter(number=1).update(note="Changed.")
    with pytest.raises(CommandError, match="No backup was written, because the database is not whole"):
        call_command("backup", copy)
    assert copy.read_bytes() == first


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        (lambda made: made.record_applied("drugs", "9999_later"), "a later version .drugs.9999_later."),
        (
            lambda made: made.record_unapplied("drugs", "0001_initial"),
            "older than the program .drugs.0001_initial.",
        ),
    ],
)
def test_what_no_version_could_restore_is_no_backup(copy, record, sentence):
    first = copy.read_bytes()
    record(MigrationRecorder(connection))
    with pytest.raises(CommandError, match=f"No backup was written: .*{sentence}"):
        call_command("backup", copy)
    assert copy.read_bytes() == first


def test_passwords_travel_and_sessions_do_not(copy, client):
    assert "sessions.session" not in files.read_through(copy).header["rows"]
    client.force_login(get_user_model().objects.get())
    call_command("restore", copy, overwrite=True)
    assert get_user_model().objects.get().check_password("x")
    assert client.get("/admin/").status_code == 302
    assert Group.objects.count() == 3


PAGES = 1000
MANY = f"""
import django; django.setup()
from drugs import desk, publishing
from tests.support.builders import make_document
pages = [make_document(slug=f"examplol-{{n}}", title=f"Examplol {{n}}") for n in range({PAGES})]
monographs = desk.create(pages, by="t")
publishing.publish_new([(m, d, "First.") for m, d in zip(monographs, pages)], by="t", kind="import")
for monograph, page in list(zip(monographs, pages))[::10]:
    desk.write(make_document(slug=page.slug, title=page.title + " \u00e4\u4e2d"), by="t", monograph=monograph)
    publishing.publish(monograph, by="t", kind="clarity", note="Second.")
"""


def rows_of(path):
    """A backup without its first and last line, which say when and where it was written, and without acts of that."""
    lines = gzip.decompress(path.read_bytes()).splitlines()[1:-1]
    return [line for line in lines if b'"backed_up"' not in line and b'"restored_backup"' not in line]


@pytest.mark.skipif(
    "MEDINFO_TEST_POSTGRES" in os.environ and "MEDINFO_DATABASE_URL" in os.environ,
    reason="It visits both databases, and has done so in the run on SQLite.",
)
def test_pages_move_to_postgresql_and_back_byte_for_byte(new_site, tmp_path):
    places = (("a", ""), ("b", needs_postgres()), ("c", ""))
    sites = [new_site(tmp_path / name, server=server) for name, server in places]
    copies = []
    for site in sites:
        if copies:
            assert f"{PAGES + PAGES // 10} editions of {PAGES}" in site.must("restore", copies[-1])
        else:
            site.must_python("-c", MANY)
        copies.append(site.folder / "site.gz")
        site.must("backup", copies[-1])
    assert "all is as it was written" in sites[1].must("verify")
    first, *others = map(rows_of, copies)
    assert all(other == first for other in others)


def test_a_link_that_was_revoked_since_stays_revoked(tmp_path):
    page = make_monograph(slug="shared", title="Sharedol")
    record_account(make_person("edith", "Editors"))
    gone, other = (share_links.share(page, by="edith", version=page.version, days=7) for _ in range(2))
    call_command("backup", tmp_path / "site.gz")
    share_links.revoke(gone, by="rita")
    call_command("restore", tmp_path / "site.gz", overwrite=True)
    assert share_links.find(share_links.token_of(gone)) is None
    assert share_links.find(share_links.token_of(other))
    assert AuditEntry.objects.latest("number").action == "share_revoked"
    assert not list(verify())


def test_a_restore_opens_no_feed_that_was_replaced_since(tmp_path):
    kept, replaced, revoked = (make_person(name, "Editors") for name in ("kim", "rex", "ria"))
    for person in (kept, replaced, revoked):
        record_account(person)
    open_here, *old = map(choices.make_feed_token, (kept, replaced, revoked))
    call_command("backup", tmp_path / "site.gz")
    choices.make_feed_token(replaced)
    choices.revoke_feed_token(revoked)
    call_command("restore", tmp_path / "site.gz", overwrite=True)
    assert choices.user_of_feed(open_here).username == "kim" and not any(map(choices.user_of_feed, old))
    ended = AuditEntry.objects.filter(who="restore", action="notices_changed").order_by("number")
    assert list(ended.values_list("object", flat=True)) == ["rex", "ria"] and not list(verify())
