"""Names of side effects in the words of labels: what may be one, lists of them, and the band of a share in per cent."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from drugs.content import LINE_CHARS, find_unprintable
from drugs.content.markdown import plain

_NAME_CHARS, _NAME_WORDS = 90, 10
_BANDS = ((10, "very_common"), (1, "common"), (0.1, "uncommon"), (0.01, "rare"), (0, "very_rare"))  # per cent
_PER_CENT = r"\s*(\d{1,3}(?:[.,]\d{1,3})?)\s*%"
_LOWER = re.compile(r"(?:≥|>=|>|greater than(?: or equal to)?|more than|at least)" + _PER_CENT, re.IGNORECASE)
_UPPER = re.compile(r"(?:≤|<=|<|less than(?: or equal to)?|up to|fewer than)" + _PER_CENT, re.IGNORECASE)
_BETWEEN = re.compile(r"(\d{1,3}(?:[.,]\d{1,3})?)\s*%?\s*(?:to|and|-|–)" + _PER_CENT, re.IGNORECASE)
_NO_NAME = re.compile(r"[.?!;:]\s|\bsee\b|\btable\b|\bstudy\b|\bstudies\b|\bn\s*=", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\s*(?:\[[^\]]{0,3}\]|[*†‡§¶#]+|\d(?=$))\s*$")


class LabelEffect(NamedTuple):
    """A side effect that a label lists. `group` is the heading that it stands under, `said` how often in its words."""

    name: str
    frequency: str
    group: str
    said: str


def share_band(text: str) -> str:
    """The frequency that a number of per cent means; none where it says that there were fewer than it."""
    value = _value(re.sub(r"[^\d.,]", "", text))
    if "<" in text:  # below one number says no band
        return "not_stated"
    return next(band for least, band in _BANDS if value >= least) if value else "not_stated"


def range_band(text: str) -> str:
    """The frequency that a range in per cent lies in, such as "greater than 0.1% to less than or equal to 1%"; none
    where it reaches over more than one, or has one bound only that says too little.
    """
    if both := _BETWEEN.search(text):
        low, high = _value(both[1]), _value(both[2])
    else:
        lower, upper = _LOWER.search(text), _UPPER.search(text)
        low, high = _value(lower[1]) if lower else 0.0, _value(upper[1]) if upper else 100.0
    tops = dict(zip((name for _, name in _BANDS), (100, *(least for least, _ in _BANDS)), strict=False))
    name = next(name for least, name in _BANDS if low >= least)
    return name if high <= tops[name] else "not_stated"


def _value(number: str) -> float:
    return float(number.replace(",", "."))


def named(names: Iterable[str], frequency: str, group: str, said: str = "") -> Iterator[LabelEffect]:
    """A side effect for each of `names` that may be one."""
    for name in names:
        name = _FOOTNOTE.sub("", name).strip(" .;,")
        if is_name(name):
            yield LabelEffect(
                name, frequency, group[:LINE_CHARS], said or (group if frequency != "not_stated" else "")
            )


def is_name(text: str) -> bool:
    """Whether a text is short and plain enough to be the name of a side effect."""
    short = len(text) <= _NAME_CHARS and len(text.split()) <= _NAME_WORDS
    return short and text[:1].isalpha() and not _NO_NAME.search(text)


def split_names(text: str) -> list[str]:
    """The names in a list with commas; brackets stay with the name before them."""
    names, depth, start = [], 0, 0
    text = clean(text)
    for at, sign in enumerate(text):
        depth += (sign in "([") - (sign in ")]" and depth > 0)
        if sign in ",;" and not depth:
            names.append(text[start:at])
            start = at + 1
    return [*names, text[start:]]


def clean(text: str) -> str:
    """A line of a label as plain text without what no row may hold."""
    text = plain(text.strip()[:2000]) if text.strip() else ""
    while (at := find_unprintable(text)) is not None:
        text = text.replace(text[at], " ")
    return " ".join(text.replace("**", "").split())
