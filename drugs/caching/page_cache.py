"""What was made once is kept: in the memory of this process and, where processes share a cache, there too. (leaf)

A key names all that went into a value. So what is kept is never stale, in any number of processes; it is only
ever not there.
"""

import gzip
import hashlib
import pickle
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language

from drugs.caching.backends import memory

SMALL = 500  # bytes that one packet carries anyway
KEY_BYTES = 2000  # about what a key takes
SHARED_SECONDS = 7 * 24 * 3600  # nobody asks for what has been replaced: a shared cache forgets it in the end
_APP = Path(__file__).resolve().parent.parent
_FOLDERS = [_APP, settings.BASE_DIR / "templates", settings.BASE_DIR / "locale"]
_SOURCES = sorted(
    path for folder in _FOLDERS for path in folder.rglob("*.*") if path.suffix in (".py", ".html", ".mo")
)
# Whoever changes one of these files may make another page of the same facts.
VERSION = hashlib.sha256(b"".join(path.read_bytes() for path in _SOURCES)).hexdigest()


class FinishedPage(NamedTuple):
    """The body of an answer, ready to be sent as it is or compressed, and the tag that both have."""

    body: bytes
    compressed: bytes  # empty if that saves nothing
    etag: str


def finish_page(body, level=6):
    """The Finished of these bytes."""
    compressed = gzip.compress(body, level, mtime=0) if len(body) > SMALL else b""
    # Weak, since the tag stands for both: bytes differ between them, and the page does not.
    return FinishedPage(body, compressed, f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"')


def cached_page(facts, make):
    """The Finished page that shows `facts`, made by `make()` if it is not kept.

    `facts`, a tuple, are all that the page takes from the database. The day counts too, because reviews fall due,
    and so does whatever of code, templates and settings could make another page of the same facts.
    """
    if settings.DEBUG:  # whoever is changing a template wants to see it
        return finish_page(make())
    key = (facts, *_site_facts())
    found = memory.get(key)
    if found is None:
        found = _from_shared_cache(key, lambda: finish_page(make()))
        memory.put(key, found, len(found.body) + len(found.compressed) + KEY_BYTES)
    return found


def cached_value(key, make):
    """What is kept under the text `key`, or else what `make()` gives, which is then kept."""
    pickled = memory.get(key)
    if pickled is not None:
        return pickle.loads(pickled)  # noqa: S301 - this process has made it
    thing = _from_shared_cache(key, make)
    pickled = pickle.dumps(thing)
    memory.put(key, pickled, len(pickled) + KEY_BYTES)
    return thing


def _site_facts():
    return (
        timezone.localdate(),
        get_language(),
        settings.COUNTRY,
        settings.BASE_URL,
        settings.SITE_NAME,
        settings.TIME_ZONE,
        settings.INDEX_UNREVIEWED,
    )


def _from_shared_cache(key, make):
    if not settings.CACHE_IS_SHARED:
        return make()
    named = repr((key, VERSION, getattr(staticfiles_storage, "manifest_hash", "")))
    digest = hashlib.blake2b(named.encode(), digest_size=16).hexdigest()
    thing = cache.get(digest)
    if thing is None:
        thing = make()
        cache.set(digest, thing, timeout=SHARED_SECONDS)
    return thing
