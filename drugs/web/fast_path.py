"""Fast path: the answer that the same request was given before, given again past Django's handler.

What Django does between a request and a kept answer, from the address to the last header, comes out the same for the
same request, as long as the answer is the same one. So whatever its views and middlewares made of it is remembered.
What is asked each time is whether it still is the one to give, by the query that its view asks (`kept_answers`).
What nobody has asked for yet, what has changed, and what goes wrong goes the slow path.
"""

import time
from typing import Any, NamedTuple

from django.core.handlers.wsgi import WSGIHandler
from django.db import DEFAULT_DB_ALIAS, connections

from drugs.caching import stale_pages
from drugs.caching.circuit_breaker import READER_SECONDS, breaker, wait_limit
from drugs.caching.lru import MemoryLRU
from drugs.caching.page_cache import FinishedPage
from drugs.http.request_log import NUMBER_HEADER, log_answer, request_number
from drugs.http.site_request import SiteRequest
from drugs.web.kept_answers import KEPT, Kept

# All of a request that a kept answer follows from, its headers included. Whoever has a view or a middleware of
# readers' pages look at more of it adds that here.
FOLLOWS_FROM = (
    *("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO"),
    *("HTTP_HOST", "SERVER_NAME", "SERVER_PORT"),
    *("HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH", "HTTP_IF_MODIFIED_SINCE"),
    *("HTTP_IF_UNMODIFIED_SINCE", "HTTP_RANGE"),
)
BYTES = 4 << 20  # about a thousand answers; the bodies are in the page cache
ENTRY_BYTES = 3000  # of an entry, besides what the request says
_NOTHING = "nothing"  # the part of a page that a 304 has
_NO_BODY = {_NOTHING: b""}


class Remembered(NamedTuple):
    """What came of a request: its status and headers, and which part of the kept page is its body.

    That is of the page with the headers `of` and of no other one; the page itself is not held.
    """

    kept: Kept
    of: dict[str, tuple[str, str]]
    part: str
    status: int
    reason: str
    headers: list[tuple[str, str]]


remembered: MemoryLRU[tuple[Any, ...], Remembered] = MemoryLRU(BYTES)


class SiteHandler(WSGIHandler):
    """The handler of all requests, which `medinfo.wsgi` gives to the server."""

    request_class = SiteRequest

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """The body of the answer, as WSGI has it: by the fast path, or Django's response."""
        asked = tuple(map(environ.get, FOLLOWS_FROM))
        entry = remembered.get(asked)
        body = entry and _again(entry, environ, start_response)
        if body is not None:
            return body
        response = super().__call__(environ, start_response)
        if KEPT in environ:
            page, kept = environ[KEPT]
            _remember(asked, page, kept, response)
        return response


def _remember(asked: tuple[Any, ...], page: FinishedPage, kept: Kept, response: Any) -> None:
    """Remembers what came of a request, unless a view or middleware made another answer of `page`."""
    parts = {"body": page.body, "compressed": page.compressed} if response.status_code == 200 else _NO_BODY
    part = next((name for name, body in parts.items() if body == response.content), "")
    if not part or response.cookies:
        return
    headers = [header for header in response.items() if header[0] != NUMBER_HEADER]
    reason = f"{response.status_code} {response.reason_phrase}"
    entry = Remembered(kept, page.headers, part, response.status_code, reason, headers)
    remembered.put(asked, entry, ENTRY_BYTES + sum(len(value) for value in asked if value))


def _again(entry: Remembered, environ: dict[str, Any], start_response: Any) -> list[bytes] | None:
    """The body of the answer of before, whose status and headers are then sent; None if it is no more the one to give.

    All that the middlewares do in each request is done here: the connection is looked after, the answer is counted and
    logged, a copy is kept for when the database is gone.
    """
    started, made_in = time.perf_counter(), stale_pages.earlier_generation()
    page = _find(entry.kept)
    if page is None or page.headers is not entry.of:
        return None
    number = request_number(environ)
    headers = [*entry.headers, (NUMBER_HEADER, number)]
    if entry.kept.copy:
        stale_pages.keep(entry.kept.copy, page.body, made_in)
    entry.kept.counted()
    log_answer(number, "GET", entry.kept.path, entry.status, time.perf_counter() - started)
    start_response(entry.reason, headers)
    return [getattr(page, entry.part) if entry.part != _NOTHING else b""]


def _find(kept: Kept) -> FinishedPage | None:
    if breaker.tripped:
        return None
    wait_limit.set(READER_SECONDS)
    try:
        connections[DEFAULT_DB_ALIAS].close_if_unusable_or_obsolete()
        return kept.find()
    except Exception:
        return None  # the slow path meets with it as well, and has an answer to it
