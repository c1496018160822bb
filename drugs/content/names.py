"""Names of a page: those that are its own, told from the names of one ingredient and from sentences.

A name that is one ingredient's is never a name of the combination: whoever looks for that ingredient must not be led
to a medicine that holds something else. The rule stands wherever names are derived from a document, so that older
editions are found and shown by it too.
"""

import re

from drugs.content.components import same_component, without_brackets
from drugs.content.document import Document, Name
from drugs.content.normalisation import fold

_BRACKETED = re.compile(r"\([^()]*\)")
# What speaks about a name instead of being one: `Varies by manufacturer`, `Not applicable`.
_SPEAKS = re.compile(
    r"\b(?:var(?:y|ies|ying)|depends|depending|dependent on)\b"
    r"|^\W*(?:not (?:applicable|available|established|known)|none\b|n/a\b|unknown\b|see (?:above|below)\b"
    r"|no (?:single|specific|generic|standard|common|known)\b|there (?:is|are|may)\b)",
    re.I,
)
_TALKS = re.compile(r"\b(?:is|are|was|there|this|these|cannot|not applicable|no single)\b", re.I)
_TALK_CHARS = 40


def is_sentence(text: str) -> bool:
    """Whether `text`, given as a name, is rather a sentence about names: it stays text, and nothing is found by it."""
    said = _BRACKETED.sub("", text)
    said = said if fold(said) else text
    return bool(_SPEAKS.search(said) or (len(text) > _TALK_CHARS and _TALKS.search(said)))


def is_one_ingredients(name: str, document: Document) -> bool:
    """Whether `name` is the name of one ingredient of a combination, in full, or without its salt.

    What looks like its salt may be another ingredient: `Aol + Zinc Oxide` is both, `Aol citrate` is Aol.
    """
    ingredients = {fold(ingredient) for ingredient in document.ingredients}
    if len(ingredients) < 2:
        return False
    bare = without_brackets(name)
    whole = fold(bare)
    meant = {fold(o) for o in (*document.ingredients, *document.components) if same_component(bare, o)}
    return bool(meant) and (
        whole in meant or not any(f" {other} " in f" {whole} " for other in ingredients - meant)
    )


def own_names(document: Document) -> tuple[Name, ...]:
    """The names of the whole page: what search, lists and machines may call it beside its title."""
    return tuple(
        name
        for name in document.names
        if not (name.kind == "generic" and is_sentence(name.text))
        and not is_one_ingredients(name.text, document)
    )
