"""Names of side effects in the words of labels: what may be one, and lists of them."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from drugs.content import LINE_CHARS, find_unprintable
from drugs.content.markdown import plain

_NAME_CHARS, _NAME_WORDS = 90, 10
_NO_NAME = re.compile(
    r"[.?!;:]\s|\bsee\b|\btable\b|\bstudy\b|\bstudies\b|\bn\s*=|"
    r"^(?:no|none|nil|not)\b(?:$| (?:cases?|reports?|evidence|known|reported|observed|applicable|available|seen|"
    r"determined|(?:known )?(?:adverse|side)\b|reactions|events|effects|serious))",  # it says that there is none
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"\s*(?:\[[^\]]{0,3}\]|[*†‡§¶#]+|\d(?=$))\s*$")


class LabelEffect(NamedTuple):
    """A side effect that a label lists. `group` is the heading that it stands under, `said` how often in its words."""

    name: str
    frequency: str
    group: str
    said: str


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


def joined(*parts: str) -> str:
    """The group that headings one below the other make, each said once."""
    return " › ".join(dict.fromkeys(part for part in parts if part))
