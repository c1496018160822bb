"""Fixtures of readers' pages: hits in place of the search's index, and the clock of forms."""

import time

import pytest
from django.core.cache import cache

from drugs.http import form_tokens
from drugs.search import names


@pytest.fixture
def search_hits(monkeypatch):
    """What the search finds, in place of its index: the hits that a test puts in this list."""
    hits = []
    monkeypatch.setattr(names, "find", lambda query, limit=10: list(hits))
    return hits


@pytest.fixture
def clock(monkeypatch):
    """Sets the time of the forms by calling it with seconds from now; the hour of the rate limit begins anew."""
    cache.clear()
    now = int(time.time())
    return lambda seconds: monkeypatch.setattr(form_tokens, "time", lambda: now + seconds)
