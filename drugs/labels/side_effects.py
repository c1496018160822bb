"""Side effects that a label lists: name, frequency where the label gives numbers, and the label's own group.

Lists for a person to tick, not facts: what looks like a name in a table, a list or a line with a frequency is offered
with the words that it stood in. Frequencies go by number only, in the bands of the EU's SmPC guideline (CIOMS).
"""

import re
from collections.abc import Iterator, Sequence

from drugs.content import SideEffect
from drugs.formats.label import LabelSection
from drugs.labels.effect_names import LabelEffect, clean, is_name, named, range_band, share_band, split_names
from drugs.labels.effect_sentences import LIST_OF_EFFECTS, denies, effects_of_prose, systems_of

MOST = 300  # that a person looks through
_MORE_THAN = {10: "very_common", 100: "common", 1000: "uncommon", 10000: "rare"}
_UP_TO = {10: "common", 100: "uncommon", 1000: "rare", 10000: "very_rare"}
# In English, and as leaflets of other countries say it: 1 de cada 10, 1 em cada 10, 1 sur 10, 1 von 10, 1 su 10.
_ONE_IN = (
    r"1\s*(?:\w{1,12}\s+)?(?:/|in|of|out of|(?:de|em) cada|em|sur|von|su|op(?: de)?)\s*"
    r"(10[\s,.]?000|1[\s,.]?000|100|10)(?![\d.,]*\d)"
)
_AT_LEAST = re.compile(
    r"(?:≥|>=|>|more than|at least|más de|mais de|plus de|mehr als|più di|meer dan)\s*" + _ONE_IN,
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    r"(?:≤|<=|<|up to|less than|fewer than|hasta|até|jusqu['’]à|bis zu|fino a|tot)\s*" + _ONE_IN,
    re.IGNORECASE,
)
_NOT_KNOWN = re.compile(r"frequency (?:is )?not known|not known|cannot be estimated", re.IGNORECASE)
_NUMBER = re.compile(r"(?:<\s*)?\d{1,3}(?:[.,]\d{1,3})?\s*%?")
_CELL = re.compile(r"(?<!\\)\|")
_ITEM = re.compile(r" {0,8}(?:[-*+•]|\d{1,2}[.)])\s+(.*)")
_HEADING = re.compile(r"\*\*[^*]+\*\*")
_BOLD_FIRST = re.compile(r"\*\*([^*|]{1,80})\*\*\s+(.+)")


def label_effects(section: LabelSection) -> list[LabelEffect]:
    """The side effects that `section` lists, each name of a group once, in its order; at most MOST."""
    found: dict[tuple[str, str], LabelEffect] = {}
    for effect in _effects(section.body.split("\n"), clean(section.heading)):
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
    or in per cent, with both bounds; `not_known` if it says so, else `not_stated`.
    """
    if match := _AT_LEAST.search(text):
        return _MORE_THAN[_whole(match[1])]
    if match := _AT_MOST.search(text):
        return _UP_TO[_whole(match[1])]
    if (band := range_band(text)) != "not_stated":
        return band
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
        text = clean(line)
        if not text:
            continue
        if item := _ITEM.match(line):
            own, colon, names = item[1].partition(":")
            if colon and len(own) <= 200 and (stated := frequency_of(own)) != "not_stated":
                yield from named(split_names(names), stated, clean(own))
            elif frequency != "not_stated" or LIST_OF_EFFECTS.search(lead):
                yield from named(split_names(item[1]), frequency, lead or heading)
            continue
        in_per_cent = "%" in text or "percent" in text.casefold()
        before, colon, after = text.partition(":")
        stated = frequency_of(before)
        if stated != "not_stated" and len(before) <= 200:
            lead, frequency = before, stated
            yield from named(split_names(after), frequency, lead)
        elif _HEADING.fullmatch(line.strip()):
            lead, frequency = "", "not_stated"
        elif (frequency != "not_stated" or LIST_OF_EFFECTS.search(lead)) and (systems := systems_of(text)):
            for system, names in systems:
                yield from named(names, frequency, _joined(lead, system))
        elif frequency != "not_stated" and _is_list(text) and len(text) <= 600:
            yield from named(split_names(text), frequency, lead)
        else:
            yield from effects_of_prose(line)
            lead, frequency = _lead(text), "not_stated"


def _lead(text: str) -> str:
    """What a line says of the list below it: all of it, or its last sentence, if it ends with a colon; "" if that
    says that none of it was seen.
    """
    if not text.endswith(":"):
        return ""
    last = text.rstrip(" :").rpartition(". ")[2]
    return last if len(last) <= 300 and not denies(last) else ""


def _of_table(lines: Sequence[str], group: str, in_per_cent: bool) -> Iterator[LabelEffect]:
    rows = [[cell.strip() for cell in _CELL.split(line.strip().strip("|"))] for line in lines]
    rows = [row for row in rows if not all(set(cell) <= set("-: ") for cell in row)]
    if not rows:
        return
    head, system = [clean(cell) for cell in rows[0]], ""
    bands = {at: band for at, text in enumerate(head) if (band := frequency_of(text)) != "not_stated"}
    in_per_cent = in_per_cent or any("%" in text for text in head)
    for row in rows if not bands else rows[1:]:
        if bold := _BOLD_FIRST.fullmatch(row[0]):  # the body system and its first reaction in one cell
            system, row[0] = clean(bold[1]), bold[2]
        cells = [clean(cell) for cell in row]
        own = next((band for text in cells if (band := frequency_of(text)) != "not_stated"), "")
        if bands:  # a column for each frequency
            for at, band in bands.items():
                if at < len(cells):
                    yield from named(
                        split_names(cells[at]), band, _joined(cells[0] if 0 not in bands else "", head[at])
                    )
        elif own:  # a row for each frequency
            where = next(at for at, text in enumerate(cells) if frequency_of(text) == own)
            system = cells[0] if where and cells[0] else system
            for text in cells[where + 1 :]:
                yield from named(split_names(text), own, _joined(system, cells[where]))
        elif len(cells) > 1 and (numbers := [text for text in cells[1:] if _NUMBER.fullmatch(text)]):
            share = in_per_cent or "%" in numbers[0]
            column = head[cells.index(numbers[0], 1)] if len(head) == len(cells) else ""
            said = f"{numbers[0]}{'' if '%' in numbers[0] or not share else ' %'}" + (
                f" ({column})" if column else ""
            )
            yield from named(
                [cells[0]], share_band(numbers[0]) if share else "not_stated", _joined(group, system), said
            )
        elif not any(cells[1:]) and is_name(cells[0]):
            system = cells[0]


def _is_list(text):
    names = split_names(text)
    return all(map(is_name, (name.strip() for name in names))) and (len(names) > 2 or not text.endswith("."))


def _joined(*parts):
    return " › ".join(dict.fromkeys(part for part in parts if part))
