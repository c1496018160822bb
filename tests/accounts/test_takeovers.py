"""Takeovers of accounts: an administrator who sets a password could be its owner, who is told; and nobody signs."""

import pytest

from drugs import audit, desk, publishing
from drugs.audit import takeovers
from drugs.models import AuditEntry, Monograph
from tests.support.builders import make_document, make_monograph, make_review, publish_document
from tests.support.desk_posts import address_of, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def rey():
    return make_person("rey", "Reviewers", first_name="Rey", last_name="Ito")


def days_later(monkeypatch, days):
    now = takeovers.timezone.now() + takeovers.timedelta(days=days)
    monkeypatch.setattr(takeovers.timezone, "now", lambda: now)


def log_in(client):
    client.post("/admin/login/", {"username": "rey", "password": "x", "next": "/admin/"})
    return client.get("/admin/").content.decode()


@pytest.mark.parametrize("act", takeovers.ACTIONS)
def test_an_account_that_another_opened_signs_nothing_for_a_day(rey, monkeypatch, act):
    monograph = make_monograph()
    audit.record("ada", act, "rey")
    with pytest.raises(publishing.PublishingError, match="ada .* for this account in the last 24 hours"):
        publishing.publish(monograph, by="rey", kind="clarity", note="So.", review=make_review())
    assert publishing.publish(monograph, by="rey", kind="clarity", note="So.").reviewed_on is None
    days_later(monkeypatch, 1.1)
    assert publishing.publish(monograph, by="rey", kind="review", note="", review=make_review()).reviewed_on


def test_such_an_account_keeps_no_review_either(rey):
    monograph = publish_document(review=make_review()).monograph
    audit.record("ada", "password_set", "rey")
    desk.write(make_document(names=()), by="ann", monograph=Monograph.objects.get())
    with pytest.raises(publishing.PublishingError, match="in the last 24 hours"):
        publishing.publish(monograph, by="rey", kind="names", note="So.")


def test_the_owner_of_a_password_loses_nothing_by_changing_it(rey):
    audit.record("rey", "password_set", "rey")
    assert publishing.signature_objection(make_monograph(), "rey") == ""


def test_the_publish_page_says_why_signing_is_closed(client, rey):
    audit.record("ada", "factor_removed", "rey")
    client.force_login(rey)
    page = client.get(address_of("publish", make_monograph())).content.decode()
    assert "ada removed a second factor for this account in the last 24 hours" in page


def test_the_owner_reads_of_it_and_the_first_login_is_marked(client, rey, monkeypatch):
    assert "for your account" not in log_in(client)
    act = audit.record("ada", "password_set", "rey")
    words = "ada set a password for your account on"
    assert words in log_in(client) and words in client.get("/admin/drugs/monograph/").content.decode()
    assert words in log_in(client)
    first, second = AuditEntry.objects.filter(action="logged_in", number__gt=act.number).order_by("number")
    assert f"The first since ada set a password for this account (act {act.number})." == first.detail
    assert second.detail == ""
    days_later(monkeypatch, 7.1)
    assert words not in log_in(client)
