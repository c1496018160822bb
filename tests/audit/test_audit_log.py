"""Audit log: who did what, in order, proved by a hash chain, and nothing happens that cannot be recorded."""

import contextlib
import threading
from unittest import mock

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse

from drugs import audit, desk, publishing
from drugs.import_export import tasks
from drugs.models import AuditEntry, Edition, ImportTask, Monograph, Publication
from drugs.models.audit import ACTIONS
from tests.support.builders import make_document, make_monograph, make_review, publish_document
from tests.support.desk_posts import make_person, sent

pytestmark = pytest.mark.django_db


def acts():
    """Who did what to what, without logins and saves."""
    entries = AuditEntry.objects.exclude(action__in=["logged_in", "saved"]).order_by("number")
    return list(entries.values_list("who", "action", "object"))


def test_each_entry_names_the_one_before_and_all_of_it_is_proved():
    first, second = audit.record("pat", "logged_in"), audit.record("zoe", "published", "examplol", "Why.")
    assert (first.number, first.previous, second.number, second.previous) == (1, "", 2, first.record)
    assert list(audit.verify()) == []


def test_what_cannot_be_stored_is_dropped_and_long_text_cut():
    entry = audit.record("p\0at\ud800", "imported", "x" * 600, "y" * 100_000)
    entry.refresh_from_db()
    assert (entry.who, len(entry.object), entry.object[-1]) == ("pat?", 500, "…")
    assert len(entry.detail) == audit.DETAIL_CHARS
    assert list(audit.verify()) == []


def test_each_entry_is_a_line_of_the_log_too(caplog, django_capture_on_commit_callbacks):
    caplog.set_level("INFO", logger="drugs.audit")
    with django_capture_on_commit_callbacks(execute=True):
        entry = audit.record("pat", "published", "examplol")
        assert caplog.messages == []  # what is undone leaves no line
    assert caplog.messages == [f"1: pat published examplol (record {entry.record})"]


def test_a_site_from_before_the_record_was_kept_can_be_migrated(new_site, tmp_path):
    site = new_site(tmp_path, DJANGO_SETTINGS_MODULE="medinfo.settings")
    site.must("migrate", "-v0", "drugs", "0001")
    site.must("migrate", "-v0")


def test_the_whole_life_of_a_page_is_recorded():
    publication = publish_document()
    monograph = publication.monograph
    publishing.publish(monograph, by="rey", kind="clarity", note="Read it.", review=make_review())
    publishing.withdraw(publication, reason="Under inquiry.", by="rey")
    publishing.restore(Edition.objects.get(number=1), by="pat", note="It was right.")
    assert acts() == [
        ("test", "published", "examplol"),
        ("rey", "reviewed", "examplol"),
        ("rey", "withdrawn", "examplol"),
        ("pat", "published", "examplol"),
        ("pat", "restored", "examplol"),
    ]
    assert AuditEntry.objects.get(action="withdrawn").remark == "Under inquiry."
    assert list(audit.verify()) == []


def test_an_import_is_recorded_with_its_pages_a_dry_run_not(tmp_path):
    (tmp_path / "a.md").write_text(
        "---\nformat: 1\ntitle: Aol\n---\n# Aol\n\n## What it is used for\nPain.\n"
    )
    call_command("import_monographs", str(tmp_path), publish=True, dry_run=True)
    assert acts() == []
    call_command("import_monographs", str(tmp_path), publish=True)
    call_command("import_monographs", str(tmp_path), publish=True)
    assert acts() == [
        ("import_monographs", "published", "1 new pages"),
        ("import_monographs", "imported", "1 page"),
    ]
    assert AuditEntry.objects.get(action="published").remark == "First editions (import): a"
    (tmp_path / "n.jsonl").write_text('{"drug": "a", "alias": "Xamp", "kind": "brand"}\n')
    call_command("import_names", str(tmp_path / "n.jsonl"))
    assert acts()[-1] == ("import_names", "imported", "1 names")


def test_an_export_and_what_people_do_with_an_import_are_recorded(tmp_path, monkeypatch):
    monkeypatch.setattr(tasks, "start", lambda task: None)
    publish_document()
    call_command("export_monographs", str(tmp_path / "out.ndjson"))
    task = tasks.create("a.md", b"", by="rey")
    tasks.stop(task, by="pat")
    tasks.stop(task, by="pat")
    tasks.resume(ImportTask.objects.get(), by="zoe")
    ImportTask.objects.update(state="checked")
    tasks.save(ImportTask.objects.get(), by="rey", publish=True)
    assert acts()[1:] == [
        ("export_monographs", "exported", "1 editions"),
        ("pat", "import_stopped", f"a.md ({task.pk})"),
        ("zoe", "import_continued", f"a.md ({task.pk})"),
        ("rey", "import_begun", f"a.md ({task.pk})"),
    ]
    assert AuditEntry.objects.last().remark == "publish"


@pytest.mark.parametrize("act", ["publish", "withdraw", "restore", "text", "person", "password", "login"])
def test_what_cannot_be_recorded_does_not_happen(client, act):
    publication = publish_document()
    desk.write(make_document(title="Second"), by="writer", monograph=publication.monograph)
    publishing.publish(publication.monograph, by="test", kind="clarity", note="x")
    desk.write(make_document(title="Third"), by="writer", monograph=publication.monograph)
    person = make_person("root", is_superuser=True)
    client.force_login(person)
    client.raise_request_exception = False
    before = (publication.withdrawn_at, Edition.objects.count(), person.password)
    with mock.patch.object(AuditEntry, "compute_record", side_effect=RuntimeError("No.")):
        attempt(client, act, publication, person)
    publication.refresh_from_db()
    person.refresh_from_db()
    assert (publication.withdrawn_at, Edition.objects.count(), person.password) == before
    assert person.groups.count() == 0
    assert client.get("/about/").content.count(b"Ours") == 0
    assert act != "login" or client.get("/admin/").status_code == 302


