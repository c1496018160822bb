"""Cache backends: a Redis that is down is an empty cache, and is left alone for a while."""

import pickle
from types import SimpleNamespace

import pytest
from django.core.signing import BadSignature

from drugs.caching import backends, circuit_breaker, page_cache


def test_a_redis_that_is_down_is_asked_once_in_five_seconds(monkeypatch, caplog):
    clock = SimpleNamespace()
    monkeypatch.setattr(circuit_breaker, "time", clock)
    monkeypatch.setattr(backends, "_breaker", circuit_breaker.Breaker(backends.DOWN_SECONDS))
    server = backends.SharedCache("redis://127.0.0.1:9/0", {})
    for now, asked in ((100, 1), (104, 1), (106, 2)):
        clock.monotonic = lambda now=now: now
        assert server.get("a") is None and server.get("a", "b") == "b" and server.get_many(["a"]) == {}
        assert server.get_or_set("a", 1) == 1 and not server.touch("a") and not server.delete("a")
        with pytest.raises(ValueError, match="not found"):
            server.incr("a")
        assert [record.message[:25] for record in caplog.records] == ["The cache does not answer"] * asked


def test_what_this_site_did_not_sign_is_never_unpickled(settings):
    serializer = backends.SignedSerializer()
    assert serializer.loads(serializer.dumps(("a", 1))) == ("a", 1)
    assert serializer.dumps(5) == 5 and serializer.loads(b"5") == 5
    stored = serializer.dumps("page")
    for forged in (pickle.dumps("page"), b"x" + stored[1:], stored[:-1], b"", stored[:31], b"\x80" * 40):
        with pytest.raises(BadSignature):
            serializer.loads(forged)
    settings.SECRET_KEY = "another" * 8
    with pytest.raises(BadSignature):
        serializer.loads(stored)


def test_a_forged_value_is_a_miss(monkeypatch, caplog):
    monkeypatch.setattr(backends, "_breaker", circuit_breaker.Breaker(backends.DOWN_SECONDS))
    client = SimpleNamespace(get=lambda key: pickle.dumps("forged"))
    monkeypatch.setattr(backends.RedisCacheClient, "get_client", lambda self, *args, **more: client)
    assert backends.SharedCache("redis://127.0.0.1:9/0", {}).get("a", "b") == "b"
    assert "was not written by this site" in caplog.text


@pytest.mark.parametrize("stored", [("another key", "another page"), 5, "text"])
def test_what_was_stored_under_another_key_is_a_miss(settings, monkeypatch, stored):
    settings.CACHE_IS_SHARED = True
    kept = {}
    monkeypatch.setattr(page_cache.cache, "get", lambda key: kept.get(key, stored))
    monkeypatch.setattr(page_cache.cache, "set", lambda key, value, timeout: kept.__setitem__(key, value))
    assert page_cache._from_shared_cache("key", lambda: "made") == "made"
    assert page_cache._from_shared_cache("key", lambda: "made again") == "made"
