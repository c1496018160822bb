"""Side effects in the tables of labels: a column or a row for each frequency, or names with numbers beside them.

A cell may hold several, one a line: two spaces stand where a line ended (`markdown_marks.GAP`).
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from drugs.labels.effect_frequencies import frequency_of, share_band
from drugs.labels.effect_names import LabelEffect, clean, is_name, joined, named, split_names
from drugs.labels.effect_sentences import LIST_OF_EFFECTS

_CELL = re.compile(r"(?<!\\)\|")
_BOLD_FIRST = re.compile(r"\*\*([^*|]{1,80})\*\*\s+(.+)")
_NUMBER = re.compile(r"(?:<\s*)?\d{1,3}(?:[.,]\d{1,3})?\s*%?")
_COUNT_AND_SHARE = re.compile(r"\d{1,5}\s*\(\s*((?:<\s*)?\d{1,3}(?:[.,]\d{1,3})?\s*%?)\s*\)")
_SHARE_AND_COUNT = re.compile(
    r"((?:<\s*)?\d{1,3}(?:[.,]\d{1,3})?\s*%)\s*\(\s*\d{1,5}(?:\s*/\s*\d{1,5})?\s*\)"
)
_SHARE_IN_BRACKETS = re.compile(r"\(\s*%\s*\)")
_COUNT_IN_BRACKETS = re.compile(r"%\s*\(\s*n", re.IGNORECASE)
_NUMBERS = (_NUMBER, _COUNT_AND_SHARE, _SHARE_AND_COUNT)
_NOBODY = re.compile(r"(?:0(?:[.,]0+)?\s*%?\s*(?:\(|$)|$)")
_HOW_OFTEN = re.compile(r"\b(?:un)?common\b|\brare\b|\b(?:in)?frequent\b|not known", re.IGNORECASE)
_COMPARED = re.compile(r"placebo|vehicle|control|comparator", re.IGNORECASE)
_BULLETS = " •·-"


def effects_of_table(lines: Sequence[str], group: str, in_per_cent: bool) -> Iterator[LabelEffect]:
    """The side effects in the lines of a table below the heading `group`; `in_per_cent` if that says so of numbers."""
    rows = [[cell.strip() for cell in _CELL.split(line.strip().strip("|"))] for line in lines]
    rows = [row for row in rows if not all(set(cell) <= set("-: ") for cell in row)]
    if not rows:
        return
    head = [clean(cell) for cell in rows[0]]
    bands = {at: band for at, text in enumerate(head) if (band := frequency_of(text)) != "not_stated"}
    table = _Table(head, group, in_per_cent or any("%" in text for text in head))
    is_head = bool(bands) or not any(_shares(cell) for cell in rows[0])
    if is_head and not bands:
        bands = table.columns_of_names(rows[1:])
    for row in rows[1:] if is_head and bands else rows:
        yield from table.of_bands(row, bands) if bands else table.of_row(row)


class _Table:
    def __init__(self, head: list[str], group: str, in_per_cent: bool) -> None:
        self._head, self._group, self._in_per_cent = head, group, in_per_cent
        self._system = ""

    def columns_of_names(self, rows: list[list[str]]) -> dict[int, str]:
        """The columns that hold names with no number beside them, whose heads are words on how often or on effects."""
        often = [at for at, text in enumerate(self._head) if _HOW_OFTEN.search(text)]
        of_names = often or [at for at, text in enumerate(self._head) if at and LIST_OF_EFFECTS.search(text)]
        if not of_names or any(_says_how_often(cell) for row in rows for cell in row):
            return {}
        return dict.fromkeys(of_names, "not_stated")

    def of_bands(self, row: list[str], bands: dict[int, str]) -> Iterator[LabelEffect]:
        """The names in the columns of `bands`, one for each frequency."""
        system = _text(row[0]) if 0 not in bands else ""
        for at, band in bands.items():
            cell = row[at] if at < len(row) else ""
            if bold := _BOLD_FIRST.fullmatch(cell):
                system, cell = clean(bold[1]), bold[2]
            yield from named(_names(cell), band, joined(system, self._head[at]))

    def of_row(self, row: list[str]) -> Iterator[LabelEffect]:
        """The names of a row that says how often they come in a cell of its own, or in numbers."""
        if bold := _BOLD_FIRST.fullmatch(row[0]):  # the body system and its first reaction in one cell
            self._system, row = clean(bold[1]), [bold[2], *row[1:]]
        cells = [_text(cell) for cell in row]
        own = next((at for at, text in enumerate(cells) if frequency_of(text) != "not_stated"), None)
        if own is not None:
            self._system = cells[0] if own and cells[0] else self._system
            for cell in row[own + 1 :]:
                group = joined(self._system, cells[own])
                yield from named(_names(cell), frequency_of(cells[own]), group)
        elif columns := [at for at in range(1, len(row)) if _shares(row[at])]:
            yield from self._of_numbers(row, columns)
        elif not any(cells[1:]) and is_name(cells[0]):
            self._system = cells[0]

    def _of_numbers(self, row: list[str], columns: list[int]) -> Iterator[LabelEffect]:
        """The names of the first cell with the numbers of the medicine's first column, line by line."""
        heads = self._head if len(self._head) == len(row) else [""] * len(row)
        own = [at for at in columns if not _COMPARED.search(heads[at])] or columns
        names, numbers = _lines(row[0]), _lines(row[own[0]])
        if len(names) != len(numbers):
            names, numbers = (_text(row[0]),), numbers if len(numbers) == 1 else ()
        column = f" ({heads[own[0]]})" if heads[own[0]] else ""
        for line, (name, said) in enumerate(zip(names, numbers, strict=False)):
            seen = [(_lines(row[at])[line : line + 1] or ("",))[0] for at in own]
            if all(_NOBODY.match(text) for text in seen):
                continue
            share = _share(said, heads[own[0]], self._in_per_cent)
            sign = " %" if share and "%" not in said and _NUMBER.fullmatch(said) else ""
            band = share_band(share) if share else "not_stated"
            yield from named([name], band, joined(self._group, self._system), f"{said}{sign}{column}")


