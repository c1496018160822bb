"""Glossary: words of medicine in plain words, which administrators edit, and where they first stand on a page."""

import functools
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.utils.html import format_html

from drugs.content.markdown import LINK_END, Mark

KEY = "glossary"  # of the site text that has it
_BETWEEN = re.compile(r"[\s\u00a0]+")
_IN_WORD = re.compile(r"[\w-]")


class Explained(NamedTuple):
    """A word that was marked on a page: its anchor, as the page writes it, and what it means."""

    anchor: str
    term: str
    meaning: str


class PageGlossary:
    """The words to be explained on one page, each where it first stands outside the `names` of the page."""

    def __init__(
        self, meanings: dict[str, str], pattern: re.Pattern[str] | None, names: Iterable[str]
    ) -> None:
        self._meanings = dict(meanings)
        self._pattern = pattern
        self._names = [name.casefold() for name in names if _BETWEEN.search(name) or "-" in name]
        self._single = {name.casefold() for name in names}
        self._taken: list[Explained] = []
        self._explained = 0

    def marks(self, text: str) -> Iterator[Mark]:
        """The marks of `text` around words that have not been met before on the page."""
        if not self._pattern:
            return
        for found in self._pattern.finditer(text):
            key, (start, end) = _key(found[0]), found.span()
            if key not in self._meanings or key in self._single:
                continue
            if any(_reaches_into(name, text, start, end) for name in self._names):
                continue
            # Where brackets follow or stand around it, or nothing else is said, the text explains it already.
            meaning = self._meanings.pop(key)
            if text[end : end + 2] == " (" or text[:start].endswith("(") or text.strip(" .") == found[0]:
                continue
            self._explained += 1
            anchor = f"word-{self._explained}"
            self._taken.append(Explained(anchor, found[0], meaning))
            yield Mark(start, end, format_html('<a class="term" href="#{}">', anchor), LINK_END)

    def taken(self) -> tuple[Explained, ...]:
        """What has been marked since this was last asked."""
        taken, self._taken = tuple(self._taken), []
        return taken


class Glossary:
    """All words that the site explains, with their meanings."""

    def __init__(self, explained: Sequence[tuple[str, str]]) -> None:
        self._meanings = {_key(term): meaning for term, meaning in explained if _key(term)}
        self._pattern = _whole_words(self._meanings)
        self.version = hashlib.blake2b(
            repr(sorted(self._meanings.items())).encode(), digest_size=8
        ).hexdigest()

    def for_page(self, names: Iterable[str]) -> PageGlossary:
        """The same for a page with these names of its own, inside which nothing is explained."""
        return PageGlossary(self._meanings, self._pattern, tuple(names))


def of_texts(texts: Mapping[str, str]) -> Glossary:
    """The glossary among the site's `texts`."""
    return _glossary(texts[KEY])


@functools.lru_cache(maxsize=2)
def _glossary(text):
    return Glossary(terms(text))


def terms(text: str) -> list[tuple[str, str]]:
    """The terms of a glossary written one a line, `term: what it means`, with their meanings; other lines are none."""
    lines = (line.strip().lstrip("*- ").partition(":") for line in text.splitlines())
    return [(term.strip(), meaning.strip()) for term, colon, meaning in lines if colon and meaning.strip()]


def _key(term: str) -> str:
    return _BETWEEN.sub(" ", term).strip().casefold()


def _whole_words(terms: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern of any of `terms` as whole words, the longest first; None without any."""
    one = _any_of([term for term in sorted(terms, key=len, reverse=True) if term.strip()])
    return re.compile(rf"(?<![\w-])(?:{one})(?![\w-])", re.IGNORECASE) if one else None


def _any_of(terms: Sequence[str], shared: int = 3) -> str:
    """The alternatives `terms` by the letters that they begin with: one after the other they take six times as long."""
    if not shared or len(terms) < 2:
        return "|".join(map(re.escape, terms))
    by_first: dict[str, list[str]] = {}
    for term in terms:
        by_first.setdefault(term[:1], []).append(term[1:])
    shortest = by_first.pop("", [])[:1]  # what is no longer is tried last
    found = [f"{re.escape(first)}(?:{_any_of(rest, shared - 1)})" for first, rest in by_first.items()]
    return "|".join([*found, *shortest])


def _reaches_into(name: str, text: str, start: int, end: int) -> bool:
    """Whether the piece of `text` from `start` to `end` reaches into a `name`, in small letters, that stands there."""
    first = max(0, start - len(name) + 1)
    around = text[first : end + len(name) - 1].casefold()
    at = around.find(name)
    while at >= 0:
        before, after = (
            text[max(0, first + at - 1) : first + at],
            text[first + at + len(name) : first + at + len(name) + 1],
        )
        if not (_IN_WORD.match(before) or _IN_WORD.match(after)):
            return True
        at = around.find(name, at + 1)
    return False
