"""Marks in braces, such as {rare, emergency}, at the end of a heading or of a side effect."""

import difflib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from drugs.content import FREQUENCIES, URGENCIES, ends_in_mark
from drugs.formats.result import FormatError


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
