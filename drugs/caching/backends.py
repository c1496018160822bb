"""Where things are kept: in the memory of this process, up to so many bytes, or in a Redis that may be down. (leaf)"""

import logging
import time
from collections import OrderedDict
from threading import Lock

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

log = logging.getLogger(__name__)

DOWN_SECONDS = 5  # how long a Redis that did not answer is not asked again
_down_until = 0.0  # for all threads of this process


class MemoryLRU:
    """What this process keeps in its memory, up to a number of bytes. What nobody asked for longest goes first."""

    def __init__(self, limit):
        self.limit = limit
        self.held = 0
        self._lock = Lock()
        self._things = OrderedDict()  # key to thing and size

    def get(self, key):
        """What was put under `key`, or None if it is not there."""
        with self._lock:
            found = self._things.get(key)
            if found is None:
                return None
            self._things.move_to_end(key)
        return found[0]

    def put(self, key, thing, size):
        """Keeps `thing`, of `size` bytes, which nobody may change from now on."""
        with self._lock:
            self._drop(key)
            self._things[key] = thing, size
            self.held += size
            while self.held > self.limit:
                self._drop(next(iter(self._things)))

    def clear(self):
        with self._lock:
            self._things.clear()
            self.held = 0

    def _drop(self, key):
        self.held -= self._things.pop(key, (None, 0))[1]


memory = MemoryLRU(24 << 20)  # about a thousand finished pages


class MemoryCache(LocMemCache):
    """Django's cache of this process: when it is cleared, so is the shelf."""

    def clear(self):
        super().clear()
        memory.clear()


def _fail_open(name, otherwise):
    """The method `name` of Django's client; `otherwise` says what it answers while the server does not."""
    ask = getattr(RedisCacheClient, name)

    def answer(self, *args, **kwargs):
        global _down_until
        if time.monotonic() >= _down_until:
            try:
                return ask(self, *args, **kwargs)
            except RedisError as error:
                _down_until = time.monotonic() + DOWN_SECONDS
                log.warning("The cache does not answer and is left alone for %s s: %s", DOWN_SECONDS, error)
        return otherwise(*args, **kwargs)

    return answer


def _missing(key, *args):
    raise ValueError(f"Key {key!r} not found.")  # as Django says of a counter that is not there


class _Client(RedisCacheClient):
    """Django's, which a server that is down makes empty instead of broken."""

    get = _fail_open("get", lambda key, default=None: default)
    get_many = _fail_open("get_many", lambda keys: {})
    has_key = _fail_open("has_key", lambda key: False)
    add = _fail_open("add", lambda *args: True)
    set = _fail_open("set", lambda *args: None)
    set_many = _fail_open("set_many", lambda *args: None)
    touch = _fail_open("touch", lambda *args: False)
    incr = _fail_open("incr", _missing)
    delete = _fail_open("delete", lambda key: False)
    delete_many = _fail_open("delete_many", lambda keys: None)
    clear = _fail_open("clear", lambda: False)


class SharedCache(RedisCache):
    """Django's with short waits: a cache that is down costs time, never a page, and not each page's time."""

    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = _Client
        self._options = {
            "socket_connect_timeout": 0.25,
            "socket_timeout": 0.25,
            "retry": Retry(NoBackoff(), 0),
            **self._options,
        }

    def reach(self):
        """Asks the server for a sign of life. Raises whatever its client does when there is none."""
        self._cache.get_client().ping()

    def clear(self):
        memory.clear()
        return super().clear()
