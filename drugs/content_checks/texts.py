"""Texts of a document with their paths, for the checks that read all of them; their spaces are folded to U+0020."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from drugs.content import Document, invisible
from drugs.content.whitespace import excerpt, fold_spaces


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
        yield _text(f"sections.{index}", section.heading, section.body)
    for index, effect in enumerate(document.side_effects):
        yield _text(f"side_effects.{index}", effect.label, effect.name, effect.description)
    for index, faq in enumerate(document.faqs):
        yield _text(f"faqs.{index}", faq.question, faq.answer)


def own_texts(document: Document) -> Iterator[Text]:
    """What the page says itself: readers ask the questions, in the first person."""
    yield from (text for text in texts(document) if not text.path.startswith("faqs."))
    for index, faq in enumerate(document.faqs):
        yield Text(f"faqs.{index}", fold_spaces(faq.answer))


def _text(path, *parts):
    return Text(path, fold_spaces("\n".join(parts).strip()))


def says_any(told: Iterable[Text], words: tuple[str, ...]) -> bool:
    """Whether one of `words`, in small letters, stands anywhere in the texts: asked before a long pattern is tried,
    which takes ten times as long.
    """
    joined = "\n" + "\n".join(text for _, text in told).lower()
    return any(word in joined for word in words)


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
    before = excerpt(text[:at], at, at, before=20)
    where = f"Behind “{before}”" if before else "At the start"
    return f"{where} stands something that nobody sees (U+{ord(text[at]):04X}, {name}). Write the word anew."
