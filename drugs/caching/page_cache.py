"""Page cache: finished pages in the memory of this process and, where processes share a cache, there too.

A key names all that went into a value. So what is cached is never stale, in any number of processes; it is only
ever not there.
"""

import datetime
import functools
import gzip
import hashlib
import pickle
import secrets
import struct
import sys
import time
import zlib
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.core.signals import setting_changed
from django.http import HttpResponse
from django.http.response import ResponseHeaders
from django.utils import timezone, translation
from django.utils.translation import get_language

from drugs.caching.backends import memory, queried

SMALL = 500  # bytes that one packet carries anyway
KEY_BYTES = 2000  # about what a key takes
SHARED_SECONDS = 7 * 24 * 3600  # nobody asks for what has been replaced: a shared cache forgets it in the end
_APP = Path(__file__).resolve().parent.parent
_STARTED = time.time()
Value = TypeVar("Value")


class FinishedPage(NamedTuple):
    """A good response, ready to be sent as it is or compressed, with the ETag that both have."""

    body: bytes
    compressed: bytes  # empty if that saves nothing
    etag: str
    headers: dict[
        str, tuple[str, str]
    ]  # as Django stores them: checked, in latin-1, by their names in small letters
    is_html: bool


def finish_page(response: HttpResponse, level: int = 6) -> FinishedPage:
    """The body of `response` with its ETag, its gzip of this `level`, and its headers with those that caches need."""
    body = response.content
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    compress = _gzip_of_page if is_html else functools.partial(gzip.compress, mtime=0)
    compressed = compress(body, level) if len(body) > SMALL else b""
    # Weak, since the tag stands for both: bytes differ between them, and the page does not.
    etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    cdn = settings.CDN_SECONDS
    headers = ResponseHeaders(response.headers)
    headers.setdefault("Cache-Control", f"max-age=0, s-maxage={cdn}" if cdn else "no-cache")
    headers["Vary"] = "Accept-Encoding"
    headers["ETag"] = etag
    # Not documented; read in Django 5.2.19. Set one by one for each answer, they cost 10 µs.
    return FinishedPage(body, compressed, etag, headers._store, is_html)


def _gzip_of_page(body: bytes, level: int) -> bytes:
    """`body`, a page, as gzip. The style that stands in each page, and is as long as the rest, is compressed once: what
    is compressed apart may stand one behind the other (RFC 1951, 3.2; RFC 1952, 2.3).
    """
    start = body.find(b"<style>")
    end = body.find(b"</style>", start)
    if min(start, end) < 0:
        return gzip.compress(body, level, mtime=0)
    pieces = (
        b"\x1f\x8b\x08\0\0\0\0\0\0\xff",
        _deflated(body[:start], level, zlib.Z_SYNC_FLUSH),
        _deflated_style(body[start:end], level),
        _deflated(body[end:], level, zlib.Z_FINISH),
        struct.pack("<LL", zlib.crc32(body), len(body) & 0xFFFFFFFF),
    )
    return b"".join(pieces)


def _deflated(piece, level, end):
    compressor = zlib.compressobj(level, wbits=-zlib.MAX_WBITS)
    return compressor.compress(piece) + compressor.flush(end)


@functools.lru_cache(maxsize=4)
def _deflated_style(style, level):
    return _deflated(style, level, zlib.Z_SYNC_FLUSH)


def cached_answer(
    facts: tuple[Hashable, ...], make: Callable[[], HttpResponse], asked: Sequence[str | None] = ()
) -> FinishedPage | HttpResponse:
    """The answer that shows `facts`, from the cache or else made by `make()`; of such only good ones are kept.

    `facts`, a tuple, are its address and all that it takes from the database. The day counts too, because reviews
    fall due, and so does whatever of code, templates and settings could make another answer of the same facts.
    `asked` are those of `facts` that stood behind the `?` of the address. With any, the answer is kept in the memory
    of this process alone: there are as many as somebody makes up, and a shared cache drops pages for them.
    """
    if settings.DEBUG:  # whoever is changing a template wants to see it
        return make()
    key, has_query = _whole_key(facts), any(asked)
    room = _room(has_query)
    page = room.get(key)
    if page is None:
        page = (
            _finished(_made(make))
            if has_query
            else _from_shared_cache(key, lambda: _finished(_made(make)), FinishedPage)
        )
        if isinstance(page, FinishedPage):
            _put(room, key, page, asked)
    return page


