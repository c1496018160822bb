"""Unanswered queries: counted for the editors, with nothing kept that could point at a reader (anonymity)."""

import datetime
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from drugs.models import UnansweredQuery
from drugs.search import unanswered
from tests.support.builders import publish_document

FUZZY, EXACT, PREFIX = (SimpleNamespace(match=match) for match in ("fuzzy", "exact", "prefix"))


@pytest.fixture(autouse=True)
def memory(monkeypatch):
    """The memory of a process that has just started."""
    seen = {}
    monkeypatch.setattr(unanswered, "_counts", seen)
    return seen


def ask(query, times, hits=()):
    for _ in range(times):
        unanswered.count(query, hits)


def kept():
    return list(UnansweredQuery.objects.values_list("text", "count", "kind"))


@pytest.mark.django_db
def test_a_query_is_written_from_the_third_time_on():
    ask("Whisperol", 3)
    ask("Zentapeen", 4, [FUZZY])
    ask("Pat Doe", 2)
    assert unanswered.flush() == 2
    assert kept() == [("zentapeen", 4, "similar"), ("whisperol", 3, "nothing")]


@pytest.mark.django_db
def test_numbers_add_up_over_time_and_over_processes():
    ask("whisperol", 3)
    unanswered.flush()
    UnansweredQuery.objects.update(last_seen=datetime.date(2020, 1, 1))
    ask("  WHÍSPEROL ", 2)
    assert unanswered.flush() == 0
    ask("whisperol", 3, [FUZZY])
    assert unanswered.flush() == 1
    (row,) = UnansweredQuery.objects.all()
    assert (row.count, row.kind) == (8, "similar")
    assert row.last_seen > datetime.date(2020, 1, 1)


def test_a_query_that_leads_to_a_page_is_not_counted(memory):
    ask("examplol", 3, [EXACT])
    ask("exampl", 3, [PREFIX, FUZZY])
    assert memory == {}


@pytest.mark.parametrize(
    "query",
    [
        "",
        "!?",
        "0123",
        "x" * 101,
        "\ufdfa" * 20,
        "pat.doe@example.org",
        "examplol 943 476 5919",
        "ward 12345",
        "020 7946 0958",
    ],
)
def test_what_may_be_personal_or_is_no_name_is_not_kept(query, memory):
    ask(query, 3)
    assert memory == {}


def test_memory_is_bounded_and_the_oldest_is_forgotten(memory, monkeypatch):
    monkeypatch.setattr(unanswered, "REMEMBERED", 3)
    for query in ("aaa", "bbb", "ccc", "aaa", "ddd"):
        ask(query, 1)
    assert list(memory) == ["ccc", "aaa", "ddd"]


@pytest.mark.django_db
def test_the_table_is_bounded_too(monkeypatch):
    monkeypatch.setattr(unanswered, "STORED", 2)
    for times, query in ((3, "aaa"), (5, "bbb"), (4, "ccc")):
        ask(query, times)
    unanswered.flush()
    assert [row[0] for row in kept()] == ["bbb", "ccc"]


@pytest.mark.django_db
def test_what_cannot_be_written_is_dropped(memory, monkeypatch):
    def fail(often):
        raise DatabaseError("locked")

    monkeypatch.setattr(unanswered, "_write", fail)
    ask("whisperol", 3)
    assert unanswered.flush() == 0
    assert memory == {}


@pytest.mark.django_db
def test_the_table_refuses_what_is_rare():
    row = {"text": "whisperol", "last_seen": "2026-01-01"}
    for wrong in ({"count": 2, "kind": "nothing"}, {"count": 3, "kind": "who"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            UnansweredQuery.objects.create(**row, **wrong)


@pytest.mark.django_db
def test_the_search_page_counts_and_suggestions_do_not(client, memory):
    publish_document()
    for address in ("/search/?q=whisperol", "/search/suggest/?q=other", "/search/?q=examplol", "/search/"):
        client.get(address)
    assert memory == {"whisperol": (1, "nothing")}


@pytest.mark.django_db
def test_counting_asks_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        ask("whisperol", 5)
