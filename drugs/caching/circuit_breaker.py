"""Circuit breaker before PostgreSQL: a database that hangs is noticed in seconds, and then left alone for some.

A stopped server is noticed at once: the system refuses the connection. One that hangs, since its storage stalls or it
was halted, keeps every connection open and answers nothing; the kernel acknowledges for it, so that no time-out of TCP
passes. Each wait for an answer therefore has an end of its own, by what was asked for. When one has passed, no request
asks the database for OPEN_SECONDS: readers get stale pages, the desk a 503. Then one request tries, and if it is
answered all others do again. SQLite has no server that could hang.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

READER_SECONDS = 3.0
DESK_SECONDS = 15.0  # longer than the ten that a lock is waited for
READY_SECONDS = 1.0
OPEN_SECONDS = 5.0

# How long the present request waits for one answer. None in commands, which may wait for ever. Never reset: what Django
# asks the database when a request has ended is bound by it too.
wait_limit: ContextVar[float | None] = ContextVar("wait_limit", default=None)


class Breaker:
    """State of the circuit breaker before a server, for one process: closed, or open for some seconds; used by many
    threads.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._until: float | None = None  # on the clock that never goes back; None while closed

    @property
    def tripped(self) -> bool:
        """Whether the server gave no answer, and has given none since."""
        return self._until is not None

    def is_open(self) -> bool:
        """Whether the server is to be left alone. False for one caller, who tries, when the time is over."""
        with self._lock:
            if self._until is None:
                return False
            now = time.monotonic()
            if now < self._until:
                return True
            self._until = now + self._seconds  # for all but the caller
            return False

    def open(self) -> None:
        """Nobody asks the server for some seconds from now on."""
        with self._lock:
            self._until = time.monotonic() + self._seconds

    def close(self) -> None:
        """The server has answered."""
        if self.tripped:
            with self._lock:
                self._until = None

    @contextmanager
    def opened_by(self, silence: type[Exception]) -> Iterator[None]:
        """A block that asks the server: an exception of kind `silence` opens the breaker, any other end closes it."""
        try:
            yield
        except silence:
            self.open()
            raise
        except Exception:
            self.close()
            raise
        self.close()


breaker = Breaker(OPEN_SECONDS)


def says_nothing(error: BaseException | None) -> bool:
    """Whether `error` says that the connection failed, not that the server refused: of that it has an SQLSTATE."""
    return isinstance(error, OperationalError) and getattr(error.__cause__, "sqlstate", "none") is None


def _bound_waits(sender: Any, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Receiver of connection_created: gives every wait on a connection of PostgreSQL the limit of its request."""
    if connection.vendor != "postgresql":
        return
    import psycopg  # only where it is used: it takes some megabytes of each process

    raw = connection.connection
    wait: Callable[..., Any] = raw.wait

    def bounded(generator: Any, *args: Any, **options: Any) -> Any:
        limit = wait_limit.get()
        try:
            answer = wait(generator, *args, **options | ({"timeout": limit} if limit else {}))
        except psycopg.OperationalError as error:
            if error.sqlstate is None:
                raw.pgconn.finish()  # in the midst of an answer: nobody can use it any more
                breaker.open()
            raise
        breaker.close()
        return answer

    raw.wait = bounded


def connect_signals() -> None:
    """Has the waits on every new connection bounded from now on. Called once, when the app starts."""
    connection_created.connect(_bound_waits, dispatch_uid="circuit breaker")
