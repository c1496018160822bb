"""Lines of Markdown that can be quoted: quote blocks without their marks, and rows of tables as their cells."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from drugs.content.markdown import plain

_QUOTED = re.compile(r"([ \t]*)(?:>[ \t]?)+")
_ITEM_OR_ROW = re.compile(r"[ \t]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]|\|)")
_BAR = re.compile(r"(?<!\\)\|")
# Heads that add nothing to the cells below them; any other may turn their sense: "Not allowed for".
_BARE_HEADS = frozenset(
    ("", "action", "advice", "condition", "details", "group", "information", "note", "notes", "patient group")
    + ("patients", "population", "recommendation", "situation", "topic", "what to do", "who")
)


class Line(NamedTuple):
    """A line and the drug that it is about. A row of a table has its `cells`, and `text` is what they say together."""

    drug: str
    text: str
    cells: tuple[str, ...] = ()


def leads_in(text: str) -> bool:
    """Whether what stands behind `text` goes on with it."""
    return text.rstrip(" \t*_").endswith(":")


def is_aside(text: str) -> bool:
    """Whether `text` is a quote block that stands alone: a list around it goes on behind it."""
    return text.startswith(">")


def unquoted(body: str) -> str:
    """The Markdown `body` without the marks of quote blocks, but for one before each paragraph of what is no list."""
    lines: list[str] = []
    for quoted, block in groupby(body.splitlines(), lambda line: bool(_QUOTED.match(line))):
        said = list(block)
        lines += ["", *_of_quote(said), ""] if quoted else said
    return "\n".join(lines)


def _of_quote(block: list[str]) -> Iterator[str]:
    said = [_QUOTED.sub(r"\1", line, count=1) for line in block]
    if any(_ITEM_OR_ROW.match(line) or leads_in(line) for line in said):
        yield from said
        return
    for before, line in pairwise(["", *said]):
        space = line[: len(line) - len(line.lstrip())]
        yield line if before.strip() or not line.strip() else f"{space}> {line.lstrip()}"


def barred(body: str) -> str:
    """The Markdown `body` with a bar before each row of its tables, which may be written without."""
    lines = body.splitlines()
    inside = False
    for at, line in enumerate(lines):
        begins = at + 1 < len(lines) and "|" in line and _is_rule(lines[at + 1])
        inside = "|" in line and (inside or begins)
        if inside and not line.lstrip().startswith("|"):
            lines[at] = f"| {line.lstrip()}"
    return "\n".join(lines)


def with_rows(lines: Iterable[tuple[str, str]]) -> Iterator[Line]:
    """Each of `lines`, pairs of a drug and a text; rows of tables as words, without the heads of their columns."""
    for is_row, block in groupby(lines, lambda pair: pair[1].lstrip().startswith("|")):
        if not is_row:
            yield from (Line(drug, text) for drug, text in block)
            continue
        rows = list(block)
        has_heads = len(rows) > 1 and _is_rule(rows[1][1])
        heads = _cells(rows[0][1]) if has_heads else ()
        for drug, text in rows[2 * has_heads :]:
            cells = _cells(text)
            if any(cells):
                yield Line(drug, _said(cells, heads), tuple(filter(None, cells)))


def _is_rule(text: str) -> bool:
    """Whether `text` is the line between the heads of a table and its rows."""
    return "-" in text and "|" in text and set(text) <= set("|-: \t")


def _cells(text: str) -> tuple[str, ...]:
    inner = text.strip().removeprefix("|")
    inner = inner.removesuffix("|") if not inner.endswith("\\|") else inner
    return tuple(plain(cell) for cell in _BAR.split(inner))


def _said(cells: tuple[str, ...], heads: tuple[str, ...]) -> str:
    """What a row says: the second of two cells after the first; each by the head of its column where that may matter,
    or where there are more.
    """
    bare = all(head.casefold() in _BARE_HEADS for head in heads)
    if bare and len(cells) <= 2 or not heads:
        first, *others = filter(None, cells)
        return ": ".join(filter(None, (first, "; ".join(others))))
    named = zip(cells, (*heads, *[""] * len(cells)), strict=False)
    return "; ".join(f"{head}: {cell}" if head else cell for cell, head in named if cell)
