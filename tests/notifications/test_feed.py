"""The feed of waiting work and the page of notices: a token shown once, one answer to all others, choices by form."""

import pytest
from django.urls import reverse

from drugs import publishing
from drugs.desk import share_links
from drugs.models import AuditEntry, Subscription
from drugs.notifications import choices
from tests.support.builders import make_monograph, make_report, publish_document
from tests.support.desk_posts import make_person

pytestmark = pytest.mark.django_db

PAGE = "/admin/notices/"
FEED = "/admin/work-feed/"


def feed(client, token):
    return client.get(FEED, {"token": token})


def text_of(response):
    return " ".join(response.content.decode().split())


def test_a_feed_lists_what_waits_without_anybodys_words(client, rita):
    publishing.submit(make_monograph(slug="newol", title="Newol & Co"), by="edith", reason="Secret reason.")
    page = publish_document().monograph
    make_report(page, message="Grandmother Ada took fifty.")
    link = share_links.share(page, by="rita", version=page.version, days=1)
    shared = share_links.find(share_links.token_of(link))
    share_links.comment_by_link(shared, name="Ada", text="Grandmother too.")
    response = feed(client, choices.make_feed_token(rita))
    assert response.status_code == 200 and "no-store" in response.headers["Cache-Control"]
    words = text_of(response)
    for title in ("Waiting for you: Newol &amp; Co", "Problems that readers reported: Examplol"):
        assert f"<title>{title}</title>" in words
    assert "Comments by a link that you made: Examplol" in words
    assert "Grandmother" not in words and "Secret" not in words and "Ada" not in words


def test_whatever_opens_no_feed_gets_one_and_the_same_answer(client, rita):
    old, token = choices.make_feed_token(rita), choices.make_feed_token(rita)
    assert feed(client, token).status_code == 200
    wrong = [old, "", "x", token[:-1], token + "x", "\x00", Subscription.objects.get().feed_sha256]
    answers = [feed(client, one) for one in wrong] + [client.get(FEED)]
    rita.groups.clear()
    answers.append(feed(client, token))  # who has no role any more
    assert {(answer.status_code, answer.content) for answer in answers} == {
        (404, b"There is no feed at this address.\n")
    }


def test_a_feed_is_made_shown_once_and_revoked(client, rita):
    client.force_login(rita)
    made = text_of(client.post(PAGE, {"_feed": ""}))
    token = made.split("/admin/work-feed/?token=")[1].split('"')[0]
    assert feed(client, token).status_code == 200
    assert token not in text_of(client.get(PAGE)) and token not in str(Subscription.objects.values().get())
    client.post(PAGE, {"_revoke": ""})
    assert feed(client, token).status_code == 404
    said = list(AuditEntry.objects.filter(action="notices_changed").values_list("detail", flat=True))[-2:]
    assert said == ["made an address of a feed", "revoked the address of the feed"]


def test_notices_are_chosen_by_a_form_that_asks_where_to(client, settings):
    client.force_login(make_person("edith", "Editors"))
    refused = client.post(PAGE, {"daily": "on", "address": ""})
    assert "Say where the mail should go" in text_of(refused) and not Subscription.objects.exists()
    refused = client.post(PAGE, {"daily": "on", "address": "edith@x.example\nBcc: all@x.example"})
    assert refused.status_code == 200 and not Subscription.objects.exists()
    assert client.post(PAGE, {"daily": "on", "address": "edith@x.example"}).status_code == 302
    subscription = Subscription.objects.get()
    assert (subscription.daily, subscription.at_once, subscription.address) == (
        True,
        False,
        "edith@x.example",
    )
    settings.MAIL_IS_SET_UP = False
    assert "This site sends no mail" in text_of(client.get(PAGE))
    client.post(PAGE, {"at_once": "on", "address": "edith@x.example"})
    assert not Subscription.objects.get().at_once


def test_notices_are_for_people_with_a_role(client):
    assert client.get(PAGE).status_code == 302
    client.force_login(make_person("someone"))
    assert client.get(PAGE).status_code == 403
    assert reverse("notices") == PAGE
