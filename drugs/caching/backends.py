"""Cache backends of Django: the memory of this process, or a Redis that may be down, which then fails open."""

import logging
import pickle
from collections.abc import Callable, Hashable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.core.signing import BadSignature
from django.utils.crypto import constant_time_compare, salted_hmac
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from drugs.caching.circuit_breaker import Breaker
from drugs.caching.lru import MemoryLRU

log = logging.getLogger(__name__)

HMAC_BYTES = 32
DOWN_SECONDS = 5  # how long a Redis that did not answer is not asked again
_breaker = Breaker(DOWN_SECONDS)


memory: MemoryLRU[Hashable, Any] = MemoryLRU(24 << 20)  # about a thousand finished pages
# Answers to addresses with a "?", of which there are as many as somebody makes up: a flood of them pushes out no page.
queried: MemoryLRU[Hashable, Any] = MemoryLRU(8 << 20)


class MemoryCache(LocMemCache):
    """Django's cache of this process: when it is cleared, so are the finished pages."""

    def clear(self) -> None:
        super().clear()
        memory.clear()
        queried.clear()


class SignedSerializer:
    """Values for a server that others may write to: pickled behind an HMAC by SECRET_KEY, but for counters."""

    def dumps(self, obj: Any) -> int | bytes:
        """The bytes to store for `obj`; an integer stays one, so that the server can count."""
        if type(obj) is int:  # a bool is none here, as in Django's own
            return obj
        data = pickle.dumps(obj)
        return _hmac(data) + data

    def loads(self, data: bytes) -> Any:
        """What `data` was made from. Raises BadSignature, before anything is unpickled, if this site did not."""
        try:
            return int(data)
        except ValueError:
            pass
        signature, data = data[:HMAC_BYTES], data[HMAC_BYTES:]
        if not constant_time_compare(signature, _hmac(data)):
            raise BadSignature("A value in the cache was not written by this site.")
        return pickle.loads(data)  # noqa: S301 - this site has made it


def _hmac(data):
    return salted_hmac("drugs.caching.shared", data, algorithm="sha256").digest()


def _fail_open(name: str, otherwise: Callable[..., Any]) -> Callable[..., Any]:
    """The method `name` of Django's client; `otherwise` gives what it returns while the server does not answer."""
    method = getattr(RedisCacheClient, name)

    def guarded(self, *args, **kwargs):
        if not _breaker.is_open():
            try:
                with _breaker.opened_by(RedisError):
                    return method(self, *args, **kwargs)
            except RedisError as error:
                log.warning("The cache does not answer and is left alone for %s s: %s", DOWN_SECONDS, error)
            except BadSignature as error:
                log.warning("%s It is passed over.", error)
        return otherwise(*args, **kwargs)

    return guarded


def _missing(key, *args):
    raise ValueError(f"Key {key!r} not found.")  # as Django says of a counter that is not there


class _Client(RedisCacheClient):
    """Django's client as a circuit breaker: a server that is down is an empty cache, and left alone for a while."""

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
    """Django\'s Redis cache with short timeouts.

    A cache that is down costs time, never a page, and not each page\'s time.
    """

    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = _Client
        self._options = {
            "serializer": SignedSerializer,
            "socket_connect_timeout": 0.25,
            "socket_timeout": 0.25,
            "retry": Retry(NoBackoff(), 0),
            **self._options,
        }

    def reach(self) -> None:
        """Pings the server. Raises whatever its client does when there is none."""
        self._cache.get_client().ping()

    def clear(self) -> None:
        memory.clear()
        queried.clear()
        super().clear()
