"""History of a page: its editions, and between them each withdrawal, for ever."""

import datetime
import re

import pytest
from django.utils import timezone

from drugs import desk, publishing
from drugs.publishing.merging import merge
from tests.support.builders import make_document, publish_document
from tests.support.public_pages import body

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    """A clock that a test puts on by days; it begins on 1 November 2026."""
    moments = [datetime.datetime(2026, 11, 1, 12, tzinfo=datetime.UTC)]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moments[-1])
    return lambda days: moments.append(timezone.now() + datetime.timedelta(days=days))


def lines(client, slug="examplol"):
    """The entries of the history, newest first, each as one line of text."""
    items = re.findall(r'<li class="row.*?</li>', body(client.get(f"/drugs/{slug}/history/")), re.DOTALL)
    return [" ".join(re.sub("<[^>]+>", " ", item).split()) for item in items]


def again(publication, title):
    desk.write(make_document(title=title), by="writer", monograph=publication.monograph)
    publishing.publish(publication.monograph, by="test", kind="clarity", note="Clearer.")


def test_a_withdrawal_stands_between_the_editions_for_ever(client, clock):
    publication = publish_document()
    clock(1)
    publishing.withdraw(publication, reason="A dose was <wrong>.", by="test")
    assert (
        lines(client)[0] == "Withdrawn on 2 November 2026 A dose was &lt;wrong&gt;. Not public again since."
    )
    clock(3)
    publishing.restore(publication.edition, by="test", note="Right after all.")
    clock(1)
    again(publication, "Examplol again")
    third, second, withdrawal, first = lines(client)
    assert third.startswith("Edition 3, 6 November") and second.startswith("Edition 2, 5 November")
    assert withdrawal == (
        "Withdrawn on 2 November 2026 A dose was &lt;wrong&gt;. Public again since 5 November 2026."
    )
    assert first.startswith("Edition 1, 1 November")
    assert "This page was withdrawn before, and came back." in body(client.get("/drugs/examplol/history/"))


def test_a_page_never_withdrawn_says_nothing_of_withdrawals(client):
    publish_document()
    assert "ithdrawn" not in body(client.get("/drugs/examplol/history/"))


def test_two_withdrawals_stand_each_in_its_place(client, clock):
    publication = publish_document()
    for reason in ("First fault.", "Second fault."):
        clock(1)
        publishing.withdraw(publication, reason=reason, by="test")
        clock(1)
        publishing.restore(publication.edition, by="test", note="Mended.")
    assert [line.split(",")[0].split(" 20")[0] for line in lines(client)] == [
        "Edition 3",
        "Withdrawn on 4 November",
        "Edition 2",
        "Withdrawn on 2 November",
        "Edition 1",
    ]


def test_a_withdrawn_duplicate_has_its_withdrawal_in_the_history(client):
    publication, into = publish_document(), publish_document(slug="other", title="Otherol")
    merge(publication.monograph, into.monograph, by="test")
    assert "Same medicine as Otherol. Not public again since." in lines(client)[0]
    publishing.restore(publication.edition, by="test", note="Another medicine after all.")
    assert "Same medicine as Otherol. Public again since" in lines(client)[1]


def test_a_withdrawal_takes_one_query_more(client, django_assert_num_queries):
    publication = publish_document()
    with django_assert_num_queries(5):
        client.get("/drugs/examplol/history/")
    publishing.withdraw(publication, reason="Wrong.", by="test")
    with django_assert_num_queries(6):
        client.get("/drugs/examplol/history/")
