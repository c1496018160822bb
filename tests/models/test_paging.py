"""Keyset pagination: a page of rows, and whole tables in batches."""

import pytest

from drugs.models import SiteText
from drugs.models.paging import batches, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def texts():
    SiteText.objects.all().delete()
    SiteText.objects.bulk_create(SiteText(key=key) for key in "edcba")
    return SiteText.objects.order_by("key")


def keys(rows):
    return [row.key for row in rows]


@pytest.mark.parametrize(
    ("size", "page", "last"),
    [(2, ["a", "b"], "b"), (4, list("abcd"), "d"), (5, list("abcde"), None), (9, list("abcde"), None)],
)
def test_a_page_names_its_last_row_if_more_follow(texts, django_assert_num_queries, size, page, last):
    with django_assert_num_queries(1):
        rows, following = page_of(texts, size)
    assert keys(rows) == page
    assert (following.key if following else None) == last


def test_a_page_of_no_rows_is_empty(texts):
    assert page_of(texts.filter(key="z"), 2) == ([], None)


@pytest.mark.parametrize(("size", "expected"), [(2, ["ab", "cd", "e"]), (5, ["abcde"]), (9, ["abcde"])])
def test_batches_hold_every_row_once_in_order(texts, size, expected):
    assert ["".join(keys(batch)) for batch in batches(texts, size)] == expected


def test_batches_follow_the_key_that_is_named(texts):
    assert [keys(batch) for batch in batches(texts.order_by("-key"), 3, key="key")] == [
        list("abc"),
        list("de"),
    ]


def test_batches_of_no_rows_are_none(texts):
    assert list(batches(texts.filter(key="z"), 2)) == []


def test_whoever_walks_in_batches_may_delete_and_insert(texts):
    walked = []
    for batch in batches(texts, 2):
        walked += keys(batch)
        SiteText.objects.filter(key__in=keys(batch)).delete()
        SiteText.objects.update_or_create(key="f")
    assert walked == list("abcdef")
