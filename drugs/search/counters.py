"""Denormalised counters: the pages of each letter, origin, review date and facet, kept right as pages are published.

Here too are the lock that publishers queue at and the stamp that makes finished pages of other medicines stale.
"""

import secrets
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Count, Model, Sum

from drugs.models import Publication, PublishedClass, PublishedEffect, Stamp, Tally


class CounterKey(NamedTuple):
    """What one counter counts, as Tally keeps it; `letter` or `key` is "" where the kind needs none."""

    kind: str
    letter: str
    key: str


# Plain texts: the databases' drivers know nothing of choices.
LETTER, ORIGIN, DUE, EFFECT, CLASS = Tally.Kind.values
FACETS: dict[type[Model], str] = {PublishedEffect: EFFECT, PublishedClass: CLASS}

_ADD = """
INSERT INTO drugs_tally (kind, letter, key, number) VALUES (%s, %s, %s, %s)
ON CONFLICT (kind, letter, key) DO UPDATE SET number = drugs_tally.number + excluded.number"""


def lock_counters() -> None:
    """Row lock that publishers wait for, held until the transaction ends. Call it first in one.

    What a publisher reads after this is what it changes: no count is lost, and nobody locks another out for good.
    """
    Stamp.objects.select_for_update().first()


def touch_relations() -> None:
    """A new stamp, by which every process knows that links between pages may differ. Call it under the lock."""
    Stamp.objects.update_or_create(pk=1, defaults={"relations": secrets.token_hex(8)})


def touch_withdrawals() -> None:
    """A new value of the version stamp by which every machine knows that its stale pages are void."""
    Stamp.objects.update_or_create(pk=1, defaults={"withdrawals": secrets.token_hex(8)})


def ensure(using: str) -> None:
    """The row that publishers lock, created in the database `using` if it is not there."""
    Stamp.objects.using(using).get_or_create(pk=1, defaults={"relations": secrets.token_hex(8)})


def counts_of_page(publication: Publication) -> Counter[CounterKey]:
    """What one page adds to the counters, its facets aside; nothing while it is withdrawn."""
    if publication.withdrawn_at:
        return Counter()
    due = publication.review_due.isoformat() if publication.review_due else ""
    return Counter(
        [
            CounterKey(LETTER, publication.letter, ""),
            CounterKey(ORIGIN, "", publication.origin),
            CounterKey(DUE, "", due),
        ]
    )


def counts_of_facets(table: type[Model], rows: Iterable[Any]) -> Counter[CounterKey]:
    """What rows of a table of facets, as `facets.TABLES` has them, add to the counters; nothing of ingredients."""
    kind = FACETS.get(table)
    return Counter(CounterKey(kind, row.letter, row.slug) for row in rows) if kind else Counter()


def change(before: Counter[CounterKey], after: Counter[CounterKey]) -> None:
    """The counters less what stood `before`, plus what stands `after`. Call it under the lock."""
    difference = Counter(after)
    difference.subtract(before)
    if rows := [(*key, number) for key, number in sorted(difference.items()) if number]:
        with connection.cursor() as cursor:
            cursor.executemany(_ADD, rows)


@transaction.atomic
def recount() -> None:
    """All counters counted anew."""
    lock_counters()
    rows = [Tally(**key._asdict(), number=number) for key, number in _counted().items()]
    Tally.objects.all().delete()
    Tally.objects.bulk_create(rows, batch_size=1000)
    touch_relations()


def wrong_counters() -> list[CounterKey]:
    """The counters that are not what counting the rows gives."""
    difference = Counter(
        {CounterKey(row.kind, row.letter, row.key): row.number for row in Tally.objects.all()}
    )
    difference.subtract(_counted())
    return sorted(key for key, number in difference.items() if number)


def wrong_pages(using: str) -> int:
    """By how many the letters are wrong in the database `using`: a look that costs little with many pages too."""
    counted = Tally.objects.using(using).filter(kind=LETTER).aggregate(all=Sum("number"))["all"] or 0
    return counted - Publication.objects.using(using).public().count()


def _counted():
    """What each counter should be, as a dict from CounterKey, counted in the rows themselves."""
    pages = Publication.objects.public()
    numbers = {CounterKey(LETTER, letter, ""): number for letter, number in _grouped(pages, "letter")}
    for origin, number in _grouped(pages, "origin"):
        numbers[CounterKey(ORIGIN, "", origin)] = number
    for due, number in _grouped(pages, "review_due"):
        numbers[CounterKey(DUE, "", due.isoformat() if due else "")] = number
    for table, kind in FACETS.items():
        for letter, slug, number in _grouped(table.objects.all(), "letter", "slug"):
            numbers[CounterKey(kind, letter, slug)] = number
    return numbers


def _grouped(rows, *columns):
    return rows.order_by().values_list(*columns).annotate(number_of_them=Count("*"))
