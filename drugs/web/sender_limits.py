"""Rate limit of what comes from one address without an account: counted for an hour, under a keyed hash of it.

A hospital is one address, so the numbers for one are well above what a ward sends. Without a shared cache each process
counts for itself: an address may then send so much to each.
"""

import logging
from collections.abc import Iterable, Mapping

from django.core.cache import cache
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from drugs.http.client_ip import network_of

log = logging.getLogger(__name__)

SECONDS = 3600


def counter(purpose: str, address: str, page: str = "") -> str:
    """The cache key under which an address is counted. A household has all of an IPv6 network, which counts as one."""
    sender = f"{network_of(address)} {page}"
    return f"{purpose}:{salted_hmac('drugs.web.problem_reports', sender, algorithm='sha256').hexdigest()}"


def is_reached(limits: Mapping[str, int]) -> bool:
    """Whether one of these counters has come to its number within the hour."""
    return any(_counted(key) >= limit for key, limit in limits.items())


def count(counters: Iterable[str]) -> None:
    """One more in each of the counters."""
    for key in counters:
        try:
            cache.add(key, 0, SECONDS)
            cache.incr(key)
        except (RedisError, ValueError) as error:  # ValueError: the hour ended in between
            log.warning("What came from an address was not counted: %s", error)


def _counted(key):
    try:
        return cache.get(key, 0)
    except RedisError as error:
        log.warning("The cache does not answer: %s", error)
        return 0
