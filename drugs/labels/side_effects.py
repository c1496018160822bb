"""Side effects that a label lists: name, frequency where the label gives numbers, and the label's own group.

Lists for a person to tick, not facts: what looks like a name in a table, a list or a line with a frequency is offered
with the words that it stood in. Frequencies go by number only, in the bands of the EU's SmPC guideline (CIOMS).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from drugs.content import LINE_CHARS, SideEffect, find_unprintable
from drugs.content.markdown import plain
from drugs.formats.label import LabelSection

MOST = 300  # that a person looks through
_NAME_CHARS, _NAME_WORDS = 90, 10
_BANDS = ((10, "very_common"), (1, "common"), (0.1, "uncommon"), (0.01, "rare"), (0, "very_rare"))  # per cent
_MORE_THAN = {10: "very_common", 100: "common", 1000: "uncommon", 10000: "rare"}
_UP_TO = {10: "common", 100: "uncommon", 1000: "rare", 10000: "very_rare"}
_ONE_IN = r"1\s*(?:/|in|of|out of)\s*(10[\s,.]?000|1[\s,.]?000|100|10)(?![\d.,]*\d)"
_AT_LEAST = re.compile(r"(?:≥|>=|>|more than|at least)\s*" + _ONE_IN, re.IGNORECASE)
_AT_MOST = re.compile(r"(?:≤|<=|<|up to|less than|fewer than)\s*" + _ONE_IN, re.IGNORECASE)
_NOT_KNOWN = re.compile(r"frequency (?:is )?not known|not known|cannot be estimated", re.IGNORECASE)
_NUMBER = re.compile(r"(?:<\s*)?\d{1,3}(?:[.,]\d{1,3})?\s*%?")
_CELL = re.compile(r"(?<!\\)\|")
_ITEM = re.compile(r" {0,8}(?:[-*+•]|\d{1,2}[.)])\s+(.*)")
_LIST_OF_EFFECTS = re.compile(
    r"side effects?|adverse (?:reactions?|events?|effects?|experiences?)|undesirable effects?|reactions",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"[.?!;:]\s|\bsee\b|\btable\b|\bstudy\b|\bstudies\b|\bn\s*=", re.IGNORECASE)
_BOLD_FIRST = re.compile(r"\*\*([^*|]{1,80})\*\*\s+(.+)")
_FOOTNOTE = re.compile(r"\s*(?:\[[^\]]{0,3}\]|[*†‡§¶#]+|\d(?=$))\s*$")


class LabelEffect(NamedTuple):
    """A side effect that a label lists. `group` is the heading that it stands under, `said` how often in its words."""

    name: str
    frequency: str
    group: str
    said: str


def label_effects(section: LabelSection) -> list[LabelEffect]:
    """The side effects that `section` lists, each name of a group once, in its order; at most MOST."""
    found: dict[tuple[str, str], LabelEffect] = {}
    for effect in _effects(section.body.split("\n"), _clean(section.heading)):
        found.setdefault((effect.name.casefold(), effect.group), effect)
        if len(found) >= MOST:
            break
    return list(found.values())


def as_row(effect: LabelEffect) -> SideEffect:
    """The row of a page that says `effect`; urgency is left to a person."""
    words = effect.group.casefold()
    group = (
        "serious"
        if "serious" in words
        else "common"
        if re.search(r"(?<!un)(?<!less )common", words)
        else "other"
    )
    return SideEffect(effect.name, group=group, label=effect.group, frequency=effect.frequency)


def frequency_of(text: str) -> str:
    """The frequency that `text` states by number, such as "may affect up to 1 in 100 people" or "≥1/1,000 to <1/100";
    `not_known` if it says so, else `not_stated`.
    """
    if match := _AT_LEAST.search(text):
        return _MORE_THAN[_whole(match[1])]
    if match := _AT_MOST.search(text):
        return _UP_TO[_whole(match[1])]
    return "not_known" if _NOT_KNOWN.search(text) else "not_stated"


def _whole(text):
    return int(re.sub(r"\D", "", text))


def _effects(lines: Sequence[str], heading: str) -> Iterator[LabelEffect]:
    """The side effects in the lines of a section, which are read once."""
    lead, frequency, in_per_cent, at = "", "not_stated", False, 0
    while at < len(lines):
        line = lines[at]
        if line.lstrip().startswith("|"):
            end = next(
                (n for n in range(at, len(lines)) if not lines[n].lstrip().startswith("|")), len(lines)
            )
            yield from _of_table(lines[at:end], lead or heading, in_per_cent)
            at = end
            continue
        at += 1
        text = _clean(line)
        if not text:
            continue
        if item := _ITEM.match(line):
            if frequency != "not_stated" or _LIST_OF_EFFECTS.search(lead):
                yield from _named(_names(item[1]), frequency, lead or heading)
            continue
        in_per_cent = "%" in text or "percent" in text.casefold()
        before, colon, after = text.partition(":")
        stated = frequency_of(before)
        if stated != "not_stated" and len(before) <= 200:
            lead, frequency = before, stated
            yield from _named(_names(after), frequency, lead)
        elif frequency != "not_stated" and _is_list(text) and len(text) <= 600:
            yield from _named(_names(text), frequency, lead)
        else:
            lead, frequency = (
                (text.rstrip(" :") if colon and not after.strip() and len(text) <= 200 else ""),
                "not_stated",
            )


def _of_table(lines: Sequence[str], group: str, in_per_cent: bool) -> Iterator[LabelEffect]:
    rows = [[cell.strip() for cell in _CELL.split(line.strip().strip("|"))] for line in lines]
    rows = [row for row in rows if not all(set(cell) <= set("-: ") for cell in row)]
    if not rows:
        return
    head, system = [_clean(cell) for cell in rows[0]], ""
    bands = {at: band for at, text in enumerate(head) if (band := frequency_of(text)) != "not_stated"}
    in_per_cent = in_per_cent or any("%" in text for text in head)
    for row in rows if not bands else rows[1:]:
        if bold := _BOLD_FIRST.fullmatch(row[0]):  # the body system and its first reaction in one cell
            system, row[0] = _clean(bold[1]), bold[2]
        cells = [_clean(cell) for cell in row]
        own = next((band for text in cells if (band := frequency_of(text)) != "not_stated"), "")
        if bands:  # a column for each frequency
            for at, band in bands.items():
                if at < len(cells):
                    yield from _named(
                        _names(cells[at]), band, _joined(cells[0] if 0 not in bands else "", head[at])
                    )
        elif own:  # a row for each frequency
            where = next(at for at, text in enumerate(cells) if frequency_of(text) == own)
            system = cells[0] if where and cells[0] else system
            for text in cells[where + 1 :]:
                yield from _named(_names(text), own, _joined(system, cells[where]))
        elif len(cells) > 1 and (numbers := [text for text in cells[1:] if _NUMBER.fullmatch(text)]):
            share = in_per_cent or "%" in numbers[0]
            column = head[cells.index(numbers[0], 1)] if len(head) == len(cells) else ""
            said = f"{numbers[0]}{'' if '%' in numbers[0] or not share else ' %'}" + (
                f" ({column})" if column else ""
            )
            yield from _named(
                [cells[0]], _band(numbers[0]) if share else "not_stated", _joined(group, system), said
            )
        elif not any(cells[1:]) and _is_name(cells[0]):
            system = cells[0]


def _band(text):
    value = float(re.sub(r"[^\d.,]", "", text).replace(",", "."))
    if "<" in text:  # below one number says no band
        return "not_stated"
    return next(band for least, band in _BANDS if value >= least) if value else "not_stated"


def _named(names: Iterable[str], frequency: str, group: str, said: str = "") -> Iterator[LabelEffect]:
    for name in names:
        name = _FOOTNOTE.sub("", name).strip(" .;,")
        if _is_name(name):
            yield LabelEffect(
                name, frequency, group[:LINE_CHARS], said or (group if frequency != "not_stated" else "")
            )


def _is_name(text: str) -> bool:
    short = len(text) <= _NAME_CHARS and len(text.split()) <= _NAME_WORDS
    return short and text[:1].isalpha() and not _NO_NAME.search(text)


def _names(text: str) -> list[str]:
    """The names in a list with commas; brackets stay with the name before them."""
    names, depth, start = [], 0, 0
    text = _clean(text)
    for at, sign in enumerate(text):
        depth += (sign in "([") - (sign in ")]" and depth > 0)
        if sign in ",;" and not depth:
            names.append(text[start:at])
            start = at + 1
    return [*names, text[start:]]


def _is_list(text):
    names = _names(text)
    return all(map(_is_name, (name.strip() for name in names))) and (len(names) > 2 or not text.endswith("."))


def _joined(*parts):
    return " › ".join(dict.fromkeys(part for part in parts if part))


def _clean(text: str) -> str:
    """A line of a label as plain text without what no row may hold."""
    text = plain(text.strip()[:2000]) if text.strip() else ""
    while (at := find_unprintable(text)) is not None:
        text = text.replace(text[at], " ")
    return " ".join(text.replace("**", "").split())
