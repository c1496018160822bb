"""Acts of every kind leave `verify` nothing to object to; what was done past the site is taken over by an act."""

import datetime

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken

from drugs import audit, desk, publishing
from drugs.accounts import second_factor
from drugs.audit import facts
from drugs.backups.integrity import verify
from drugs.content import sha256
from drugs.migrations import _found
from drugs.models import (
    AuditEntry,
    Edition,
    Monograph,
    ProblemReport,
)
from drugs.publishing import merging
from drugs.search import index, names
from drugs.web import problem_reports
from tests.support.builders import make_document, make_review
from tests.support.desk_posts import make_person, sent
from tests.support.witnessed_site import found, page, person, witnessed_site

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def site(django_db_setup, django_db_blocker):
    with witnessed_site(django_db_blocker):
        yield


def make_superuser():
    call_command(
        "createsuperuser", "--noinput", "--username", "root", "--email", "r@hospital.example", verbosity=0
    )
    return get_user_model().objects.get(username="root")


def test_acts_of_every_kind_leave_nothing_to_object_to(client, django_capture_on_commit_callbacks):
    rey, examplol, other = person("rey").get(), page("examplol").get(), page("other").get()
    publishing.restore(
        Edition.objects.get(monograph=examplol.monograph, number=1), by="rey", note="It was right."
    )
    assert not found()
    publishing.publish(examplol.monograph, by="zoe", kind="review", note="Read.", review=make_review())
    merging.merge(other.monograph, examplol.monograph, by="rey")
    publishing.publish(Monograph.objects.get(slug="gone"), by="rey", kind="safety", note="Back.")
    report = ProblemReport.objects.get()
    client.force_login(make_superuser())
    address = reverse("admin:drugs_problemreport_change", args=[report.pk])
    client.post(
        address, {**sent(client.get(address)), "outcome": "no_change", "note": "Fine.", "remove_words": "on"}
    )
    client.post(
        reverse("admin:drugs_monograph_delete", args=[Monograph.objects.get(slug="draft").pk]),
        {"post": "yes"},
    )
    client.post("/admin/drugs/sitetext/contact/change/", {"body": "Call us."})
    assert second_factor.check(rey, StaticToken.objects.filter(device__user=rey).first().token)
    problem_reports.purge(timezone.localdate() + datetime.timedelta(400), 12, by="purge_reports")
    with django_capture_on_commit_callbacks(execute=True):
        kim = make_person("kim", "Editors")
        kim.first_name = "Kim"
        kim.save()
    assert not found()
    acts = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"report_answered", "reports_purged", "deleted", "backup_code", "text_changed"} <= acts
    assert not ProblemReport.objects.exists() and not Monograph.objects.filter(slug="draft").exists()


def test_a_password_hashed_anew_at_a_login_is_an_act(client, settings, django_capture_on_commit_callbacks):
    settings.REQUIRE_OTP = False
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    before = person("rey").get().password
    with django_capture_on_commit_callbacks(execute=True):
        assert client.login(request=HttpRequest(), username="rey", password="x")
    assert person("rey").get().password != before and not found()
    assert AuditEntry.objects.filter(action="password_kept", object="rey").count() == 1


def test_a_clock_that_was_set_back_says_so_in_its_act(monkeypatch):
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now - datetime.timedelta(days=40))
    entry = audit.record("rey", "logged_in")
    assert "clock" in entry.facts
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert not found()


def test_an_act_of_the_future_is_a_warning(monkeypatch):
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + datetime.timedelta(days=3))
    audit.record("rey", "logged_in")
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert [fault.warning for fault in verify()] == [True]


def test_text_that_looks_like_the_hash_of_facts_is_none():
    entry = audit.record("rey", "withdrawn", "x", f"Why.[states {'a' * 64}]\n[states {'b' * 64}]")
    assert (entry.detail, entry.facts_sha256) == ("Why.", "")
    stated = audit.record("rey", "text_changed", "x", "New.", {"texts": {}})
    assert stated.remark == "New." and stated.facts_sha256 == sha256(stated.facts)


def test_the_index_is_not_rebuilt_over_tampering(capsys):
    page("gone").update(withdrawn_at=None, withdrawn_reason="")
    with pytest.raises(CommandError, match="gone: readers meet it, and it was withdrawn"):
        call_command("rebuild_index")
    assert not names.find("gone")


def test_what_was_done_past_the_site_is_taken_over_by_an_act(capsys):
    page("gone").update(withdrawn_at=None, withdrawn_reason="")
    index.rebuild()
    call_command("verify", take_over="Restored by hand.")
    entry = AuditEntry.objects.order_by("number").last()
    assert (entry.action, entry.who) == ("found", "verify --take-over")
    assert "Restored by hand." in entry.remark and "gone: readers meet it" in entry.remark
    assert not found()
    assert [str(fault) for fault in verify() if "states what it found" in fault.message]
    desk.write(make_document(title="Examplol nova"), by="ed", monograph=page("examplol").get().monograph)
    publishing.publish(page("examplol").get().monograph, by="rey", kind="clarity", note="Later.")
    assert not found()
    page("gone").update(withdrawn_at=timezone.now(), withdrawn_reason="x")
    assert "gone: it is withdrawn, and no act" in found()


def test_what_the_migration_states_is_what_living_code_would():
    stated = {name: value for fact in facts.everything() for name, value in fact.items()}
    for name in ("reviews", "shares", "revisions"):  # which no act spoke of then
        stated.pop(name)
    assert _found.facts(apps, "default") == stated


def test_a_log_out_everywhere_stores_the_password_anew_by_an_act(client):
    ed = person("ed").get()
    client.force_login(ed)
    client.post(reverse("accounts:end-sessions"), {"password": "x"})
    assert person("ed").get().password != ed.password and not found()


def test_a_save_by_an_earlier_version_is_believed(monkeypatch):
    draft, state = Monograph.objects.get(slug="draft"), facts.desks
    assert state([draft])["revisions"]
    monkeypatch.setattr(
        facts, "desks", lambda desks: {k: v for k, v in state(desks).items() if k != "revisions"}
    )
    for title in ("Draftol two", "Draftol three"):
        draft = desk.write(make_document(slug="draft", title=title), by="ed", monograph=draft)
    monkeypatch.undo()
    desk.write(make_document(slug="draft", title="Draftol four"), by="ed", monograph=draft)
    assert not found()
