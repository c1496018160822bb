"""Background writer: one thread in each process that writes what was counted in memory, so no answer waits for it.

What is counted is changed while `locked()` is held. A process that was forked begins with empty counts, for its parent
counts what the parent saw, and with a lock of its own, for the parent may have held the other one.
"""

import contextlib
import os
import threading
import time
from collections.abc import Callable, MutableMapping
from typing import Any

from django.conf import settings
from django.db import connections

_lock = threading.Lock()  # held for work in memory only, never while the database is asked
_thread: threading.Thread | None = None
_flushes: list[Callable[[], int]] = []
_counts: list[MutableMapping[str, Any]] = []


def register(flush: Callable[[], int], *counts: MutableMapping[str, Any]) -> None:
    """Has the thread call `flush`, which writes `counts` and forgets them."""
    _flushes.append(flush)
    _counts.extend(counts)


def locked() -> contextlib.AbstractContextManager[Any]:
    """The lock of what is counted, as a context for work in memory."""
    return _lock


def start() -> None:
    """Starts the thread, unless it runs or the settings want none. A process that was forked has none yet."""
    global _thread
    if not settings.UNANSWERED_SECONDS:
        return
    with _lock:  # two requests at once start one thread
        if not (_thread and _thread.is_alive()):
            _thread = threading.Thread(target=_write_periodically, name="background-writer", daemon=True)
            with contextlib.suppress(RuntimeError):  # no more threads: the answer matters more
                _thread.start()


def _write_periodically() -> None:
    while True:
        time.sleep(settings.UNANSWERED_SECONDS)
        try:
            for flush in _flushes:
                flush()
        finally:
            connections.close_all()


def _reset_after_fork() -> None:
    global _lock
    _lock = threading.Lock()
    for counted in _counts:
        counted.clear()


os.register_at_fork(after_in_child=_reset_after_fork)
