"""Marks in braces, such as {rare, emergency}, at the end of a heading or of a side effect."""

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from drugs.content import FREQUENCIES, URGENCIES, ends_in_mark
from drugs.content.whitespace import UNICODE_SPACES
from drugs.formats.result import FormatError

_COMPONENT = re.compile(rf"\{{([a-z_, {UNICODE_SPACES}]*?),? *component: *([^{{}}]*)\}}$")

_REFERENCE = re.compile(rf"\{{([a-z_, {UNICODE_SPACES}]*?),? *reference: *([0-9]{{1,4}})\}}$")


class MarkedText(NamedTuple):
    """A text without the mark at its end, and the words of the mark; None where there is none, [] for `{}`."""

    text: str
    words: list[str] | None


def take_marks(text: str) -> MarkedText:
    """`text` and the mark such as {rare, emergency} at its end, apart."""
    text = text.rstrip()
    if not ends_in_mark(text):
        return MarkedText(text, None)
    at = text.rindex("{")
    return MarkedText(text[:at].rstrip(), [word.strip() for word in text[at + 1 : -1].split(",")])


class ComponentMark(NamedTuple):
    """A text without the component in the mark at its end; `component` is None where the mark names none."""

    text: str
    component: str | None


def take_component(text: str) -> ComponentMark:
    """`text` and the component of a mark such as {common, component: Aol}, apart: the mark keeps its other words."""
    text = text.rstrip()
    match = _COMPONENT.search(text)
    if not match:
        return ComponentMark(text, None)
    rest = text[: match.start()] + (f"{{{match[1]}}}" if match[1] else "")
    return ComponentMark(rest.rstrip(), match[2].strip())


def ends_in_component(text: str) -> bool:
    """Whether `take_component` would take the end of `text` for a component."""
    return take_component(text).component is not None


class ReferenceMark(NamedTuple):
    """A text without the reference in the mark at its end; `number` is None where the mark names none."""

    text: str
    number: int | None


def take_reference(text: str) -> ReferenceMark:
    """`text` and the reference of a mark such as {rare, reference: 2}, apart: the mark keeps its other words."""
    text = text.rstrip()
    match = _REFERENCE.search(text)
    if not match:
        return ReferenceMark(text, None)
    rest = text[: match.start()] + (f"{{{match[1]}}}" if match[1] else "")
    return ReferenceMark(rest.rstrip(), int(match[2]))


def ends_in_reference(text: str) -> bool:
    """Whether `take_reference` would take the end of `text` for a reference."""
    return take_reference(text).number is not None


def one_of(known: tuple[str, ...], words: Sequence[str], what: str, line: int) -> str:
    """The only word of a mark, if it is one of the `known`.

    Raises FormatError of this `line` otherwise: it calls the word no `what`, and says what may be meant.
    """
    if len(words) == 1 and words[0] in known:
        return words[0]
    written = ", ".join(words)[:60]
    near = difflib.get_close_matches(written, known, 1)
    hint = f"did you mean {{{near[0]}}}?" if near else f"known are {', '.join(known)}."
    raise FormatError(f"{{{written}}} is no {what}; {hint}", line)


def frequency_and_urgency(words: Iterable[str], line: int) -> dict[str, str]:
    """Frequency and urgency in the words of a side effect's mark, as arguments of SideEffect.

    Raises FormatError for any other word, and for two of one sort.
    """
    marks: dict[str, str] = {}
    for word in words:
        sort = "frequency" if word in FREQUENCIES else "urgency"
        if sort in marks:
            raise FormatError(f"A side effect has one {sort}, not two: {word!r}.", line)
        marks[sort] = one_of((*FREQUENCIES, *URGENCIES), [word], "frequency or urgency", line)
    return marks
