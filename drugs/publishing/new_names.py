"""New names of a page, held against those of all others: what leads to another medicine is no change of names only."""

from collections.abc import Sequence, Set

from rapidfuzz.distance import OSA

from drugs.content import Document
from drugs.content.normalisation import fold
from drugs.models import DrugName, Monograph, PublishedIngredient
from drugs.search import names

SHORTEST = 4  # letters of a word that can be taken for another, or for the beginning of one
CHUNK = 50  # names looked up at once: a database takes some thousand parameters
LONG = 8  # letters of a word in which two slips still leave it to be taken for another


def name_objection(document: Document, name: str, bearer: str) -> str:
    """Why `name` leads readers of another medicine to `document`, as a sentence; empty if nothing shows it.

    Another page bears it, or a part of it, `bearer` of `bearers`, or is found by it. `document` is the page with the
    new name.
    """
    if bearer:
        return f"“{name}” is a name of {bearer}."
    if exact := [hit for hit in _others_found(name, document) if hit.match == "exact"]:
        return f"“{name}” is a name of {exact[0].title}."
    return ""


def bearers(monograph: Monograph, document: Document, names: Sequence[str]) -> dict[str, str]:
    """The titles of other pages that bear words of `names`, together, by name; "" of what nobody bears.

    Words of the title and ingredients of `document`, the page with the new names, do not count. Two queries for many
    names.
    """
    found: dict[str, str] = {}
    for at in range(0, len(names), CHUNK):
        spans = {name: _spans(fold(name)) - _own(document) for name in names[at : at + CHUNK]}
        titles = _titles_by_name(monograph, set().union(*spans.values()))
        found |= {
            name: next((titles[span] for span in sorted(own) if span in titles), "")
            for name, own in spans.items()
        }
    return found


def _titles_by_name(monograph: Monograph, folded: Set[str]) -> dict[str, str]:
    """The titles of the other pages that bear one of these `folded` names, by name."""
    # A page that was merged into this one has left it its names.
    others = Monograph.objects.exclude(pk=monograph.pk).exclude(publication__successor__monograph=monograph)
    named = DrugName.objects.filter(monograph__in=others, folded__in=folded)
    return {
        **dict(named.values_list("folded", "monograph__title")),
        **dict(others.filter(folded__in=folded).values_list("folded", "title")),
    }


def likeness_objection(before: Document, name: str) -> str:
    """Why `name` may be typed or read for a name of another medicine, as a sentence; empty if nothing shows it.

    It holds an ingredient of another page, begins a name of one, or is a slip or two away from it, and no nearer to
    the names that the page had `before` (names that look or sound alike: FDA, Best Practices in Developing
    Proprietary Names for Human Prescription Drug Products, 2020).
    """
    parts = PublishedIngredient.objects.filter(folded__in=_spans(fold(name)) - _own(before))
    if part := parts.exclude(publication__slug=before.slug).select_related("publication").first():
        return f"“{name}” is an ingredient of {part.publication.title}."
    own = {
        word for text in [*_own(before), *(fold(each.text) for each in before.names)] for word in text.split()
    }
    words = [word for word in fold(name).split() if word not in own]
    for text in dict.fromkeys([" ".join(words), *words]):
        for hit in _others_found(text, before):
            if _begins(text, hit) or _is_alike(text, set(fold(hit.matched).split()) - own, own):
                return f"“{name}” is like {hit.matched}, a name of {hit.title}."
    return ""


def _spans(name: str) -> set[str]:
    """Every run of whole words of the folded `name`."""
    words = name.split()
    return {" ".join(words[at:end]) for at in range(len(words)) for end in range(at + 1, len(words) + 1)}


def _own(document: Document) -> set[str]:
    return {fold(document.title), *map(fold, document.ingredients)}


def _others_found(text: str, document: Document) -> list[names.NameHit]:
    return [hit for hit in names.find(text) if hit.slug != document.slug]


def _begins(text: str, hit: names.NameHit) -> bool:
    return hit.match == "prefix" and len(text) >= SHORTEST


def _is_alike(text: str, others: Set[str], own: Set[str]) -> bool:
    """Whether a word of `text` is a slip or two of the keys away from one of the words `others`, and from none of
    its `own` by fewer.
    """
    return any(
        distance <= (2 if min(len(word), len(other)) >= LONG else 1)
        and all(distance <= OSA.distance(word, known) for known in own)
        for word in text.split()
        for other in others
        if min(len(word), len(other)) >= SHORTEST
        for distance in [OSA.distance(word, other)]
    )
