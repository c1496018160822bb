"""Documents and pages with the spaces of good typography: no-break, narrow and thin ones beside numbers."""

import dataclasses
import re

import pytest

from drugs.content import Document

NO_BREAK, NARROW, THIN = "\u00a0", "\u202f", "\u2009"
EVERY_SPACE = pytest.mark.parametrize("space", [NO_BREAK, NARROW, THIN], ids=["no-break", "narrow", "thin"])

_UNIT = r"(?:mg|mcg|micrograms?|g|kg|m[lL]|mmol|units?|IU|%|hours?|days?|weeks?)(?!\w)"
# Before each unit and behind each number; never at the start of a line, where spaces are marks of Markdown.
_PLACES = re.compile(rf"(?<=\S) (?={_UNIT})|(?<=\d) (?=\S)|(?<=\d)(?={_UNIT})")


def set_in_text(text, space):
    """`text` with `space` before each unit and after each number."""
    return _PLACES.sub(space, text)


def set_in_document(document, space):
    """`document` with `space` in each of its texts."""
    return _replaced(document, space)


def _replaced(value, space):
    if isinstance(value, tuple):
        return tuple(_replaced(item, space) for item in value)
    if not dataclasses.is_dataclass(value):
        return value
    changes = {}
    for field in dataclasses.fields(value):
        part = getattr(value, field.name)
        if field.name in ("slug", "language", "url"):
            continue
        if isinstance(part, str):
            changes[field.name] = set_in_text(part, space)
        elif isinstance(part, tuple):
            changes[field.name] = tuple(
                set_in_text(item, space) if isinstance(item, str) else _replaced(item, space) for item in part
            )
    return dataclasses.replace(value, **changes)


def plain(value):
    """`value`, a Document or a text, with plain spaces only."""
    if isinstance(value, Document):
        return Document.from_json(plain(value.to_json()))
    for space in (NO_BREAK, NARROW, THIN):
        value = value.replace(space, " ")
    return value
