"""Compatibility of two OpenAPI descriptions: what a program that relies on the older one misses in the newer."""

from collections.abc import Iterator
from typing import Any

WORDS = ("description", "summary", "version", "title", "url")  # of people; they may change
BOUNDS = ("enum", "pattern", "format", "minLength", "maxLength", "minimum", "maximum", "not")


def narrowed(before: Any, after: Any, place: str = "") -> Iterator[str]:
    """The places where `after` has lost or changed something that `before` says, or asks more of a request."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key, value in before.items():
            if key in WORDS and isinstance(value, str):
                continue
            if key not in after:
                yield f"{place}/{key}"
            else:
                yield from narrowed(value, after[key], f"{place}/{key}")
        if "/parameters/" in place:
            yield from (f"{place}/{rule}" for rule in BOUNDS if rule in after and rule not in before)
            if after.get("required") is True and not before.get("required"):
                yield f"{place}/required"
    elif isinstance(before, list) and isinstance(after, list):
        yield from (f"{place}/{item}" for item in before if item not in after)
    elif before != after and not (place.endswith("/maxLength") and _is_wider(before, after, place)):
        yield place


def _is_wider(before: int, after: int, place: str) -> bool:
    """A request may become longer; an answer no longer than it was promised to be."""
    return after > before if "/parameters/" in place else after < before
