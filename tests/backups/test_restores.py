"""Restores: either database takes the whole site, and a file that is damaged or changed changes nothing."""

import gzip

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from drugs import audit, desk, publishing
from drugs.audit import triggers
from drugs.backups import files
from drugs.backups.integrity import verify
from drugs.caching import stale_pages
from drugs.desk import share_links
from drugs.models import AuditEntry, Edition, Monograph, Publication
from drugs.notifications import choices
from drugs.search import fulltext, names
from tests.support.backups import content, empty, rewritten
from tests.support.builders import make_document, make_monograph, publish_document
from tests.support.desk_posts import make_person, record_account

pytestmark = pytest.mark.django_db


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


def test_passwords_travel_and_sessions_do_not(copy, client):
    assert "sessions.session" not in files.read_through(copy).header["rows"]
    client.force_login(get_user_model().objects.get())
    call_command("restore", copy, overwrite=True)
    assert get_user_model().objects.get().check_password("x")
    assert client.get("/admin/").status_code == 302
    assert Group.objects.count() == 3


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
