"""New names of a page, held against those of all others: what leads to another medicine is no change of names only."""

from collections.abc import Set

from rapidfuzz.distance import OSA

from drugs.content import Document
from drugs.content.normalisation import fold
from drugs.models import DrugName, Monograph, PublishedIngredient
from drugs.search import names

SHORTEST = 4  # letters of a word that can be taken for another, or for the beginning of one
LONG = 8  # letters of a word in which two slips still leave it to be taken for another


def name_objection(monograph: Monograph, document: Document, name: str) -> str:
    """Why `name` leads readers of another medicine to `monograph`, as a sentence; empty if nothing shows it.

    Another page bears it, or a part of it, or is found by it. `document` is the page with the new name: words of its
    own title and ingredients do not count.
    """
    if title := _bearer(monograph, fold(name), _own(document)):
        return f"“{name}” is a name of {title}."
    if exact := [hit for hit in _others_found(name, document) if hit.match == "exact"]:
        return f"“{name}” is a name of {exact[0].title}."
    return ""


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


def _bearer(monograph: Monograph, name: str, own: set[str]) -> str:
    """The title of another page that bears words of the folded `name`, together, but for the `own` ones; or empty."""
    spans = _spans(name) - own
    # A page that was merged into this one has left it its names.
    others = Monograph.objects.exclude(pk=monograph.pk).exclude(publication__successor__monograph=monograph)
    if page := others.filter(folded__in=spans).first():
        return page.title
    named = DrugName.objects.filter(monograph__in=others, folded__in=spans)
    if row := named.select_related("monograph").first():
        return row.monograph.title
    return ""


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
