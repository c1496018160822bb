"""Fixtures of notifications: mail and webhook set up, at an hour at which digests are sent."""

import pytest

from drugs.notifications import choices, claims, webhook
from tests.support.desk_posts import make_person


@pytest.fixture(autouse=True)
def morning(monkeypatch, settings):
    """Digests are due at any hour, mail is set up, and the desk is at an address of its own."""
    monkeypatch.setattr(claims, "HOUR", 0)
    settings.MAIL_IS_SET_UP, settings.MAIL_FROM = True, "medinfo@site.example"
    settings.BASE_URL = "https://site.example"


@pytest.fixture
def rita():
    """A reviewer who wants a mail each morning and reports at once."""
    person = make_person("rita", "Reviewers", first_name="Rita", last_name="Ek")
    choices.choose(person, daily=True, at_once=True, address="rita@home.example")
    return person


@pytest.fixture
def posts(monkeypatch, settings):
    """What the webhook was sent: event, delivery and facts of each."""
    settings.WEBHOOK_URL, settings.WEBHOOK_KEY = "https://chat.example/hook", "k" * 32
    sent = []
    monkeypatch.setattr(webhook, "post", lambda *what: sent.append(what))
    return sent