def attempt(client, act, publication, person):
    change = reverse("admin:auth_user_change", args=[person.pk])
    beside = f"/admin/drugs/monograph/{publication.monograph_id}"
    read = {"version": Monograph.objects.get().version, "kind": "safety", "note": "x", "looked": "on"}
    fields = {
        "publish": (f"{beside}/publish/", read),
        "withdraw": (f"{beside}/withdraw/", {"reason": "x"}),
        "restore": (f"{beside}/restore/1/", read),
        "text": ("/admin/drugs/sitetext/about/change/", {"body": "Ours"}),
        "person": (change, {"is_active": "on", "is_staff": "on", "groups": [Group.objects.first().pk]}),
        "password": (
            reverse("admin:auth_user_password_change", args=[make_person("nina").pk]),
            {"password1": "correct horse 5", "password2": "correct horse 5", "usable_password": "true"},
        ),
        "login": ("/admin/login/", {"username": "root", "password": "x", "next": "/admin/"}),
    }
    address, data = fields[act]
    if act == "login":
        client.cookies.clear()
    assert client.post(address, data).status_code == 500


def test_changes_to_people_roles_texts_passwords_are_recorded(client):
    adam = make_person("adam", "Administrators")
    client.force_login(adam)
    nina = make_person("nina", "Editors", first_name="Nina", last_name="Ek")
    address = reverse("admin:auth_user_change", args=[nina.pk])
    fields = sent(client.get(address)) | {"is_active": "on", "is_staff": "on"}
    reviewers = str(Group.objects.get(name="Reviewers").pk)
    client.post(address, fields | {"groups": [reviewers]})
    client.post(address, fields | {"groups": [reviewers], "last_name": "Ito", "email": "n@hospital.example"})
    client.post(
        reverse("admin:auth_user_password_change", args=[nina.pk]),
        {"password1": "correct horse 5", "password2": "correct horse 5", "usable_password": "true"},
    )
    client.post("/admin/drugs/sitetext/contact/change/", {"body": "Call us."})
    assert acts() == [
        ("adam", "person_changed", "nina"),
        ("adam", "person_changed", "nina"),
        ("adam", "password_set", "nina"),
        ("adam", "text_changed", "contact"),
    ]
    entries = AuditEntry.objects.exclude(action="logged_in").order_by("number")
    assert [entry.remark for entry in entries] == [
        "active, staff, Editors → active, staff, Reviewers",
        "name “Nina Ek” → “Nina Ito”; email",
        "",
        "Call us.",
    ]


def test_accounts_changed_on_the_command_line_are_recorded(monkeypatch):
    call_command("createsuperuser", "--noinput", "--username", "root", "--email", "r@hospital.example")
    monkeypatch.setattr("getpass.getpass", lambda prompt: "correct horse 5")
    call_command("changepassword", "root")
    assert acts() == [("createsuperuser", "person_added", "root"), ("changepassword", "password_set", "root")]
    assert AuditEntry.objects.get(number=1).remark == "active, staff, superuser"


def test_one_s_own_password_each_login_and_logout_are_recorded(client):
    make_person("pat", "Editors")
    client.post("/admin/login/", {"username": "pat", "password": "x", "next": "/admin/"})
    new = {"old_password": "x", "new_password1": "correct horse 5", "new_password2": "correct horse 5"}
    assert client.post("/admin/password_change/", new).status_code == 302
    client.post("/admin/logout/")
    assert list(AuditEntry.objects.order_by("number").values_list("who", "action")) == [
        ("pat", "logged_in"),
        ("pat", "password_set"),
        ("pat", "logged_out"),
    ]


def test_administrators_search_the_audit_log_and_none_write_it(client):
    audit.record("zoe", "withdrawn", "examplol", "Under inquiry.")
    entry = audit.record("pat", "published", "other")
    client.force_login(make_person("adam", "Administrators"))
    found = client.get("/admin/drugs/auditentry/?q=inquiry&action=withdrawn").content.decode()
    assert "Under inquiry." in found and "withdrew" in found and "other" not in found
    address = reverse("admin:drugs_auditentry_change", args=[entry.pk])
    assert entry.record in client.get(address).content.decode()
    for name in ("change", "delete"):
        address = reverse(f"admin:drugs_auditentry_{name}", args=[entry.pk])
        assert client.post(address, {"who": "x", "post": "yes"}).status_code == 403
    assert client.get("/admin/drugs/auditentry/add/").status_code == 403
    assert list(audit.verify()) == []


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_recorded_in_turn_without_deadlock():
    pages = [make_monograph(slug=f"page-{number}", title=f"Page {number}") for number in range(4)]
    errors = []

    def work(number):
        try:
            publishing.publish(pages[number], by=f"p{number}", kind="clarity", note="x")
            for _ in range(5):
                audit.record(f"p{number}", "logged_in")
            with (
                transaction.atomic()
            ):  # as an import does: all pages in one transaction, in an order of its own
                audit.lock_log()
                for page in sorted(pages, key=lambda page: (page.pk * 7 + number) % 4):
                    with contextlib.suppress(publishing.PublishingError):
                        publishing.submit(page, by="x")
            publishing.withdraw(Publication.objects.get(monograph=pages[number]), reason="x", by="x")
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    assert AuditEntry.objects.exclude(action="handed_in").count() == 4 + 4 * 7
    assert list(audit.verify()) == []


def test_each_action_fits_its_column():
    assert max(map(len, ACTIONS)) <= AuditEntry._meta.get_field("action").max_length  # SQLite would not mind
