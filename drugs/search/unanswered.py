"""What do readers look for that no page is called? Counted for the editors, without a trace of any reader.

Each process counts in its own memory. A thread writes once a minute what was asked for often enough there, and
drops it if that fails: no answer waits for it. What is rarer is never written, because names of people cannot be
told from names of medicines.
"""

import contextlib
import logging
import os
import re
import threading
import time

from django.conf import settings
from django.db import Error, connections, transaction
from django.db.models import F
from django.utils import timezone

from drugs.content import normalisation
from drugs.models.search import TEXT_CHARS, TIMES, UnansweredQuery

# How many texts a process remembers, writes at once, and how many the table holds.
REMEMBERED, WRITTEN, KEPT = 5_000, 500, 10_000
# Telephone, record and card numbers are nobody's medicine.
_PERSONAL = re.compile(r"@|\d{5}|(?:\d[ ./-]*){7}")

_lock = threading.Lock()  # held for work in memory only, never while the database is asked
_seen = {}  # folded text to [times, kind], the oldest first
_thread = None


def count(query, hits):
    """Remembers `query` if nothing, or nothing but similar names, was found. Asks no database."""
    if any(hit.match != "fuzzy" for hit in hits) or not (text := _kept(query)):
        return
    with _lock:
        times = _seen.pop(text, [0])[0]
        _seen[text] = [times + 1, "similar" if hits else "nothing"]
        if len(_seen) > REMEMBERED:
            del _seen[next(iter(_seen))]
        _start()


def _kept(query):
    """The text under which `query` is counted, or "" if it is none that should be."""
    if len(query) > TEXT_CHARS or _PERSONAL.search(query):
        return ""
    text = normalisation.fold(query)
    return text if len(text) <= TEXT_CHARS and any(map(str.isalpha, text)) else ""


def flush():
    """Writes what was asked for often enough since it was last written, and forgets it. Returns how many."""
    with _lock:
        often = sorted((-times, text, kind) for text, (times, kind) in _seen.items() if times >= TIMES)[
            :WRITTEN
        ]
        for _, text, _ in often:
            del _seen[text]
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
    for times, text, kind in often:
        row = {"last_seen": today, "kind": kind}
        if not rows.filter(text=text).update(count=F("count") - times, **row):
            # If another process was faster, its number will do.
            rows.bulk_create([UnansweredQuery(text=text, count=-times, **row)], ignore_conflicts=True)
    rows.filter(
        pk__in=list(rows.order_by("-last_seen", "-count").values_list("pk", flat=True)[KEPT:])
    ).delete()


def _start():
    """Starts the thread, unless it runs or the settings want none. A process that was forked has none yet."""
    global _thread
    if settings.UNANSWERED_SECONDS and not (_thread and _thread.is_alive()):
        _thread = threading.Thread(target=_write_again_and_again, name="unanswered", daemon=True)
        with contextlib.suppress(RuntimeError):  # no more threads: the answer matters more
            _thread.start()


def _write_again_and_again():
    while True:
        time.sleep(settings.UNANSWERED_SECONDS)
        try:
            flush()
        finally:
            connections.close_all()


def _forget():
    """In a new process: its parent counts what the parent saw, and may have been forked while it held the lock."""
    global _lock
    _lock = threading.Lock()
    _seen.clear()


os.register_at_fork(after_in_child=_forget)
