"""Quotations from the Markdown of a section: sentences that can stand alone, each with what it needs to be whole.

A line that is wrapped is one line. What ends in a colon comes with the list behind it, an item with the items inside
of it, and one of such a list with the words that lead it in: without them "are pregnant" may be what a medicine is for.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from drugs.content.components import same_component
from drugs.content.markdown import plain
from drugs.web.component_labels import lines_with_components
from drugs.web.quotable_lines import Line, barred, is_aside, leads_in, unquoted, with_rows

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
    """What goes on in the lines inside of it: how far in it stands, what it says before each of them, "" for nothing,
    and whether it was quoted with all of them.
    """

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
    for at, line in enumerate(lines):
        around = _around(leads, lines, at)
        leads = leads if is_aside(line.text) else around
        given = False
        if not any(lead.given for lead in around) and (words is None or words.search(line.text)):
            before = " ".join(
                lead.said for lead in around if lead.said and not same_component(line.drug, lead.said[:-1])
            )
            for quotation in _of_line(line, before, _items(lines, at), words):
                if words is None or words.search(quotation.found_by):
                    given = given or bool(quotation.items)
                    yield quotation
        if not is_aside(line.text) and not line.cells:
            leads.append(_LeadIn(_depth(line.text), _said_before(lines, at), given))


def _around(leads: list[_LeadIn], lines: Sequence[Line], at: int) -> list[_LeadIn]:
    """Those of `leads` that the line `at` goes on with: none with a quote block; a table right behind a colon does."""
    line = lines[at]
    if is_aside(line.text):
        return []
    if line.cells:
        return leads if at and (lines[at - 1].cells or leads_in(lines[at - 1].text)) else []
    return [lead for lead in leads if lead.depth < _depth(line.text)]


def _said_before(lines: Sequence[Line], at: int) -> str:
    """What the line `at` says before what stands inside of it: a lead-in, or the beginning of a sentence."""
    inside = lines[at + 1].text if at + 1 < len(lines) else ""
    goes_on = _is_inside(inside, lines[at].text) and _MARKS.sub("", inside)[:1].islower()
    return pieces(lines[at].text)[-1] if goes_on or leads_in(lines[at].text) else ""


def _is_inside(item: str, text: str) -> bool:
    """Whether `item` is one of a list inside of the item `text`."""
    return bool(_ITEM.match(text) and _ITEM.match(item)) and _depth(item) > _depth(text)


@lru_cache(maxsize=128)  # a page looks through its sections for each topic that it has no section on
def _lines(body: str, component: str, drugs: tuple[str, ...]) -> tuple[Line, ...]:
    lines = lines_with_components(unwrapped(barred(unquoted(body))), component, drugs)
    return tuple(with_rows(pair for pair in lines if pair[1].strip()))


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


def _of_line(
    line: Line, before: str, items: tuple[str, ...], words: re.Pattern[str] | None
) -> Iterator[Quotation]:
    """The quotations of one line, with the lead-ins `before` it and the `items` of the list that goes on with it."""
    if line.cells:
        found = next((cell for cell in line.cells if words and words.search(cell)), line.cells[0])
        if len(line.cells) > 1 and len(line.text) <= LONGEST:
            yield Quotation(line.drug, f"{before} {line.text}".strip(), (), found)
        return
    said = pieces(line.text)
    for number, sentence in enumerate(said):
        listed = items if number == len(said) - 1 else ()
        if len(sentence) > LONGEST or sentence.endswith(":") and not listed:
            continue
        whole = sentence if number or _WHOLE_ITEM.match(sentence) else f"{before} {sentence}".strip()
        if listed or len(whole.split()) > 2:
            yield Quotation(line.drug, whole, listed, sentence)


def _items(lines: Sequence[Line], at: int) -> tuple[str, ...]:
    """The items of the list that goes on with the line `at`, those inside of others too; none if they are too much to
    quote.
    """
    text = lines[at].text
    if lines[at].cells or not (leads_in(text) or _ITEM.match(text)):
        return ()
    depth = _depth(text)
    found: list[str] = []
    for line in lines[at + 1 : at + 2 + MOST_ITEMS]:
        if is_aside(line.text):
            continue
        if line.cells or _depth(line.text) <= depth or not (found or _ITEM.match(line.text)):
            break
        found.append(plain(_MARKS.sub("", line.text)))
    return tuple(found) if len(found) <= MOST_ITEMS and all(len(item) <= LONGEST for item in found) else ()


def _depth(line: str) -> int:
    """How far in an item of a list stands; less than that of any item for what is none and stands in none.

    A paragraph inside an item is indented: neither the list nor what leads it in ends there.
    """
    item = _ITEM.match(line)
    space = item[1] if item else line[: len(line) - len(line.lstrip())]
    width = len(space.expandtabs(4))
    return width if item else width - 1 if width > 1 else -1
