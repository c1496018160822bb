"""Atom feeds of changes: of one page and of all, withdrawals included, and links that lead to them."""

import xml.etree.ElementTree as ET

import pytest

from drugs import publishing
from drugs.publishing import merging
from tests.support.builders import make_review, publish_again, publish_document
from tests.support.public_pages import body

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def entries(client, address):
    response = client.get(address)
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ET.fromstring(response.content)
    assert root.find("a:link[@rel='self']", ATOM).get("href") == "http://127.0.0.1:8000" + address
    return [
        (entry.findtext("a:title", "", ATOM), entry.findtext("a:summary", "", ATOM))
        for entry in root.findall("a:entry", ATOM)
    ]


def test_the_feed_of_all_changes_says_withdrawals_too(client, django_assert_num_queries):
    first = publish_document(note="Begun.")
    second = publish_document(slug="second", title="Second", names=(), review=make_review(), note="Signed.")
    publishing.withdraw(first, reason="Wrong dose.", by="test")
    merging.merge(second.monograph, publish_document(slug="new", title="New", names=()).monograph, by="test")
    with django_assert_num_queries(3):  # the state of the site, the entries, their notes
        found = entries(client, "/changes/feed/")
    assert found == [
        ("Withdrawn as a duplicate: Second", "Same medicine as New."),
        ("New edition: New", "First text."),
        ("Withdrawn: Examplol", "Wrong dose."),
        ("Reviewed: Second", "Signed."),
        ("New edition: Examplol", "Begun."),
    ]


def test_the_feed_of_a_page_goes_on_while_it_is_withdrawn(client):
    page = publish_document()
    publish_document(slug="second", title="Second", names=())
    publish_again(page, faqs=(), note="Shorter.")
    publishing.withdraw(page, reason="Wrong.", by="test")
    publish_again(page, note="Right again.")
    titles = [title for title, _ in entries(client, "/drugs/examplol/feed/")]
    assert titles == [
        "Restored: Examplol",
        "Withdrawn: Examplol",
        "New edition: Examplol",
        "New edition: Examplol",
    ]
    publishing.withdraw(page, reason="Wrong again.", by="test")
    assert entries(client, "/drugs/examplol/feed/")[0] == ("Withdrawn: Examplol", "Wrong again.")
    assert client.get("/drugs/unknown/feed/").status_code == 404


def test_pages_lead_to_their_feed_and_to_the_icons(client):
    publish_document()
    page = body(client.get("/drugs/examplol/"))
    assert 'title="Examplol" href="/drugs/examplol/feed/"' in page
    assert 'href="/drugs/examplol/feed/"' in body(client.get("/drugs/examplol/history/"))
    assert 'href="/changes/feed/"' in body(client.get("/api/v1/docs"))
    for address, kind, start in (
        ("/favicon.ico", "image/x-icon", b"\0\0\1\0"),
        ("/apple-touch-icon.png", "image/png", b"\x89PNG"),
    ):
        assert f'href="{address}"' in page
        response = client.get(address)
        assert response.headers["Content-Type"] == kind and response.content.startswith(start)
