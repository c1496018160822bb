"""Body parser of the page format: headings, lists and marks to sections, side effects and questions.

The grammar is the one of docs/page-format.md: lines of level 1 to 3 in the first column divide the page, all
other text belongs, character by character, to the piece that it stands in. What the grammar does not know is
an error that names its line, so that nothing which somebody wrote is dropped.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from drugs.content import (
    FAQ,
    GROUPS,
    ROW_KINDS,
    SECTION_HEADINGS,
    SECTION_KINDS,
    Finding,
    Section,
    SideEffect,
    clean_body,
    high_headings,
)
from drugs.content.components import order_of_places
from drugs.content.whitespace import UNICODE_SPACES, fold_spaces, shortened
from drugs.formats.page.fields import at_line
from drugs.formats.page.marks import frequency_and_urgency, one_of, take_component, take_marks, take_reference
from drugs.formats.result import FormatError

KIND_OF_HEADING = {heading.casefold(): kind for kind, heading in SECTION_HEADINGS.items()}

_HEADING = re.compile(r"(#{1,3})(.*)")
_ITEM = re.compile(rf"[*+-][ \t{UNICODE_SPACES}]")
# The bold ends at the first ** that no third star follows: a name may itself end in a star.
_NAME = re.compile(r"[*+-]\s+\*\*(.+?)\*\*(?!\*)(.*)")
_ITEM_FORM = "`* **Name**: description {frequency, urgency}`"


@dataclass
class Body:
    """What was read: lists of parts of a document, the number of sections of each kind and component, and the lines
    on which the parts start. `component` is that of what is read next; None where the format knows none.
    """

    sections: list[Section] = field(default_factory=list)
    side_effects: list[SideEffect] = field(default_factory=list)
    faqs: list[FAQ] = field(default_factory=list)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    lines: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    component: str | None = None
    references: bool = False  # whether the format knows marks that name the source of a side effect

    @property
    def part(self) -> str:
        """The component of what is read next, empty for the whole page."""
        return self.component or ""


class _Piece(NamedTuple):
    level: int  # of its heading; 0 for what stands before the first one
    heading: str
    line: int
    text: list[str]  # the lines below the heading


def read_body(text: str, *, title: str, first_line: int, number: int = 1) -> Body:
    """Body of a page called `title` whose text after the front matter is `text`, from line `first_line` on.

    `number` is that of the format: since 2 a page may name components, since 3 the sources of side effects. Raises
    FormatError where the text does not follow the page format, or holds what no document may hold.
    """
    body = Body(component="" if number > 1 else None, references=number > 2)
    before, *pieces = _pieces(text, first_line)
    _check_title(before, pieces[0] if pieces else None, title)
    for piece in pieces:
        if piece.level == 1:
            _read_title(body, piece, title)
        elif piece.level == 2:
            _read_section(body, piece)
        else:
            _read_entry(body, piece)
    for kind in ROW_KINDS:
        _put_in_places(body, kind)
    return body


def _put_in_places(body: Body, kind: str) -> None:
    """Puts the rows of `kind`, with their lines, in the order in which a document keeps them."""
    rows = getattr(body, kind)
    order = order_of_places(body.sections, kind, rows)
    lines = [body.lines[f"{kind}.{at}"] for at in order]
    rows[:] = [rows[at] for at in order]
    body.lines |= {f"{kind}.{at}": line for at, line in enumerate(lines)}


def _pieces(text: str, first_line: int) -> list[_Piece]:
    """`text` cut before each heading of level 1 to 3; the first piece is what stands before them."""
    lines = text.split("\n")
    level, heading, start = 0, "", 0
    pieces = []
    for index, line in high_headings(text):
        match = _HEADING.match(line)
        if not match:
            raise FormatError("The code that starts here is never closed.", first_line + index)
        pieces.append(_Piece(level, heading, first_line + max(start - 1, 0), lines[start:index]))
        level, heading, start = len(match[1]), match[2].strip(), index + 1
    pieces.append(_Piece(level, heading, first_line + max(start - 1, 0), lines[start:]))
    return pieces


def _check_title(before: _Piece, first: _Piece | None, title: str) -> None:
    if clean_body("\n".join(before.text)) or first is None or first.level != 1:
        raise FormatError(f"After the front matter comes the line `# {title[:60]}`.", before.line)
    if first.heading != title:
        raise FormatError(f"{first.heading[:60]!r} is not the title of the front matter.", first.line)


def _read_title(body: Body, piece: _Piece, title: str) -> None:
    """The title, or, further down, the component that follows; the title again where the whole page follows."""
    if "title" not in body.lines:
        body.lines["title"] = piece.line
    elif body.component is None:
        raise FormatError("A page of format 1 has one heading of level 1, its title.", piece.line)
    else:
        if not piece.heading:
            raise FormatError("A heading of level 1 names the component that follows.", piece.line)
        body.component = piece.heading if piece.heading != title else ""
    text = clean_body("\n".join(piece.text))
    if text:
        _add_section(body, piece.line, "other", "", text)


def _read_section(body: Body, piece: _Piece) -> None:
    heading, words = take_marks(piece.heading)
    if words is None:
        kind = KIND_OF_HEADING.get(heading.casefold(), "other")
        if heading.casefold() in KIND_OF_HEADING:
            heading = ""
    else:
        kind = one_of(SECTION_KINDS, words, "section kind", piece.line)
    _add_section(body, piece.line, kind, heading, clean_body("\n".join(piece.text)))


def _add_section(body: Body, line: int, kind: str, heading: str, text: str) -> None:
    with at_line(line):
        body.lines[f"sections.{len(body.sections)}"] = line
        body.sections.append(Section(kind, heading, text, body.part))
    body.kinds[kind, body.part] += 1


def _read_entry(body: Body, piece: _Piece) -> None:
    kind = body.sections[-1].kind if body.sections else ""
    if kind not in ("side_effects", "faqs"):
        message = "Only sections of kind side_effects and faqs have headings of level 3; "
        raise FormatError(message + "headings inside a text start at ####.", piece.line)
    if body.kinds[kind, body.part] > 1:
        message = (
            f"This stands in a later section of kind {kind}; it is shown with the list of the first one."
        )
        path = f"{kind}.{len(getattr(body, kind))}"
        body.findings.append(Finding("look", "moved", message, path))
    heading, component = piece.heading, body.part
    if body.component is not None and (mark := take_component(heading)).component is not None:
        heading, component = mark.text, mark.component
    if kind == "faqs":
        _read_faq(body, piece, heading, component)
    else:
        _read_group(body, piece, heading, component)


def _read_faq(body: Body, piece: _Piece, question: str, component: str) -> None:
    with at_line(piece.line):
        faq = FAQ(question, clean_body("\n".join(piece.text)), component)
    body.lines[f"faqs.{len(body.faqs)}"] = piece.line
    body.faqs.append(faq)


def _read_group(body: Body, piece: _Piece, heading: str, component: str) -> None:
    label, words = take_marks(heading)
    if words is None:
        message = f"{shortened(label, 60)!r} names no group, so its effects are in the group other; "
        message += "end it in {common}, {less_common}, {serious} or {other}."
        path = f"side_effects.{len(body.side_effects)}"
        body.findings.append(Finding("look", "no_group", message, path))
    group = "other" if words is None else one_of(GROUPS, words, "group", piece.line)
    items = list(_items(piece))
    if not items:
        raise FormatError(
            f"No side effect stands under this heading; each is a line {_ITEM_FORM}.", piece.line
        )
    for item in items:
        body.lines[f"side_effects.{len(body.side_effects)}"] = item.line
        body.side_effects.append(_side_effect(item, group, label, component, references=body.references))


class _Item(NamedTuple):
    line: int
    text: list[str]  # its lines, those after the first without the two spaces of the list


def _items(piece: _Piece) -> Iterator[_Item]:
    """Items of the list below a heading of side effects."""
    item: list[str] = []
    start = 0
    for line, text in enumerate(piece.text, piece.line + 1):
        if _ITEM.match(text):
            if item:
                yield _Item(start, item)
            item, start = [text], line
        elif item and fold_spaces(text).startswith("  "):
            item.append(text[2:])
        elif item and text.startswith("\t"):
            item.append(text[1:])
        elif not text.strip():
            item += [""] if item else []
        else:
            message = f"Under the heading of a group stand only lines {_ITEM_FORM}, "
            raise FormatError(message + "what goes on below one is indented by two spaces.", line)
    if item:
        yield _Item(start, item)


def _side_effect(found: _Item, group: str, label: str, component: str, *, references: bool) -> SideEffect:
    line, item = found
    match = _NAME.match(item[0])
    if not match:
        raise FormatError(f"A side effect has the form {_ITEM_FORM}.", line)
    rest, source = "\n".join([match[2], *item[1:]]), None
    if references:
        rest, source = take_reference(rest)
    rest, words = take_marks(rest)
    if rest.strip() and not rest.startswith(":"):
        message = f"Between the name of a side effect and its description stands a colon: {_ITEM_FORM}."
        raise FormatError(message, line)
    first, newline, more = rest[1:].partition("\n")
    marks = frequency_and_urgency(words or [], line)
    with at_line(line):
        description = clean_body(first.lstrip() + newline + more)
        return SideEffect(
            match[1].strip(), description, group, label, component=component, reference=source, **marks
        )
