"""Delivery of notifications: digest and reports by mail and webhook, at most once, and never a reader's words."""

import datetime
import smtplib

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.utils import timezone

from drugs import publishing
from drugs.models import AuditEntry, NotificationCursor, Subscription
from drugs.notifications import choices, claims, delivery, webhook
from tests.support.builders import make_monograph, make_report, publish_document
from tests.support.desk_posts import make_person

pytestmark = pytest.mark.django_db


def deliver_due():
    return list(delivery.deliver_due())


def next_day():
    NotificationCursor.objects.update(day=timezone.localdate() - datetime.timedelta(days=1))


def page_with_report(**fields):
    page = publish_document().monograph
    make_report(page, message="Grandmother Ada took fifty.", **fields)
    return page


def test_a_digest_says_numbers_and_addresses_once_a_day(rita):
    publishing.submit(make_monograph(slug="newol", title="Newol"), by="edith")
    page_with_report(kind="unclear")
    assert deliver_due() == deliver_due() == []
    (sent,) = mail.outbox
    assert sent.to == ["rita@home.example"] and sent.from_email == "medinfo@site.example"
    assert "Waiting for you: 1\nhttps://site.example/admin/drugs/monograph/?list=for_me" in sent.body
    assert "Problems that readers reported: 1" in sent.body and "/admin/notices/" in sent.body
    assert "Grandmother" not in str(sent.message())
    next_day()
    deliver_due()
    assert len(mail.outbox) == 2


def test_no_digest_is_sent_when_nothing_waits_or_before_its_hour(rita, monkeypatch):
    publish_document()
    deliver_due()
    publishing.submit(make_monograph(slug="newol", title="Newol"), by="edith")
    deliver_due()  # the day is told: what came since is told tomorrow
    next_day()
    monkeypatch.setattr(claims, "HOUR", 24)
    deliver_due()
    assert mail.outbox == []


def test_a_digest_holds_what_is_ones_own(rita):
    edith = make_person("edith", "Editors")
    choices.choose(edith, daily=True, at_once=False, address="edith@home.example")
    page = publishing.submit(make_monograph(slug="newol", title="Newol"), by="edith")
    publishing.ask_for_changes(page, by="rita", text="Mend it.")
    deliver_due()
    (sent,) = mail.outbox
    assert sent.to == ["edith@home.example"] and "Sent back to you: 1" in sent.body


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_nobody_is_mailed_who_has_left_the_desk(rita, change):
    page_with_report()
    for name, value in change.items():
        setattr(rita, name, value)
    rita.save()
    assert deliver_due() == [] and mail.outbox == []


def test_wrong_is_announced_at_once_and_never_again(rita, posts):
    deliver_due()  # the webhook hears of what comes from its first day on
    page = page_with_report()
    make_report(page, kind="missing")
    make_report(page, overflow=True)
    deliver_due()
    deliver_due()
    announced = [sent for sent in mail.outbox if "something is wrong" in sent.subject]
    assert len(announced) == 1 and announced[0].body.count("/change/") == 1
    (post,) = [post for post in posts if post[0] == "reports"]
    assert post[2]["reports"][0]["slug"] == "examplol" and len(post[2]["reports"]) == 1
    assert "Grandmother" not in str(post) + str(announced[0].message())


def test_reports_of_before_are_not_announced(posts):
    page_with_report()
    person = make_person("rita", "Reviewers")
    choices.choose(person, daily=False, at_once=True, address="rita@home.example")
    deliver_due()
    assert mail.outbox == [] and not [post for post in posts if post[0] == "reports"]


def test_a_kill_while_something_is_sent_doubles_nothing(rita, posts, monkeypatch):
    deliver_due()
    page_with_report()
    next_day()

    def killed(*arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as during:
        during.setattr(webhook, "post", killed)
        during.setattr(EmailMessage, "send", killed)
        for _ in range(4):  # of webhook and mail, the report and the day
            with pytest.raises(KeyboardInterrupt):
                deliver_due()
    posts.clear()
    assert deliver_due() == [] and mail.outbox == [] and posts == []


def test_what_was_certainly_not_taken_is_sent_again_later(rita, posts, monkeypatch):
    deliver_due()
    page_with_report()
    NotificationCursor.objects.update(day=timezone.localdate())  # of the reports alone

    def refused(*arguments):
        raise claims.NotTaken("The webhook answered 503.")

    def no_server(*arguments):
        raise smtplib.SMTPConnectError(421, "rita@home.example")

    with monkeypatch.context() as during:
        during.setattr(webhook, "post", refused)
        during.setattr(EmailMessage, "send", no_server)
        assert deliver_due() == ["The webhook answered 503.", "Mail was not taken: SMTPConnectError"]
    assert deliver_due() == [] and posts == [] and mail.outbox == []  # not every two minutes
    NotificationCursor.objects.update(wait_until=timezone.now())
    assert deliver_due() == deliver_due() == []
    assert len(mail.outbox) == 1 and [post[1] for post in posts] == [f"reports-{claims.newest_report()}"]


def test_what_may_have_been_taken_is_not_sent_again(rita, monkeypatch):
    page_with_report()
    NotificationCursor.objects.update(day=timezone.localdate())

    def cut_off(*arguments):
        raise smtplib.SMTPServerDisconnected("rita@home.example")

    with monkeypatch.context() as during:
        during.setattr(EmailMessage, "send", cut_off)
        (sentence,) = set(deliver_due())
    assert "unclear" in sentence and "@" not in sentence
    NotificationCursor.objects.update(wait_until=None)
    assert deliver_due() == [] and mail.outbox == []


def test_the_webhook_hears_of_a_day_in_numbers(posts):
    deliver_due()
    assert posts == []  # nothing waits
    publishing.submit(make_monograph(slug="newol", title="Newol"), by="edith")
    next_day()
    deliver_due()
    deliver_due()
    ((event, delivery, facts),) = posts
    assert event == "day" and delivery.startswith("day-2") and facts["waiting_for_review"] == 1


def test_without_settings_nothing_is_told(rita, settings):
    settings.MAIL_IS_SET_UP = False
    page_with_report()
    assert deliver_due() == [] and mail.outbox == []


def test_run_due_rings_and_a_choice_is_an_act(rita, capsys):
    page_with_report()
    call_command("run_due", verbosity=0)
    assert len(mail.outbox) == 2
    act = AuditEntry.objects.get(action="notices_changed")
    assert "rita@home.example" not in act.detail and "daily mail on" in act.detail
    assert Subscription.objects.get().address == "rita@home.example"
