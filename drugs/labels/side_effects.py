"""Side effects that a label lists: name, frequency where the label gives numbers, and the label's own group.

Lists for a person to tick, not facts: what looks like a name in a table, a list or a line with a frequency is offered
with the words that it stood in. Frequencies go by number only, in the bands of the EU's SmPC guideline (CIOMS).
"""

import re
from collections.abc import Iterator, Sequence

from drugs.content import SideEffect
from drugs.formats.label import LabelSection
from drugs.labels.effect_frequencies import frequency_of
from drugs.labels.effect_names import LabelEffect, clean, is_name, joined, named, split_names
from drugs.labels.effect_sentences import LIST_OF_EFFECTS, denies, effects_of_prose, systems_of
from drugs.labels.effect_tables import effects_of_table

MOST = 300  # that a person looks through
_ITEM = re.compile(r" {0,8}(?:[-*+•]|\d{1,2}[.)])\s+(.*)")
_HEADING = re.compile(r"\*\*[^*]+\*\*")


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


def _effects(lines: Sequence[str], heading: str) -> Iterator[LabelEffect]:
    """The side effects in the lines of a section, which are read once."""
    lead, frequency, in_per_cent, is_denied, at = "", "not_stated", False, False, 0
    while at < len(lines):
        line = lines[at]
        if line.lstrip().startswith("|"):
            end = next(
                (n for n in range(at, len(lines)) if not lines[n].lstrip().startswith("|")), len(lines)
            )
            if not is_denied:
                yield from effects_of_table(lines[at:end], lead or heading, in_per_cent)
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
        is_denied = text.endswith(":") and denies(text)
        before, colon, after = text.partition(":")
        stated = frequency_of(before)
        if stated != "not_stated" and len(before) <= 200:
            lead, frequency = before, stated
            yield from named(split_names(after), frequency, lead)
        elif _HEADING.fullmatch(line.strip()):
            lead, frequency = "", "not_stated"
        elif (frequency != "not_stated" or LIST_OF_EFFECTS.search(lead)) and (systems := systems_of(text)):
            for system, names in systems:
                yield from named(names, frequency, joined(lead, system))
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


def _is_list(text):
    names = split_names(text)
    return all(map(is_name, (name.strip() for name in names))) and (len(names) > 2 or not text.endswith("."))
