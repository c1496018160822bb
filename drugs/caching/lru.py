"""LRU cache bounded by bytes, in the memory of this process: for finished pages, and for stale ones."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class MemoryLRU(Generic[Key, Value]):
    """Values up to `limit` bytes in all, for all threads. The least recently used go first.

    Whoever puts a value says how many bytes it takes, and nobody may change it from then on.
    """

    def __init__(self, limit: int):
        self.limit = limit
        self.size = 0
        self._lock = Lock()  # held for work in memory only
        self._entries: OrderedDict[Key, tuple[Value, int]] = OrderedDict()  # the least recently used first

    def get(self, key: Key) -> Value | None:
        """The value under `key`, or None if it is not there."""
        with self._lock:
            if key not in self._entries:
                return None
            self._entries.move_to_end(key)
            return self._entries[key][0]

    def put(self, key: Key, value: Value, size: int) -> None:
        """Puts `value`, of `size` bytes, in the place of what is under `key`. One above the limit is not kept."""
        with self._lock:
            self._drop(key)
            self._entries[key] = value, size
            self.size += size
            while self.size > self.limit:
                self._drop(next(iter(self._entries)))

    def remove(self, key: Key) -> None:
        """Removes what is under `key`, if there is anything."""
        with self._lock:
            self._drop(key)

    def all_keys(self) -> list[Key]:
        """All keys at this moment, the least recently used first."""
        with self._lock:
            return list(self._entries)

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self.size = 0

    def _drop(self, key: Key) -> None:
        if key in self._entries:
            self.size -= self._entries.pop(key)[1]
