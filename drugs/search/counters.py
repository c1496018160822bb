"""How many pages are there of each letter, origin, side effect? Publishing keeps the numbers right as it writes."""

import secrets
from collections import Counter

from django.db import connection, transaction
from django.db.models import Count, Sum

from drugs.models import Publication, PublishedClass, PublishedEffect, Stamp, Tally

# Plain texts: the databases' drivers know nothing of choices.
LETTER, ORIGIN, DUE, EFFECT, CLASS = Tally.Kind.values
NAMED = {PublishedEffect: EFFECT, PublishedClass: CLASS}

_ADD = """
INSERT INTO drugs_tally (kind, letter, key, number) VALUES (%s, %s, %s, %s)
ON CONFLICT (kind, letter, key) DO UPDATE SET number = drugs_tally.number + excluded.number"""


def lock_counters():
    """Waits for other publishers and keeps them waiting until the transaction ends. Call it first in one.

    What a publisher reads after this is what it changes: no count is lost, and nobody locks another out for good.
    """
    Stamp.objects.select_for_update().first()


def touch_relations():
    """Tells every process that links between pages may be different. Call it under `hold`."""
    Stamp.objects.update_or_create(pk=1, defaults={"relations": secrets.token_hex(8)})


def ensure(using):
    """Creates the row that publishers hold, in the database `using`."""
    Stamp.objects.using(using).get_or_create(pk=1, defaults={"relations": secrets.token_hex(8)})


def counts_of_page(publication):
    """What `publication` counts for, as a Counter of (kind, letter, key); empty while it is withdrawn."""
    if publication.withdrawn_at:
        return Counter()
    due = publication.review_due.isoformat() if publication.review_due else ""
    return Counter(
        [
            (LETTER, publication.letter, ""),
            (ORIGIN, "", publication.origin),
            (DUE, "", due),
        ]
    )


def counts_of_rows(table, rows):
    """What these rows of a table of relations count for; nothing if no list counts that table."""
    return Counter((NAMED[table], row[2], row[1]) for row in rows if table in NAMED)


def change(before, after):
    """Counts what is in the Counter `after` instead of what is in `before`. Call it under `hold`."""
    after = Counter(after)
    after.subtract(before)
    if rows := [(*what, number) for what, number in sorted(after.items()) if number]:
        with connection.cursor() as cursor:
            cursor.executemany(_ADD, rows)


@transaction.atomic
def recount():
    """Counts everything anew."""
    lock_counters()
    rows = [Tally(kind=what[0], letter=what[1], key=what[2], number=number) for what, number in _counted()]
    Tally.objects.all().delete()
    Tally.objects.bulk_create(rows, batch_size=1000)
    touch_relations()


def wrong_counters():
    """What is counted wrongly, as a list of (kind, letter, key)."""
    kept = Counter({(row.kind, row.letter, row.key): row.number for row in Tally.objects.all()})
    kept.subtract(dict(_counted()))
    return sorted(what for what, number in kept.items() if number)


def wrong_pages(using):
    """By how many the letters are wrong in the database `using`: a look that costs little with many pages too."""
    counted = Tally.objects.using(using).filter(kind=LETTER).aggregate(all=Sum("number"))["all"] or 0
    return counted - Publication.objects.using(using).public().count()


def _counted():
    """Pairs of (kind, letter, key) and number, counted in the rows themselves."""
    pages = Publication.objects.public()
    for letter, number in _by(pages, "letter"):
        yield (LETTER, letter, ""), number
    for origin, number in _by(pages, "origin"):
        yield (ORIGIN, "", origin), number
    for due, number in _by(pages, "review_due"):
        yield (DUE, "", due.isoformat() if due else ""), number
    for table, kind in NAMED.items():
        for letter, slug, number in _by(table.objects.all(), "letter", "slug"):
            yield (kind, letter, slug), number


def _by(rows, *columns):
    return rows.order_by().values_list(*columns).annotate(number_of_them=Count("*"))
