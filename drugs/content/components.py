"""Components: the parts of a combination that a page treats one after the other, and where their rows stand.

A section, side effect or question may name the component that it speaks of; without one it speaks of the whole page.
Rows stand in the first section of their kind that has their component, else in the first one of the whole page.
"""

import functools
import re
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from drugs.content.normalisation import base, fold
from drugs.content.validation import TITLE_CHARS, check, check_line

MOST = 100  # components of a page; what has more is no page that people could read
_BRACKETED = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")


class HasComponent(Protocol):
    @property
    def component(self) -> str: ...


class HasKind(HasComponent, Protocol):
    @property
    def kind(self) -> str: ...


Row = TypeVar("Row", bound=HasComponent)


def check_component(value: str) -> None:
    """DocumentError unless `value` may name a component: one line without braces, which end a mark of a page."""
    check_line("component", value, TITLE_CHARS)
    check("{" not in value and "}" not in value, "component", "must not hold { or }.")


def places_of(sections: Sequence[HasKind], kind: str) -> dict[str, int]:
    """Index of the first section of `kind` that each component has; that of the whole page is under ""."""
    places: dict[str, int] = {}
    for at, section in enumerate(sections):
        if section.kind == kind:
            places.setdefault(section.component, at)
    return places


def place_of(sections: Sequence[HasKind], kind: str, component: str) -> int | None:
    """Index of the section of `kind` in which rows of `component` stand; None if there is no place for them."""
    places = places_of(sections, kind)
    return places.get(component, places.get(""))


def order_of_places(sections: Sequence[HasKind], kind: str, rows: Sequence[HasComponent]) -> list[int]:
    """Indexes of `rows` in the order in which a reader meets them: by place, and in their own order within each."""
    names = {row.component for row in rows}
    if names <= {""}:
        return list(range(len(rows)))
    places = places_of(sections, kind)
    last = len(sections)  # for rows without a place, which no document holds
    return sorted(range(len(rows)), key=lambda at: places.get(rows[at].component, places.get("", last)))


def in_places(sections: Sequence[HasKind], kind: str, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """`rows` of `kind` in the order in which a reader meets them."""
    order = order_of_places(sections, kind, rows)
    return tuple(rows[at] for at in order) if order != sorted(order) else rows


def names_of(*lists: Iterable[HasComponent]) -> tuple[str, ...]:
    """Components that the rows of `lists` name, each once, in their order."""
    return tuple(dict.fromkeys(row.component for rows in lists for row in rows if row.component))


def with_component(component: str, text: str) -> str:
    """`text`, such as a heading, with the component that it is about before it."""
    return f"{component}: {text}" if component else text


def without_brackets(name: str) -> str:
    """`name` without what stands in brackets, unless nothing else does."""
    bare = " ".join(_BRACKETED.sub(" ", name).split())
    return bare if fold(bare) else name


@functools.lru_cache(maxsize=4096)
def ways_to_say(name: str) -> frozenset[str]:
    """Folded names of one ingredient that `name` holds: `Aol citrate (Bol)` is Aol citrate, Aol, and Bol."""
    texts = [without_brackets(name), *(one or other for one, other in _BRACKETED.findall(name)), name]
    ways = set()
    for text in filter(fold, texts):
        words = fold(text).split()
        ways.add(" ".join(words))
        if "+" not in text:  # what looks like a salt in `Aol + Zinc Oxide` is another ingredient
            ways.add(" ".join(base(words)))
    return frozenset(ways)


def same_component(one: str, other: str) -> bool:
    """Whether two names are of one ingredient, as far as their own words say: salts and what is in brackets apart."""
    return bool(ways_to_say(one) & ways_to_say(other))


def anchor_name(component: str, components: Sequence[str]) -> str:
    """What an anchor says of a component: its letters and digits, or its number where no other way tells it apart."""
    names = [fold(name).replace(" ", "-") for name in components]
    own = fold(component).replace(" ", "-")
    return (
        own
        if own and not own.isdigit() and names.count(own) == 1
        else f"part-{components.index(component) + 1}"
    )


def section_anchor(section: HasKind, components: Sequence[str], count: int) -> str:
    """Anchor of the `count`-th section of its kind and component: `overdose`, `overdose-<component>`, `uses-2`."""
    name = section.kind.replace("_", "-")
    if section.component:
        name += f"-{anchor_name(section.component, components)}"
    return name if count == 1 else f"{name}-{count}"
