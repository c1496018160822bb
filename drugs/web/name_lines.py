"""Names of a drug as the top of its page shows them: two at first, the others behind one line, none of them twice."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from django.utils.translation import gettext as _

from drugs import content
from drugs.content.normalisation import fold
from drugs.content.vocabulary import NAME_KIND_LABELS, SHOWN_NAME_KINDS

AT_FIRST = 2
PHONE_LINE = (
    35  # characters in a line of a telephone: more than two would push the answers off its first screen
)
LONG_TITLE = 2 * PHONE_LINE  # of a title that leaves room for one line of names
LEADS = "brand"  # what stands on the pack

NameLine = tuple[str, tuple[str, ...]]  # a kind in words and the names


class NameLines(NamedTuple):
    """The names at the top of a page: `first` is at once in sight, `more` behind a line that leads to them."""

    first: tuple[NameLine, ...]
    more: tuple[NameLine, ...]
    crowded: bool = False  # classes and ingredients stand behind the line too

    @property
    def hidden(self) -> int:
        """How many names stand behind the line."""
        return sum(len(names) for _kind, names in self.more)


def name_lines(
    title: str, ingredients: Sequence[str], own: Sequence[content.Name], classes: Sequence[str] = ()
) -> NameLines:
    """The names of a page called `title`. What differs in case or kind alone is one name; none is the title again.

    Up to two brands lead, as far as they fit, or where there are none the first names of any kind. A name that only
    turns the title or an ingredient round by commas (`hydrochloride, metformin`) is for the search alone.
    """
    lines = dict(_by_kind(title, (title, *ingredients), own))
    lead = LEADS if LEADS in lines else next(iter(lines), "")
    room = PHONE_LINE if len(title) > LONG_TITLE else 2 * PHONE_LINE
    at_first = _that_fit(lines.get(lead, ())[:AT_FIRST], room - len(lead))
    more = [(kind, names[at_first:] if kind == lead else names) for kind, names in lines.items()]
    first = [(lead, lines[lead][:at_first])] if at_first else []
    others = [*classes, *(ingredients if len(ingredients) > 1 else ())]
    in_sight = [*others, *(name for _kind, names in first for name in names)]
    crowded = bool(others) and sum(len(name) + 4 for name in in_sight) > room
    return NameLines(_in_words(first), _in_words(more), crowded)


def _that_fit(names: Sequence[str], room: int) -> int:
    """How many of `names`, from the first on, fit into `room` characters."""
    return sum(used <= room for used in accumulate(len(name) + 2 for name in names))


def _by_kind(title: str, substances: Iterable[str], own: Sequence[content.Name]) -> Iterator[NameLine]:
    known = {fold(name) for name in substances}
    seen = {fold(title)}
    for kind in SHOWN_NAME_KINDS:
        names = []
        for name in own:
            folded = fold(name.text)
            if name.kind == kind and folded not in seen and not _is_turned_round(name.text, known):
                seen.add(folded)
                names.append(name.text)
        if names:
            yield kind, tuple(names)


def _is_turned_round(name: str, known: set[str]) -> bool:
    """Whether one part between the commas of `name` is in `known`."""
    parts = name.split(", ")
    return len(parts) > 1 and any(fold(part) in known for part in parts)


def _in_words(lines: Iterable[NameLine]) -> tuple[NameLine, ...]:
    return tuple((_(NAME_KIND_LABELS[kind].heading), names) for kind, names in lines if names)
