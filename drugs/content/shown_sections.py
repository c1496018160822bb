"""Shown sections: those of a document that say something to a reader, where each stands, and what stands in it.

The page, its search and its answers ask here, so that their links lead to the same places.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from drugs.content.components import places_of, same_component, section_anchor
from drugs.content.document import Document, Section
from drugs.content.normalisation import fold


class Shown(NamedTuple):
    """A section, where in the document it is, its anchor on the page, and its side effects and questions."""

    at: int
    anchor: str
    section: Section
    side_effects: list[Any]
    faqs: list[Any]


def shown_sections(document: Document) -> Iterator[Shown]:
    """The sections of `document` that say something, in the author's order: neither nothing, nor a component's name
    alone, which stands above all of its sections.
    """
    effects, faqs = _by_section(document, "side_effects"), _by_section(document, "faqs")
    counts: Counter[tuple[str, str]] = Counter()  # of kind and component, for the anchors
    for index, section in enumerate(document.sections):
        listed, asked = effects.get(index, []), faqs.get(index, [])
        says = section.heading or section.body.strip() or listed or asked
        if says and not _says_only_name(section, document):
            place = section.kind, section.component
            counts[place] += 1
            anchor = section_anchor(section, document.components, counts[place])
            yield Shown(index, anchor, section, listed, asked)


def known_as(component: str, document: Document) -> str:
    """The ingredient of `document` that a component is, or the component itself."""
    return next((name for name in document.ingredients if same_component(name, component)), component)


def _by_section(document: Document, kind: str) -> dict[int, list[Any]]:
    """The rows of `kind` by the index of the section in which they stand."""
    places = places_of(document.sections, kind)
    rows: dict[int, list[Any]] = {}
    for row in getattr(document, kind):
        rows.setdefault(places.get(row.component, places.get("", 0)), []).append(row)
    return rows


def _says_only_name(section: Section, document: Document) -> bool:
    component = section.component
    return bool(component) and fold(section.body) in {fold(component), fold(known_as(component, document))}
