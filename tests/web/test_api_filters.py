"""Filters and orders of the list of pages under /api/v1/: each of them, all together, from cursor to cursor."""

from datetime import date, timedelta
from itertools import product

import pytest

from drugs import publishing
from drugs.content import DrugClass
from drugs.web import monograph_filters
from tests.support.builders import make_document, make_review, publish_document, publish_documents
from tests.support.clock import TODAY

pytestmark = pytest.mark.django_db
LIST = "/api/v1/monographs"
LATE = make_review(on=date(2018, 5, 1), due=date(2020, 5, 1))


@pytest.fixture
def pages():
    publish_document()
    publish_document(slug="second", title="Second", names=(), origin="editorial", review=make_review())
    publish_document(slug="third", title="Third", names=(), classes=(), language="fr", review=LATE)
    publish_document(
        slug="both", title="Examplol and Bol", names=(), ingredients=("Examplol", "Bol"), origin="label"
    )
    gone = publish_document(slug="gone", title="Gone", names=())
    publishing.withdraw(gone, reason="Wrong.", by="test")


def slugs(client, **parameters):
    """The slugs of the whole list, in its order."""
    found, cursor = [], ""
    while cursor is not None:
        response = client.get(LIST, {**parameters, "cursor": cursor})
        assert response.status_code == 200, response.content
        data = response.json()
        found += [item["slug"] for item in data["items"]]
        cursor = data["next"]
    return found


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, ["both", "examplol", "second", "third"]),
        ({"status": "not_reviewed"}, ["both", "examplol"]),
        ({"status": "reviewed"}, ["second"]),
        ({"status": "overdue"}, ["third"]),
        ({"status": "withdrawn"}, ["gone"]),
        ({"origin": "editorial"}, ["second"]),
        ({"language": "fr"}, ["third"]),
        ({"letter": "e"}, ["examplol", "both"]),
        ({"class": "Beta blockers"}, ["examplol", "both", "second"]),
        ({"class": "beta-blocker", "status": "reviewed"}, ["second"]),
        ({"class": "beta-blocker", "ingredient": "bol"}, ["both"]),
        ({"class": "none such"}, []),
        ({"ingredient": "Examplol"}, ["examplol", "both"]),
        ({"ingredient": "examplol hydrochloride"}, ["examplol"]),
        ({"ingredient": "BOL"}, ["both"]),
        ({"ingredient": "%"}, []),
        ({"changed_since": "9999-12-31T23:59:60-14:00"}, []),
        (
            {"changed_since": "0001-01-01t00:00:00.1234567+14:00", "order": "slug", "status": "reviewed"},
            ["second"],
        ),
        ({"review_due_before": "2020-05-02"}, ["third"]),
        ({"review_due_before": "2020-05-01"}, []),
        ({"order": "title"}, ["examplol", "both", "second", "third"]),
        ({"order": "review_due"}, ["third", "second"]),
        ({"order": "slug", "letter": "e", "origin": "label"}, ["both"]),
    ],
)
def test_each_filter_finds_what_fits(client, pages, parameters, expected):
    assert slugs(client, **parameters) == expected


def test_a_row_of_a_withdrawn_page_says_when_and_why(client, pages):
    (row,) = client.get(LIST, {"status": "withdrawn"}).json()["items"]
    assert (row["status"], row["withdrawn_reason"]) == ("withdrawn", "Wrong.") and row["withdrawn_at"]


def test_changed_since_takes_a_day_or_a_moment(client, pages):
    rows = client.get(LIST, {"order": "changed"}).json()["items"]
    last = rows[-1]
    assert slugs(client, changed_since=last["published_at"]) == [last["slug"]]
    assert slugs(client, changed_since=last["published_at"].replace("+", " ")) == [last["slug"]]
    assert slugs(client, changed_since=TODAY.isoformat(), order="-changed")[0] == last["slug"]
    assert slugs(client, changed_since=(TODAY + timedelta(days=9)).isoformat()) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", "good"),
        ("status", ""),
        ("origin", "x"),
        ("language", "english please"),
        ("letter", "pp"),
        ("class", ""),
        ("class", "x" * 999),
        ("ingredient", "a\0b"),
        ("changed_since", "yesterday"),
        ("changed_since", "2026-01-01 10"),
        ("changed_since", "2026-02-30"),
        ("review_due_before", "2026-13-01"),
        ("review_due_before", "20260101"),
        ("order", "class"),
        ("cursor", "bm90IGpzb24"),
        ("cursor", "WyJjaGFuZ2VkIiwxXQ"),
        ("cursor", "WyJzbHVnIiwiXHUwMDAwIl0"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_a_sentence(client, name, value):
    response = client.get(LIST, {name: value})
    assert response.status_code == 400
    assert response.json()["error"].startswith(f"{name} has to be: ")


ORDERS = ("slug", "title", "changed", "-changed", "review_due", None)
FILTERS = ({}, {"class": "cola"}, {"ingredient": "aol"}, {"language": "fr"}, {"letter": "m"})


@pytest.fixture
def small_pages(monkeypatch):
    """Nine pages, where an answer holds two and looks at three, or five."""
    monkeypatch.setattr(monograph_filters, "PAGE", 2)
    monkeypatch.setattr(monograph_filters, "WINDOWS", (3, 5))
    publish_documents(
        make_document(
            slug=f"m{number}",
            title="M same" if number % 2 else f"M{number}",
            names=(),
            language="fr" if number in (1, 6) else "en",
            classes=(DrugClass("Cola"),) if number % 3 else (),
            ingredients=("Aol", f"B{number}ol") if number != 2 else ("Aol",),
        )
        for number in range(8)
    )
    publish_document(slug="n", title="Nol", names=(), review=make_review())


def test_cursors_of_every_order_lead_through_all_that_fits(client, small_pages):
    m = {f"m{number}" for number in range(8)}
    fitting = {
        (): {"n", *m},
        ("class",): {"m1", "m2", "m4", "m5", "m7"},
        ("ingredient",): m,
        ("language",): {"m1", "m6"},
        ("letter",): m,
    }
    for order, filters in product(ORDERS, FILTERS):
        found = slugs(client, **filters, **({"order": order} if order else {}))
        expected = fitting[tuple(filters)]
        if order == "review_due":
            expected = expected & {"n"}
        assert len(found) == len(set(found)) and set(found) == expected, (order, filters)
        if order in ("slug", "changed"):
            assert found == sorted(found)
