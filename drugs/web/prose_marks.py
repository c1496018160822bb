"""Marks in the prose of a drug's page: links to its own sections, numbers to call, and words that are explained.

They are put around words of the finished HTML. Nothing is stored in the text, and no word of it changes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.urls import reverse
from django.utils.html import format_html

from drugs.content.countries import COUNTRIES, Country
from drugs.content.markdown import LINK_END, Mark, annotate
from drugs.content.phone_links import digits_of
from drugs.web.glossary import Explained, Glossary

UNKNOWN = COUNTRIES["intl"].emergency_number  # as the texts call it, wherever the site is
# What stands before the name of a section that is meant, and not the thing itself.
_CUE = r"(?:see|under|read|look (?:at|under|in)|section(?: on| called)?|part(?: on| called)?|described in)"
_CUES = re.compile(rf"(?P<quote>[\"“‘'«])|\b{_CUE} (?:the (?:section|part) (?:on |called )?)?", re.IGNORECASE)
_IN_WORD = re.compile(r"\w")
_QUOTE_ENDS = "\"”’'».,"


class Target(NamedTuple):
    """A section that prose may name: its heading as plain text, its anchor and the component that it is about."""

    heading: str
    anchor: str
    component: str = ""


class ProseMarks:
    """The marks of one page, given out in the order in which its texts are asked for.

    A word is explained where it first stands, and `explained` gives what has been marked since it was last asked.
    """

    def __init__(
        self,
        targets: Sequence[Target],
        country: Country,
        glossary: Glossary | None,
        names: Iterable[str] = (),
    ) -> None:
        self._targets = targets
        self._country = country
        self._glossary = glossary.for_page(names) if glossary else None
        self._headings = _by_first_letter({target.heading.casefold() for target in targets})
        self._calls = _calls(country)

    def marked(self, html: str, anchor: str, component: str) -> str:
        """`html` of a section at `anchor` with its marks."""
        return annotate(html, lambda text: _in_order(self._found(text, anchor, component)))

    def explained(self) -> tuple[Explained, ...]:
        """The words marked since this was last asked, with what they mean."""
        return self._glossary.taken() if self._glossary else ()

    def _found(self, text: str, anchor: str, component: str) -> Iterator[Mark]:
        for start, end in self._references(text):
            target = self._meant(text[start:end], component)
            if target and target.anchor != anchor:
                yield Mark(start, end, format_html('<a href="#{}">', target.anchor), LINK_END)
        for found in self._calls.finditer(text):
            yield self._call(found)
        if self._glossary:
            yield from self._glossary.marks(text)

    def _references(self, text: str) -> Iterator[tuple[int, int]]:
        """Where `text` names a section: in quotation marks, or after a word such as "see"."""
        at = 0
        while found := _CUES.search(text, at):
            start, quoted = found.end(), found["quote"]
            end = self._end_of_heading(text, start, bool(quoted))
            if end:
                yield start, end
            at = end + bool(quoted) if end else found.start() + 1

    def _end_of_heading(self, text: str, start: int, quoted: bool) -> int:
        """Where the longest heading ends that stands in `text` at `start`, as a whole; 0 if there is none."""
        for heading in self._headings.get(text[start : start + 1].casefold(), ()):
            end = start + len(heading)
            after = text[end : end + 1]
            is_whole = after and after in _QUOTE_ENDS if quoted else not _IN_WORD.match(after)
            if is_whole and text[start:end].casefold() == heading:
                return end
        return 0

    def _meant(self, heading: str, component: str) -> Target | None:
        """The section that `heading` names inside a text on `component`; None where that may be two."""
        named = [target for target in self._targets if target.heading.casefold() == heading.casefold()]
        own = [target for target in named if target.component == component]
        whole = [target for target in named if not target.component]
        best = own or whole or named
        return best[0] if len(best) == 1 else None

    def _call(self, found: re.Match[str]) -> Mark:
        words, country = found.lastgroup == "words", self._country
        span = found.span("words" if words else "number")
        if words and not country.emergency:
            return Mark(*span, format_html('<a href="{}">', reverse("drugs:emergency")), LINK_END)
        number = country.emergency[0] if words else found["number"]
        said = format_html(" ({})</a>", country.emergency_number) if words else LINK_END
        return Mark(*span, format_html('<a href="tel:{}">', digits_of(number)), said)


def _by_first_letter(headings: Iterable[str]) -> dict[str, list[str]]:
    """The `headings` in small letters by their first one, the longest first."""
    found: dict[str, list[str]] = {}
    for heading in sorted(filter(None, headings), key=len, reverse=True):
        found.setdefault(heading[0], []).append(heading)
    return found


def _calls(country: Country) -> re.Pattern[str]:
    """The words for the emergency number, and the country's own numbers after a word that asks to call them."""
    numbers = {*country.emergency, *country.other_numbers, country.poison_number, country.crisis_number} - {
        ""
    }
    one = "|".join(re.escape(number) for number in sorted(numbers, key=len, reverse=True))
    dial = rf"|\b(?:call|calling|phone|ring|dial|number) (?:now )?(?P<number>{one})(?![\w-])" if one else ""
    return re.compile(rf"\b(?P<words>{re.escape(str(UNKNOWN))})\b{dial}", re.IGNORECASE)


def _in_order(marks: Iterable[Mark]) -> Iterator[Mark]:
    """`marks` from the first to the last; one that reaches into another is left out."""
    last = 0
    for mark in sorted(marks, key=lambda mark: mark.start):
        if mark.start >= last:
            last = mark.end
            yield mark
