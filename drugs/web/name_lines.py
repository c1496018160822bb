"""Names of a drug as the top of its page shows them: two at first, the others behind one line, none of them twice."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from drugs import content
from drugs.content.normalisation import fold
from drugs.content.vocabulary import NAME_KIND_LABELS, SHOWN_NAME_KINDS

AT_FIRST = 2
LEADS = "brand"  # what stands on the pack

NameLine = tuple[str, tuple[str, ...]]  # a kind in words and the names


class NameLines(NamedTuple):
    """The names at the top of a page: `first` is at once in sight, `more` behind a line that says how many."""

    first: tuple[NameLine, ...]
    more: tuple[NameLine, ...]

    @property
    def hidden(self) -> int:
        """How many names stand behind the line."""
        return sum(len(names) for _kind, names in self.more)


def name_lines(title: str, ingredients: Sequence[str], own: Sequence[content.Name]) -> NameLines:
    """The names of a page called `title`. What differs in case or kind alone is one name; none is the title again.

    Up to two brands lead, or where there are none the first names of any kind. A name that only turns the title or
    an ingredient round by commas (`hydrochloride, metformin`) is for the search alone.
    """
    lines = dict(_by_kind(title, (title, *ingredients), own))
    lead = LEADS if LEADS in lines else next(iter(lines), "")
    first = [(kind, names[:AT_FIRST]) for kind, names in lines.items() if kind == lead]
    more = [(kind, names[AT_FIRST:] if kind == lead else names) for kind, names in lines.items()]
    return NameLines(_in_words(first), _in_words(more))


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
