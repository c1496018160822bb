"""Unanswered queries: what readers look for and no page is called, counted for the editors without a trace of anybody.

Anonymity: a query is stored only once one process has seen it TIMES (three) times, as folded text with a number and
a day; who asked, from where and at what time is never known here. What is rarer stays in memory until it is pushed
out or the process ends, because names of people cannot be told from names of medicines. Queries with an e-mail
address or a number of five digits and more in a row, or of seven with signs between, are not counted at all, nor are
those of somebody in a crisis: what was stored before their words were known is deleted when a process first writes.

Rate: each process counts in memory, at most REMEMBERED texts. A thread (`background_writer`) writes every
UNANSWERED_SECONDS, at most WRITTEN texts, and drops them if that fails: no answer waits for the database. The table
holds at most STORED texts; those that nobody has looked for the longest go first.
"""

import functools
import logging
import os
import re
from collections.abc import Sequence

from django.db import Error, transaction
from django.db.models import F
from django.utils import timezone

from drugs.content import normalisation
from drugs.models.search import TEXT_CHARS, TIMES, UnansweredQuery
from drugs.search import background_writer
from drugs.search.names import NameHit
from drugs.search.questions import is_crisis

# How many texts a process remembers, writes at once, and how many the table holds.
REMEMBERED, WRITTEN, STORED = 5_000, 500, 10_000
# Telephone, record and card numbers are nobody's medicine.
_PERSONAL = re.compile(r"@|\d{5}|(?:\d[ ./-]*){7}")

_counts: dict[str, tuple[int, str]] = {}  # times and kind by folded text, the one asked for longest ago first


def count(query: str, hits: Sequence[NameHit]) -> None:
    """One more of `query` if its `hits` are none, or nothing but similar names. Asks no database, so whoever calls
    it has seen that `query` is no crisis."""
    if any(hit.match != "fuzzy" for hit in hits) or not (text := _countable(query)):
        return
    with background_writer.locked():
        times, _ = _counts.pop(text, (0, ""))
        _counts[text] = (times + 1, "similar" if hits else "nothing")
        if len(_counts) > REMEMBERED:
            del _counts[next(iter(_counts))]
    background_writer.start()


def _countable(query):
    """The text under which `query` is counted, or "" if it may be personal or is no name."""
    if len(query) > TEXT_CHARS or _PERSONAL.search(query):
        return ""
    text = normalisation.fold(query)
    return text if len(text) <= TEXT_CHARS and any(map(str.isalpha, text)) else ""


def flush() -> int:
    """Writes what was asked for TIMES times since it was last written, and forgets it. Returns how many texts.

    An error of the database is logged and what could not be written is lost.
    """
    with background_writer.locked():
        often = sorted((-times, text, kind) for text, (times, kind) in _counts.items() if times >= TIMES)
        often = often[:WRITTEN]
        for _, text, _ in often:
            del _counts[text]
    if not often:
        return 0
    try:
        _write(often)
    except Error as error:
        logging.getLogger(__name__).warning("Queries without an answer were not written: %s", error)
        return 0
    return len(often)


@transaction.atomic
def _write(often):
    today, rows = timezone.localdate(), UnansweredQuery.objects
    _forget_crises(os.getpid())
    for times, text, kind in often:
        row = {"last_seen": today, "kind": kind}
        if not rows.filter(text=text).update(count=F("count") - times, **row):
            # If another process was faster, its number will do.
            rows.bulk_create([UnansweredQuery(text=text, count=-times, **row)], ignore_conflicts=True)
    rows.filter(
        pk__in=list(rows.order_by("-last_seen", "-count").values_list("pk", flat=True)[STORED:])
    ).delete()


@functools.cache
def _forget_crises(process):
    """Deletes what was stored of people in a crisis, once in each process."""
    rows = UnansweredQuery.objects
    rows.filter(pk__in=[pk for pk, text in rows.values_list("pk", "text") if is_crisis(text)]).delete()


background_writer.register(flush, _counts)
