"""Checks of components (level `look`): rows that speak of another drug than their own, names of one ingredient."""

from collections.abc import Iterator

from drugs.content import Document, Finding
from drugs.content.components import MOST, same_component, ways_to_say
from drugs.content.names import is_one_ingredients, is_sentence
from drugs.content.normalisation import SALTS, fold

_SHORT = 3  # letters of a name that stands in other words by chance


def components_are_ingredients(document: Document) -> Iterator[Finding]:
    """A component that is none of the ingredients leads to no page of its own, and is perhaps a slip."""
    for component in document.components:
        if document.ingredients and not _is_ingredient(component, document):
            listed = ", ".join(document.ingredients)
            message = f"“{component}” is none of the ingredients ({listed})."
            yield Finding("look", "component-no-ingredient", message, _first_of(component, document))


def rows_speak_of_their_own_component(document: Document) -> Iterator[Finding]:
    """An effect or a question that stands with one drug and names another would be read as the first one's."""
    if len(_drugs(document)) > MOST:
        return
    others = {
        component: [name for name in _drugs(document) if not same_component(name, component)]
        for component in ("", *document.components)
    }
    effects = (
        (f"side_effects.{at}", row.component, f"{row.label} {row.name}")
        for at, row in enumerate(document.side_effects)
    )
    questions = ((f"faqs.{at}", row.component, row.question) for at, row in enumerate(document.faqs))
    for path, component, text in (*effects, *questions):
        named = component and next((name for name in others[component] if _names(text, name)), "")
        if named:
            message = f"This stands with {component} and speaks of {named}."
            yield Finding("look", "other-component", message, path)


def names_are_of_the_whole(document: Document) -> Iterator[Finding]:
    """The name of one ingredient, or a sentence, is no name of a combination: search and pages leave it out."""
    for at, name in enumerate(document.names):
        if is_one_ingredients(name.text, document):
            message = (
                f"“{name.text}” is one ingredient's name: nobody finds this combination by it. Take it out."
            )
            yield Finding("look", "ingredient-name", message, f"names.{at}")
        elif name.kind == "generic" and is_sentence(name.text):
            message = f"“{name.text}” is a sentence and no name. Say it in a section."
            yield Finding("look", "sentence-name", message, f"names.{at}")


def _is_ingredient(component, document):
    return any(same_component(component, ingredient) for ingredient in document.ingredients)


def _drugs(document):
    return dict.fromkeys((*document.components, *document.ingredients))


def _names(text, drug):
    """Whether `text` names `drug` in one of its ways, as whole words."""
    folded = f" {fold(text)} "
    ways = (way for way in ways_to_say(drug) if len(way) > _SHORT and way not in SALTS)
    return any(f" {way} " in folded for way in ways)


def _first_of(component, document):
    """The path of the first row of a component."""
    for part in ("sections", "side_effects", "faqs"):
        for at, row in enumerate(getattr(document, part)):
            if row.component == component:
                return f"{part}.{at}.component"
    return ""


CHECKS = (components_are_ingredients, rows_speak_of_their_own_component, names_are_of_the_whole)
