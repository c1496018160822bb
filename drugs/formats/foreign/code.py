"""Code in Markdown: fenced blocks and spans, in which no mark means anything."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_START = re.compile(r"(?P<fence>^[ ]{0,3}(?P<marks>`{3,}|~{3,})(?P<info>[^\n]*))|(?P<ticks>`+)", re.M)


class Segment(NamedTuple):
    """A stretch of a text, and whether it is code; `info` is what stands behind the marks that open a block."""

    text: str
    is_code: bool
    info: str = ""


def segments(text: str) -> Iterator[Segment]:
    """The stretches of `text` in their order: code and what is between."""
    done = at = 0
    dead: set[str] = set()
    while match := _START.search(text, at):
        end = end_of_code(text, match, dead)
        at = max(end, match.end())
        if end > match.end() or match["fence"]:
            if match.start() > done:
                yield Segment(text[done : match.start()], False)
            yield Segment(text[match.start() : end], True, (match["info"] or "").strip())
            done = end
    if done < len(text):
        yield Segment(text[done:], False)


def end_of_code(text: str, match: re.Match[str], never_closed: set[str]) -> int:
    """Where the code ends that `match` opens; behind its first marks if it is none. `never_closed` is what is known of
    marks without a second half, so that none is looked for twice.
    """
    if match["fence"]:
        marks = match["marks"]
        closing = re.compile(rf"^[ ]{{0,3}}{marks[0]}{{{len(marks)},}}[ \t]*$", re.M).search(
            text, match.end()
        )
        return closing.end() if closing else len(text)
    ticks = match["ticks"]
    if ticks in never_closed:
        return match.end()
    closing = re.compile(rf"(?<!`)`{{{len(ticks)}}}(?!`)").search(text, match.end())
    if not closing:
        never_closed.add(ticks)
        return match.end()
    is_code = "\n\n" not in text[match.end() : closing.start()]
    return closing.end() if is_code else match.end()