@lru_cache(maxsize=1000)  # several questions are asked of each cell of a row, and cleaning it is dear
def _lines(cell: str) -> tuple[str, ...]:
    return tuple(text for line in cell.split("  ") if (text := clean(line).strip(_BULLETS)))


def _text(cell: str) -> str:
    return " ".join(_lines(cell))


def _names(cell: str) -> list[str]:
    """The names in a cell: those of its lines, of which one in small letters goes on where the first has a capital."""
    lines = _lines(cell)
    goes_on = bool(lines) and lines[0][:1].isupper()
    whole: list[str] = []
    for line in lines:
        if whole and (line[0] == "(" or (goes_on and line[0].islower())):
            whole[-1] += f" {line}"
        else:
            whole.append(line)
    return [name for line in whole for name in split_names(line)]


def _shares(cell: str) -> bool:
    """Whether each line of a cell is a number, or a count with its share."""
    lines = _lines(cell)
    return bool(lines) and all(any(kind.fullmatch(line) for kind in _NUMBERS) for line in lines)


def _says_how_often(cell: str) -> bool:
    return _shares(cell) or frequency_of(_text(cell)) != "not_stated"


def _share(text: str, head: str, in_per_cent: bool) -> str:
    """The number of per cent in a line of a cell below `head`; nothing where it may be a count."""
    if match := _SHARE_AND_COUNT.fullmatch(text):
        return match[1]
    if match := _COUNT_AND_SHARE.fullmatch(text):
        if _COUNT_IN_BRACKETS.search(head):
            return "" if "%" in text else text.partition("(")[0]
        return match[1] if "%" in text or _SHARE_IN_BRACKETS.search(head) else ""
    is_share = "%" in text or (in_per_cent and not _SHARE_IN_BRACKETS.search(head))
    return text if is_share else ""
