"""Views of the home page, the A-Z with its pagination, about, and the health checks."""

import re

import pytest

from drugs import publishing
from tests.support.builders import make_review, publish_document
from tests.support.clock import TODAY
from tests.support.public_pages import body, main_text

pytestmark = pytest.mark.django_db


def test_home_and_an_address_that_leads_nowhere_say_whom_to_call(client, settings):
    settings.COUNTRY = "us"
    for address in ("/", "/nowhere/"):
        text = main_text(client.get(address))
        assert "If you feel very unwell, call 911 now. Has somebody taken too much? Call Poison Help" in text


def test_a_letter_without_medicines_reassures_nobody(client):
    assert "That a medicine is not here does not mean that it is safe." in main_text(
        client.get("/drugs/?letter=j")
    )


def test_an_overdue_page_is_not_listed_as_recently_reviewed(client):
    publish_document(review=make_review(on=TODAY.replace(year=2020), due=TODAY.replace(year=2021)))
    assert "Recently reviewed" not in main_text(client.get("/"))
    publish_document(slug="reviewol", title="Reviewol", review=make_review(due=TODAY.replace(year=2031)))
    reviewed = main_text(client.get("/")).partition("Recently reviewed")[2].partition("Recently published")[0]
    assert "Reviewol" in reviewed and "Examplol" not in reviewed


def test_a_letter_has_keyset_pagination(client, monkeypatch):
    monkeypatch.setattr("drugs.web.lists.PAGE", 2)
    for number, title in enumerate(["Eb", "Ea", "Ec", "Ea"]):
        publish_document(slug=f"e{number}", title=title)
    first = client.get("/drugs/?letter=e")
    slugs = re.findall(r'class="name"><a href="/drugs/(\w+)/"', body(first))
    following = re.search(r'rel="next" href="([^"]+)"', body(first))[1].replace("&amp;", "&")
    second = client.get(f"/drugs/{following}")
    slugs += re.findall(r'class="name"><a href="/drugs/(\w+)/"', body(second))
    assert slugs == ["e1", "e3", "e0", "e2"]
    assert 'rel="next"' not in body(second)


def test_pagination_goes_on_after_a_page_withdrawn_meanwhile(client):
    publishing.withdraw(publish_document(slug="ea", title="Ea"), reason="Wrong.", by="test")
    publish_document(slug="eb", title="Eb")
    assert "Eb" in main_text(client.get("/drugs/?letter=e&after=ea"))


def test_counts_tell_reviewed_pages_from_others(client):
    publish_document()
    publish_document(slug="bol", title="Bol", review=make_review(), origin="editorial")
    assert "2 medicines · 1 reviewed by a clinician · 1 not yet reviewed" in main_text(client.get("/"))
    about = main_text(client.get("/about/"))
    assert "AI-generated or crowd-sourced 1" in about
    assert "Written by editors 1" in about


def test_health_needs_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz/").status_code == 200
    with django_assert_num_queries(1):
        assert client.get("/readyz/").status_code == 200
