"""Quotations from the Markdown of a section: sentences that can stand alone, each with what it needs to be whole.

A line that is wrapped is one line. What ends in a colon comes with the list behind it, and an item of such a list with
the words that lead it in: without them "are pregnant" may be what a medicine is for.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from drugs.content.components import same_component
from drugs.content.markdown import plain
from drugs.web.component_labels import lines_with_components

# Characters of a sentence: a longer one is no sentence, but a list without marks. Contraindications take five hundred.
LONGEST = 700
MOST_ITEMS = 20  # of a list that comes with its sentence: a longer one is read in its place
LINK_WORDS = 8  # of a sentence by which a browser finds it

# A saint or a doctor in a name ends no sentence: "St. John's wort".
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\bSt\.)(?<!\bDr\.)\s+(?=[A-Z])")
_MARKS = re.compile(r"^\s*(?:[-+>#]+|\*|\d+[.)])\s+")
_ITEM = re.compile(r"([ \t]*)(?:[-+*]|\d{1,9}[.)])[ \t]")
# What begins a line of its own, without the space before it: an item, a heading, a quote, a row, a rule or underline, a
# fence, a bold label.
_OWN_LINE = re.compile(
    r"(?:(?:[-+*]|\d{1,9}[.)])(?:\s|$)|#{1,6}\s|[>|]|[-=_*\s]+$|```|~~~|\*\*[^*\n]{1,200}(?::\*\*|\*\*:|\*\*$))"
)
_HEADING = re.compile(r"\s{0,3}#{1,6}\s")
_BACKSLASH = "\\"  # by which a line is broken, as by two spaces
# An item with a label of its own that is a sentence needs no lead-in: "Pregnancy: It may harm the unborn."
_WHOLE_ITEM = re.compile(r"[^:.]{2,60}: .*[.!?]$")


class Quotation(NamedTuple):
    """A sentence that can stand alone. `drug` is the component that it is about, "" for the whole page.

    `items` are those of the list that it leads in. `found_by` are its first words as they stand on the page.
    """

    drug: str
    sentence: str
    items: tuple[str, ...]
    found_by: str


class _LeadIn(NamedTuple):
    """What ends in a colon: how far in it stands, its last sentence, and whether it was quoted with its list."""

    depth: int
    said: str
    given: bool


def quotations(
    body: str, component: str, drugs: Sequence[str], words: re.Pattern[str] | None
) -> Iterator[Quotation]:
    """The quotations from the Markdown `body` of a section on `component`: of the sentences with one of `words`, or
    None of all. A list that was given with its sentence is not given again item by item.
    """
    lines = _lines(body, component, tuple(drugs))
    leads: list[_LeadIn] = []  # around a line
    for at, (drug, line) in enumerate(lines):
        depth, given = _depth(line), False
        leads = [lead for lead in leads if lead.depth < depth]
        leads_in = line.rstrip(" \t*_").endswith(":")
        if not any(lead.given for lead in leads) and (words is None or words.search(line)):
            before = " ".join(lead.said for lead in leads if not same_component(drug, lead.said[:-1]))
            for quotation in _of_line(drug, line, before, _items(lines, at) if leads_in else ()):
                if words is None or words.search(quotation.found_by):
                    given = given or bool(quotation.items)
                    yield quotation
        if leads_in:
            leads.append(_LeadIn(depth, pieces(line)[-1], given))


@lru_cache(maxsize=128)  # a page looks through its sections for each topic that it has no section on
def _lines(body: str, component: str, drugs: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in lines_with_components(unwrapped(body), component, drugs) if pair[1].strip())


@lru_cache(maxsize=256)
def pieces(line: str) -> tuple[str, ...]:
    """All sentences of one line of Markdown as plain text, without the mark of a list before it."""
    return tuple(_SENTENCE_END.split(plain(_MARKS.sub("", line).removesuffix(_BACKSLASH))))


def unwrapped(body: str) -> str:
    """The Markdown `body` with each paragraph and item on one line, as far as nothing begins a line of its own."""
    lines: list[list[str]] = []  # each of the pieces that it is wrapped into
    for line in body.splitlines():
        before = lines[-1][-1] if lines else ""
        if (
            before.strip()
            and line.strip()
            and not (
                _ends_by_break(before, line) or _OWN_LINE.match(line.lstrip()) or _HEADING.match(lines[-1][0])
            )
        ):
            lines[-1][-1] = before.removesuffix(_BACKSLASH)
            lines[-1].append(line)
        else:
            lines.append([line])
    return "\n".join(" ".join([first, *(piece.strip() for piece in wrapped)]) for first, *wrapped in lines)


def _ends_by_break(before: str, line: str) -> bool:
    """Whether a line is broken off by hand after `before`; a sentence that goes on in small letters is one still."""
    return before.endswith(("  ", _BACKSLASH)) and not line.lstrip()[:1].islower()


def text_directive(words: str) -> str:
    """The first of `words` as browsers look for them (WICG, URL Fragment Text Directives)."""
    return quote(" ".join(words.split()[:LINK_WORDS]), safe="").replace("-", "%2D")


def _of_line(drug: str, line: str, before: str, items: tuple[str, ...]) -> Iterator[Quotation]:
    """The quotations of one line, with the lead-ins `before` it and the `items` of the list that it leads in."""
    for number, said in enumerate(pieces(line)):
        if len(said) > LONGEST or said.endswith(":") and not items:
            continue
        whole = said if number or _WHOLE_ITEM.match(said) else f"{before} {said}".strip()
        listed = items if said.endswith(":") else ()
        if listed or len(whole.split()) > 2:
            yield Quotation(drug, whole, listed, said)


def _items(lines: Sequence[tuple[str, str]], at: int) -> tuple[str, ...]:
    """The items of the list behind the line `at`, those inside of others too; none if they are too much to quote."""
    depth = _depth(lines[at][1])
    found: list[str] = []
    for _drug, line in lines[at + 1 : at + 2 + MOST_ITEMS]:
        if _depth(line) <= depth or not (found or _ITEM.match(line)):
            break
        found.append(plain(_MARKS.sub("", line)))
    return tuple(found) if len(found) <= MOST_ITEMS and all(len(item) <= LONGEST for item in found) else ()


def _depth(line: str) -> int:
    """How far in an item of a list stands; less than that of any item for what is none and stands in none.

    A paragraph inside an item is indented: neither the list nor what leads it in ends there.
    """
    item = _ITEM.match(line)
    space = item[1] if item else line[: len(line) - len(line.lstrip())]
    width = len(space.expandtabs(4))
    return width if item else width - 1 if width > 1 else -1
