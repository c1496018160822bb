"""Counts of reading: how often each page is opened a day, and searched for by name. Nobody is known by them.

A name that was typed stays in memory until it is looked up: the very name of a medicine is one more search for its
page, and how one begins is forgotten. What else somebody writes, a cry for help above all, never comes here. Each
process counts in memory and writes as it writes unanswered queries: no answer waits for the database.
"""

import datetime
import logging
from collections import Counter
from typing import Any

from django.db import Error, transaction
from django.db.models import F, Sum
from django.utils import timezone

from drugs.models import DailyReads, Publication
from drugs.search import background_writer, names

DAYS = 30  # that are kept, and added up
SHOWN = 20
REMEMBERED, LOOKED_UP = 1_000, 50  # names searched for: in memory, and of these the most frequent at a time
QUERY_CHARS = 100

_counts: Counter[str] = Counter()  # of slugs, since they were last written
_searches: Counter[str] = Counter()  # of texts, likewise


def count_reading(slug: str) -> None:
    """One more reading of the page of a medicine. Asks no database."""
    with background_writer.locked():
        _counts[slug] += 1
    background_writer.start()


def count_search(query: str) -> None:
    """One more search for `query`, which is the name of a medicine or how one begins. Asks no database."""
    query = query.strip().lower()
    if 0 < len(query) <= QUERY_CHARS:
        with background_writer.locked():
            if query in _searches or len(_searches) < REMEMBERED:
                _searches[query] += 1
        background_writer.start()


def flush() -> int:
    """Writes what was counted since it was last written, and forgets it. Returns how many pages.

    An error of the database is logged and what could not be written is lost.
    """
    with background_writer.locked():
        opened, typed = Counter(_counts), _searches.most_common(LOOKED_UP)
        _counts.clear()
        _searches.clear()
    try:
        searched = _pages_of(typed)
        if opened or searched:
            _write(opened, searched)
    except Error as error:
        logging.getLogger(__name__).warning("Readings were not written: %s", error)
        return 0
    return len({*opened, *searched})


def _pages_of(typed: list[tuple[str, int]]) -> Counter[str]:
    """How often each page was searched for, by slug, in these texts and their numbers."""
    searched: Counter[str] = Counter()
    for text, number in typed:
        for hit in names.find(text):
            if hit.match == "exact":
                searched[hit.slug] += number
    return searched


@transaction.atomic
def _write(opened: Counter[str], searched: Counter[str]) -> None:
    today, rows = timezone.localdate(), DailyReads.objects
    pages = Publication.objects.filter(slug__in={*opened, *searched})
    for slug, key in pages.values_list("slug", "pk").order_by("pk"):
        more = {"number": F("number") + opened[slug], "searches": F("searches") + searched[slug]}
        if not rows.filter(day=today, publication_id=key).update(**more):
            # If another process was faster, its numbers will do.
            row = DailyReads(day=today, publication_id=key, number=opened[slug], searches=searched[slug])
            rows.bulk_create([row], ignore_conflicts=True)
    rows.filter(day__lt=first_day()).delete()


def first_day() -> datetime.date:
    """The first of the DAYS days whose numbers are added up."""
    return timezone.localdate() - datetime.timedelta(days=DAYS)


def most_read() -> list[Any]:
    """The pages that were opened most in the last DAYS days, at most SHOWN: one query."""
    pages = Publication.objects.public()
    pages = pages.filter(reads__day__gte=first_day(), reads__number__gt=0)
    return list(pages.annotate(read=Sum("reads__number")).order_by("-read", "sort_key", "slug")[:SHOWN])


background_writer.register(flush, _counts, _searches)
