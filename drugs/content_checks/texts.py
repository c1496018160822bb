"""Texts of a document with their paths, for the checks that read all of them."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from drugs.content import Document, invisible


class Text(NamedTuple):
    """A Markdown text of a document; `path` is that of a Finding."""

    path: str
    text: str


class Place(NamedTuple):
    """Where a pattern matched."""

    path: str
    match: re.Match[str]


def texts(document: Document) -> Iterator[Text]:
    """Every Markdown text, in the order in which a reader meets them."""
    for index, section in enumerate(document.sections):
        yield Text(f"sections.{index}", f"{section.heading}\n{section.body}".strip())
    for index, effect in enumerate(document.side_effects):
        yield Text(f"side_effects.{index}", f"{effect.label}\n{effect.name}\n{effect.description}".strip())
    for index, faq in enumerate(document.faqs):
        yield Text(f"faqs.{index}", f"{faq.question}\n{faq.answer}".strip())


def first_match(pattern: re.Pattern[str], document: Document) -> Place | None:
    """The first place where `pattern` matches, or None."""
    for path, text in texts(document):
        if match := pattern.search(text):
            return Place(path, match)
    return None


def find_invisible(text: str) -> str | None:
    """The sentence for editors about the first character in `text` that nobody sees and no script needs, or None."""
    at = invisible.find_misplaced(text)
    if at is None:
        return None
    name = unicodedata.name(text[at], "a character without a name").lower()
    where = f"Behind “{text[max(0, at - 20) : at].strip()}”" if text[:at].strip() else "At the start"
    return f"{where} stands something that nobody sees (U+{ord(text[at]):04X}, {name}). Write the word anew."
