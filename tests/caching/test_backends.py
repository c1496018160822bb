"""Cache backends: a Redis that is down is an empty cache, and is left alone for a while."""

from types import SimpleNamespace

import pytest

from drugs.caching import backends


def test_a_redis_that_is_down_is_asked_once_in_five_seconds(monkeypatch, caplog):
    clock = SimpleNamespace()
    monkeypatch.setattr(backends, "time", clock)
    monkeypatch.setattr(backends, "_down_until", 0.0)
    server = backends.SharedCache("redis://127.0.0.1:9/0", {})
    for now, asked in ((100, 1), (104, 1), (106, 2)):
        clock.monotonic = lambda now=now: now
        assert server.get("a") is None and server.get("a", "b") == "b" and server.get_many(["a"]) == {}
        assert server.get_or_set("a", 1) == 1 and not server.touch("a") and not server.delete("a")
        with pytest.raises(ValueError, match="not found"):
            server.incr("a")
        assert [record.message[:25] for record in caplog.records] == ["The cache does not answer"] * asked
