"""Stale pages (stale-if-error): what readers can still be shown while the database does not answer.

They are the last good pages that this process sent, for ten minutes, with a sentence that says so. A withdrawal makes
all copies void, so each is kept with what the process knew of withdrawals before the page was made. Two things tell
it: a file in the data folder, which gets a new time; and a stamp of the database, which comes with the query behind
every page, so that a second machine knows too. No clock is trusted for that.
"""

import logging
import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone

from drugs.caching.lru import MemoryLRU

SECONDS = 600
FRESH = 10  # seconds in which a page that is asked for again is not noted again
BYTES = 16 * 2**20  # of each process, mostly shared with the bodies of the page cache
# Searches are nobody's business, and whoever makes addresses up must not push out what others read.
_QUERY = re.compile(r"(?:letter=[a-z0-9])?")
_MAIN = re.compile(rb"<main\b[^>]*>")

log = logging.getLogger(__name__)


Generation = tuple[int, str]  # the time of the file, the stamp of the database


@dataclass(frozen=True)
class StalePage:
    """A page as it was sent. `generation` is that before it was made."""

    body: bytes
    made: datetime
    age_from: float  # of the clock that never goes back
    generation: Generation


_stamp = ""  # the newest that a query of this process brought
_noted = ("", 0.0, 0)  # which file was looked at last, when, and its time
_copies: MemoryLRU[str, StalePage] = MemoryLRU(BYTES)  # by address, query included


class PageResponse(HttpResponse):
    """The answer to whoever asked for the HTML `page`, which a 304 or a compressed answer does not hold itself."""

    def __init__(self, page: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status=status, headers=headers)
        self.page = page
        if status == 304:
            del self.headers["Content-Type"]  # as in HttpResponseNotModified: there is no content


def observe(stamp: str | None) -> None:
    """Notes the stamp of withdrawals (`Stamp.withdrawals`) that the database has at this moment."""
    global _stamp
    _stamp = stamp or ""


def generation() -> Generation:
    """A value that changes with every withdrawal of which this process can know. Ask for it before a page is made."""
    try:
        return os.stat(_mark()).st_mtime_ns, _stamp
    except OSError:
        return 0, _stamp


def earlier_generation() -> Generation:
    """The same, but that the file's time may be a second old.

    A copy kept with one that is too old is worth nothing, and no withdrawn page is ever shown for it.
    """
    global _noted
    mark, now = _mark(), time.monotonic()
    if _noted[0] != mark or now - _noted[1] > 1:
        _noted = mark, now, generation()[0]
    return _noted[2], _stamp


def _mark():
    return os.path.join(settings.DATA_DIR, "last-withdrawal")


def invalidate() -> None:
    """Makes every copy on this machine worthless. Call it when a withdrawal has been committed."""
    global _noted
    _copies.clear()
    _noted = ("", 0.0, 0)
    try:
        Path(_mark()).touch()
        now = time.time_ns()  # finer than what the file system takes by itself
        os.utime(_mark(), ns=(now, now))
    except OSError as error:
        log.error("Other processes may show a withdrawn page if the database stops now: %s", error)


def store(request: HttpRequest, response: HttpResponseBase, made_in: Generation) -> None:
    """Keeps a good public page, and forgets what is gone. `made_in` is the generation before it was made.

    `web.responses.public_view` answers with a PageResponse wherever a reader got a page, or has it already.
    """
    if request.method != "GET" or response.status_code >= 500:
        return
    if isinstance(response, PageResponse):
        if (address := copy_address(request)) and not response.cookies:
            keep(address, response.page, made_in)
    elif response.status_code == 410:
        _forget_medicine(request.path)
    elif response.status_code not in (200, 304):
        _copies.remove(request.get_full_path())


def copy_address(request: HttpRequest) -> str | None:
    """The address under which a page that answers `request` is kept; None if it is not."""
    return request.get_full_path() if _QUERY.fullmatch(request.META.get("QUERY_STRING", "")) else None


def keep(address: str, page: bytes, made_in: Generation) -> None:
    """Keeps the good public `page` that was sent for `address`. `made_in` is the generation before it was made."""
    now, old = time.monotonic(), _copies.get(address)
    if old and old.body is page and old.generation == made_in and now - old.age_from < FRESH:
        return  # the page of a moment ago, which so many have asked for
    _copies.put(address, StalePage(page, timezone.now(), now, made_in), len(page))


def _forget_medicine(path):
    """All pages below that of a medicine that is gone: /drugs/x/, /drugs/x.json and /drugs/x/history/2/ alike."""
    page = re.match(r"/drugs/[^/.]+", path)
    for address in _copies.all_keys():
        if address == path or page and address.startswith(page[0] + "/"):
            _copies.remove(address)


def stale_response(request: HttpRequest) -> HttpResponse | None:
    """The stale page of what `request` asks for, as a response that says so, or None."""
    copy = _copies.get(request.get_full_path()) if request.method in ("GET", "HEAD") else None
    if not copy or time.monotonic() - copy.age_from > SECONDS or copy.generation != generation():
        return None
    notice = render_to_string("_stored_copy.html", {"made": timezone.localtime(copy.made)}).encode()
    body = _MAIN.sub(lambda main: main[0] + notice, copy.body, count=1)
    if body == copy.body:  # never without the notice
        return None
    return HttpResponse(body)
