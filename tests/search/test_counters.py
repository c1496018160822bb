"""Denormalised counters of lists: counted when pages are published, and right whoever publishes."""

import datetime
import importlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import connection, connections

from drugs import desk, publishing
from drugs.content import DrugClass, SideEffect
from drugs.models import Stamp, Tally
from drugs.search import counters
from drugs.system_checks import database
from drugs.web import lists
from tests.support.builders import make_document, make_monograph, make_review, publish_document
from tests.support.clock import TODAY, today_is

pytestmark = pytest.mark.django_db


def publish_again(publication, kind="safety", review=None, **overrides):
    document = make_document(slug=publication.slug, **overrides)
    desk.write(document, by="writer", monograph=publication.monograph)
    return publishing.publish(publication.monograph, by="test", kind=kind, note="New.", review=review)


def number(kind, letter="", key=""):
    return (
        Tally.objects.filter(kind=kind, letter=letter, key=key, number__gt=0)
        .values_list("number", flat=True)
        .first()
    )


def test_counts_follow_a_page_through_its_life():
    publish_document()
    other = publish_document(slug="bol", title="Bol", origin="editorial", review=make_review())
    assert (number("effect", "t", "tiredness"), number("class", "b", "beta-blocker")) == (2, 2)
    publish_again(
        other, title="Zol", classes=(DrugClass("Gamma blockers"),), side_effects=(SideEffect("Rash"),)
    )
    assert (number("letter", "b"), number("letter", "z"), number("effect", "t", "tiredness")) == (
        None,
        1,
        1,
    )
    assert (number("origin", key="editorial"), number("due", key="2029-11-22"), number("due")) == (
        None,
        None,
        2,
    )
    publishing.withdraw(other, reason="Wrong.", by="test")
    assert (number("letter", "z"), number("effect", "r", "rash"), number("due")) == (None, None, 1)
    assert not counters.wrong_counters()
    publish_again(other, title="Zol")
    assert number("letter", "z") == 1
    assert not counters.wrong_counters()


def test_a_review_counts_as_overdue_from_the_day_on_which_it_is():
    publish_document(review=make_review())
    for day, kind in ((datetime.date(2029, 11, 21), "reviewed"), (datetime.date(2029, 11, 22), "overdue")):
        with today_is(day):
            assert lists.counts() == {"all": 1, "reviewed": 0, "overdue": 0, "not_reviewed": 0} | {kind: 1}


def test_a_rebuild_counts_anew_and_a_check_says_when_it_is_due():
    publish_document()
    Tally.objects.update(number=7)
    assert counters.wrong_counters()
    [warning] = database.check_counts(databases=["default"])
    assert "rebuild_index" in warning.hint
    call_command("rebuild_index")
    assert not counters.wrong_counters()
    assert not database.check_counts(databases=["default"])


def test_the_migration_counts_what_was_published_before():
    publish_document()
    publish_document(slug="bol", title="Bol", review=make_review())
    publishing.withdraw(publish_document(slug="col", title="Col"), reason="Wrong.", by="test")
    Tally.objects.all().delete()
    migration = importlib.import_module("drugs.migrations.0005_count_pages_when_they_are_published")
    with connection.cursor() as cursor:
        cursor.execute(migration.COUNT)
    assert not counters.wrong_counters()


def test_a_publishing_that_fails_counts_nothing(monkeypatch):
    publication = publish_document()
    monkeypatch.setattr("drugs.search.fulltext.write", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish_again(publication, title="Zol", side_effects=(SideEffect("Rash"),))
    assert number("effect", "r", "rash") is None
    assert not counters.wrong_counters()


@pytest.mark.django_db(transaction=True)
def test_publishers_who_come_at_once_lose_no_count():
    drafts = [make_monograph(slug=f"e{at}", title=f"E{at}") for at in range(8)]

    def publish(monograph):
        try:
            publishing.publish(monograph, by="test", kind="clarity", note="First.")
            publishing.withdraw(monograph.publication, reason="Wrong.", by="test")
            return publishing.publish(monograph, by="test", kind="safety", note="Right.").number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(publish, drafts)) == [2] * 8
    assert number("effect", "t", "tiredness") == 8
    assert not counters.wrong_counters()


def stamp():
    return Stamp.objects.get().relations


@pytest.mark.parametrize(
    ("kind", "overrides"),
    [
        ("safety", {"title": "Zol"}),
        ("names", {"names": ()}),
        ("safety", {"ingredients": ("Aol", "Bol")}),
        ("safety", {"side_effects": (), "review": make_review()}),
    ],
)
def test_what_other_pages_may_show_of_one_makes_a_new_stamp(kind, overrides):
    publication, before = publish_document(), stamp()
    if "review" in overrides:
        overrides = {**overrides, "review": None}
        publication = publish_document(slug="bol", title="Bol", review=make_review(on=TODAY))
        before = stamp()
    publish_again(publication, kind, **overrides)
    assert stamp() != before


def test_an_edition_of_the_text_alone_leaves_the_stamp():
    publication = publish_document()
    before = stamp()
    publish_again(publication, "safety", side_effects=(SideEffect("Rash"),))
    assert stamp() == before