def cached_search(
    facts: tuple[Hashable, ...], make: Callable[[], tuple[HttpResponse, bool]], query: str | None
) -> FinishedPage | HttpResponse:
    """The same for the answer to a search for `query`; `make()` says of it whether it may be kept.

    It is kept in the memory of this process alone.
    """
    key = _whole_key(facts)
    page = None if settings.DEBUG else queried.get(key)
    if page is None:
        response, may_be_kept = _made(make)
        page = _finished(response) if may_be_kept else response
        if isinstance(page, FinishedPage):
            _put(queried, key, page, [query])
    return page


def kept_page(facts: tuple[Hashable, ...], has_query: bool) -> FinishedPage | None:
    """The page that is kept for `facts` in the memory of this process, if there is one; it makes none."""
    page: FinishedPage | None = _room(has_query).get(_whole_key(facts))
    return page


def _room(has_query):
    return queried if has_query else memory


def _whole_key(facts):
    return facts, _today(int(time.time()) // 60, timezone.localdate), get_language(), _settings()


def _made(make: Callable[[], Value]) -> Value:
    """What `make` gives. Where a language is set, Django finds each word of the interface in half the time."""
    with translation.override(get_language()):
        return make()


def _finished(response):
    """A page that may be kept, or `response` itself. With a cookie it would be somebody's."""
    return finish_page(response) if response.status_code == 200 and not response.cookies else response


def _put(cache, key, page, asked):
    """Keeps `page`. What was `asked`, a part of `key`, is as long as whoever asked has made it."""
    size = len(page.body) + len(page.compressed) + KEY_BYTES + sum(map(sys.getsizeof, asked))
    cache.put(key, page, size)


def cached_value(key: Hashable, make: Callable[[], Value]) -> Value:
    """The value cached under `key`, or else what `make()` gives, which is then cached.

    It is pickled, so whoever gets it may change what they got. `key` names all that it follows from but the code.
    """
    pickled = memory.get(key)
    if pickled is not None:
        return pickle.loads(pickled)  # noqa: S301 - this process has made it
    value = _from_shared_cache(key, make)
    pickled = pickle.dumps(value)
    memory.put(key, pickled, len(pickled) + KEY_BYTES)
    return value


@functools.cache
def source_version() -> str:
    """Hash of all code, templates, lists and translations: another of them may make another page of the same facts.

    Read at first use, since no command but the server needs it. Where the files were replaced after this process
    started, it still runs the code of before: it gets a version of its own, and shares nothing with whoever comes.
    """
    folders = [_APP, settings.BASE_DIR / "templates", settings.BASE_DIR / "locale"]
    paths = (path for folder in folders for path in folder.rglob("*.*") if path.parent.name != "__pycache__")
    digest = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        if path.stat().st_ctime > _STARTED:
            return secrets.token_hex()
        digest.update(path.read_bytes())
    return digest.hexdigest()


@functools.cache  # no setting changes while a process lives; a look at one takes a microsecond
def _settings():
    return (
        settings.COUNTRY,
        settings.BASE_URL,
        settings.SITE_NAME,
        settings.TIME_ZONE,
        settings.INDEX_UNREVIEWED,
        settings.OFFLINE,
        settings.LICENCE,
        settings.ATTRIBUTION,
        settings.CDN_SECONDS,
    )


@functools.lru_cache(maxsize=1)
def _today(minute: int, localdate: Callable[[], datetime.date]) -> datetime.date:
    """The day, looked up once a minute: in every time zone it begins with a whole one."""
    return localdate()


def _forget(**kwargs):
    _settings.cache_clear()
    _today.cache_clear()


setting_changed.connect(_forget)  # in tests


def _from_shared_cache(key, make, kept=object):
    """What is there under `key`, or else what `make()` gives, which is put there if it is one of `kept`."""
    if not settings.CACHE_IS_SHARED:
        return make()
    full_key = repr((key, source_version(), getattr(staticfiles_storage, "manifest_hash", "")))
    digest = hashlib.blake2b(full_key.encode(), digest_size=16).hexdigest()
    # The value names its key, so that nobody can lay one page in the place of another.
    stored = cache.get(digest)
    if isinstance(stored, tuple) and stored[0] == digest:
        return stored[1]
    value = make()
    if isinstance(value, kept):
        cache.set(digest, (digest, value), timeout=SHARED_SECONDS)
    return value
