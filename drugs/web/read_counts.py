"""Counts of reading: how often each page is opened a day, for the list of what is most read. Nobody is known by them.

Each process counts in memory and writes as it writes unanswered queries: no answer waits for the database.
"""

import datetime
import functools
import logging
import os
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import Error, transaction
from django.db.models import F, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from drugs.models import DailyReads, Publication
from drugs.search import unanswered

DAYS = 30  # that are kept, and added up
SHOWN = 20
_OPENED = (200, 304)

_lock = threading.Lock()  # held for work in memory only
_counts: Counter[str] = Counter()  # of slugs, since they were last written


def counted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorator of the page of a medicine: one more reading for each answer that shows it. Asks no database."""

    @functools.wraps(view)
    def answer(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        response = view(request, slug=slug, **kwargs)
        if request.method == "GET" and response.status_code in _OPENED:
            with _lock:
                _counts[slug] += 1
            unanswered.start_writing()
        return response

    return answer


def flush() -> int:
    """Writes what was counted since it was last written, and forgets it. Returns how many pages.

    An error of the database is logged and what could not be written is lost.
    """
    with _lock:
        counts = dict(_counts)
        _counts.clear()
    if counts:
        try:
            _write(counts)
        except Error as error:
            logging.getLogger(__name__).warning("Readings were not written: %s", error)
            return 0
    return len(counts)


@transaction.atomic
def _write(counts: dict[str, int]) -> None:
    today, rows = timezone.localdate(), DailyReads.objects
    for slug, key in Publication.objects.filter(slug__in=counts).values_list("slug", "pk").order_by("pk"):
        if not rows.filter(day=today, publication_id=key).update(number=F("number") + counts[slug]):
            # If another process was faster, its number will do.
            rows.bulk_create(
                [DailyReads(day=today, publication_id=key, number=counts[slug])], ignore_conflicts=True
            )
    rows.filter(day__lt=today - datetime.timedelta(days=DAYS)).delete()


def most_read() -> list[Any]:
    """The pages that were opened most in the last DAYS days, at most SHOWN: one query."""
    since = timezone.localdate() - datetime.timedelta(days=DAYS)
    pages = Publication.objects.public().with_language().filter(reads__day__gte=since)
    return list(pages.annotate(read=Sum("reads__number")).order_by("-read", "sort_key", "slug")[:SHOWN])


def _reset_after_fork() -> None:
    global _lock
    _lock = threading.Lock()
    _counts.clear()


os.register_at_fork(after_in_child=_reset_after_fork)
unanswered.also_write(flush)
