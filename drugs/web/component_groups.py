"""Component groups of an article: the parts of each drug of a combination under one heading that names it.

What is about the whole page stands before the first group or behind the last; what the site itself says stands once,
before the first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import get_language

from drugs.content import LABEL_JOINER, Document
from drugs.content.components import same_component, without_brackets
from drugs.content.languages import is_english
from drugs.content.normalisation import fold
from drugs.content.shown_sections import known_as


@dataclass(frozen=True)
class ComponentGroup:
    """The HTML of the parts of one component, and what leads to the component's own page.

    `known_as` is the ingredient of the page that it is, else its own name.
    """

    component: str
    anchor: str
    known_as: str
    html: str


class Blocks(NamedTuple):
    """Parts of an article in the order of the page: those of the whole page around those of each component."""

    before: list[Any]
    groups: dict[str, list[Any]]
    after: list[Any]


def in_groups(parts: Sequence[Any]) -> Blocks:
    """`parts` as the page shows them: one group a component, where the first of them stands."""
    first = next((at for at, part in enumerate(parts) if part.component), len(parts))
    groups: dict[str, list[Any]] = {}
    for part in parts:
        if part.component:
            groups.setdefault(part.component, []).append(part)
    after = [part for part in parts[first:] if not part.component]
    return Blocks(list(parts[:first]), groups, after)


def short_names(components: Sequence[str]) -> dict[str, str]:
    """What headings inside a component call it: its name without brackets, where no other component is called that."""
    short = {name: without_brackets(name) for name in components}
    bare = [fold(name) for name in short.values()]
    return {name: said if bare.count(fold(said)) == 1 else name for name, said in short.items()}


def says_component(heading: str, component: str) -> bool:
    """Whether a heading of the source itself names the component that it is about."""
    return f" {fold(component)} " in f" {fold(heading)} "


def said_before(text: str, component: str) -> str:
    """The component that is said before a heading or sentence about it; "" where this names it itself."""
    return "" if says_component(text, component) else component


def inside_sentence(heading: str) -> str:
    """A heading of the site's own as it stands behind the name of a component: small, where a language does that."""
    return heading[:1].lower() + heading[1:] if is_english(get_language() or "") else heading


def label_inside(label: str, component: str, part: str) -> str:
    """The label of an effect of `component` as it stands in a section of `part`.

    Below the heading of its own component it is not said again; in a section of the whole page it is always said.
    """
    levels = label.split(LABEL_JOINER) if label else []
    if part and part == component:
        return LABEL_JOINER.join(levels[1:] if levels[:1] == [component] else levels)
    named = any(same_component(level, component) or says_component(level, component) for level in levels)
    return label if named or not component else LABEL_JOINER.join([component, *levels])


def names_of(groups: Iterable[ComponentGroup]) -> tuple[str, ...]:
    """The names by which the components of `groups` may have pages of their own."""
    return tuple(dict.fromkeys(group.known_as for group in groups))


def drugs_of(document: Document) -> tuple[str, ...]:
    """The drugs of a combination, as its components are named, and where these have no sections of their own its other
    ingredients; none of a single medicine.
    """
    components = document.components
    if len({section.component for section in document.sections} - {""}) > 1:
        return components
    others = (
        name for name in document.ingredients if not any(same_component(name, one) for one in components)
    )
    drugs = (*components, *others)
    return drugs if len(drugs) > 1 else ()


def names_without_group(document: Document, groups: Iterable[ComponentGroup]) -> tuple[str, ...]:
    """The drugs of a combination that have no group under a heading of their own: all of them where the page is not
    split, or its side effects and questions alone are. Under that heading would stand what leads to their own pages.
    """
    headed = names_of(groups)
    names = dict.fromkeys(
        (*document.ingredients, *(known_as(name, document) for name in document.components))
    )
    return tuple(name for name in names if name not in headed) if len(names) > 1 else ()
