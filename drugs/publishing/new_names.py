"""New names of a page, held against those of all others: what leads to another medicine is no change of names only."""

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from rapidfuzz.distance import OSA

from drugs.content import Document
from drugs.content.normalisation import JOINERS, fold, forms
from drugs.models import DrugName, Monograph, PublishedIngredient
from drugs.search import names as search_names

SHORTEST = 4  # letters of a word that can be taken for another, or for the beginning of one
CHUNK = 2000  # names looked up at once: a database takes some thousand parameters
LONG = 8  # letters of a word in which two slips still leave it to be taken for another


class NewNames(NamedTuple):
    """Names that are new on a page, whose `document` has them."""

    monograph: Monograph
    document: Document
    names: Sequence[str]


def apart(names_by_page: Mapping[int, Sequence[str]]) -> list[list[int]]:
    """The keys of pages in groups within which no new name is another page's, or a part of it.

    The `bearers` of such a group are the same whether its names are looked up at once or page by page. Of two pages
    that share a name the first stands in the earlier group; others may change places, so that groups are few.
    """
    groups: list[_Group] = []
    for key, names in names_by_page.items():
        folded = {fold(name) for name in names}
        spans = set().union(*map(_spans, folded))
        letters = {_letters(form.text) for name in names for form in forms(name)}
        at = len(groups)
        while at and not groups[at - 1].shares(folded, spans, letters):
            at -= 1
        if at == len(groups):
            groups.append(_Group([], set(), set(), set()))
        groups[at].add(key, folded, spans, letters)
    return [group.keys for group in groups]


class _Group(NamedTuple):
    """Keys of pages, with their new names: whole and folded, the `parts` of these, and the letters of all forms."""

    keys: list[int]
    whole: set[str]
    parts: set[str]
    letters: set[str]

    def shares(self, folded: Set[str], spans: Set[str], letters: Set[str]) -> bool:
        """Whether one of these names is one of the group's, or a part of one, or the other way round."""
        return not (
            self.whole.isdisjoint(spans)
            and self.parts.isdisjoint(folded)
            and self.letters.isdisjoint(letters)
        )

    def add(self, key: int, folded: Set[str], spans: Set[str], letters: Set[str]) -> None:
        self.keys.append(key)
        self.whole.update(folded)
        self.parts.update(spans)
        self.letters.update(letters)


def _letters(text):
    """The letters of a name without their order: the same where search finds one by the other's words, in any order."""
    return "".join(sorted("".join(word for word in text.split() if word not in JOINERS and word != "+")))


def bearers(pages: Iterable[NewNames]) -> list[dict[str, str]]:
    """For each page its new names, each with the title of another page to whose readers it leads: one that bears it,
    or a part of it, or is found by it; "" if nothing shows one.

    Words of the title and ingredients of a page do not count. A handful of queries for many pages.
    """
    pages = list(pages)
    spans = [_spans_by_name(page) for page in pages]
    known = _bearers_by_name(set().union(*(some for of_page in spans for some in of_page.values())))
    found = []
    for page, of_page in zip(pages, spans, strict=True):
        titles = _titles(known, page.monograph.pk)
        found.append(
            {
                name: next((titles[s] for s in sorted(some) if s in titles), "")
                for name, some in of_page.items()
            }
        )
    others = search_names.bearers([name for of_page in found for name, title in of_page.items() if not title])
    for page, of_page in zip(pages, found, strict=True):
        for name, title in of_page.items():
            if not title:
                elsewhere = (title for slug, title in others.get(name, ()) if slug != page.document.slug)
                of_page[name] = next(elsewhere, "")
    return found


def _spans_by_name(page):
    own = _own(page.document)
    return {name: _spans(fold(name)) - own for name in page.names}


def _bearers_by_name(folded: Set[str]) -> dict[str, list[tuple[int, int | None, str]]]:
    """Key, key of the successor and title of every monograph that bears one of these names, by name; titles last."""
    found: dict[str, list[tuple[int, int | None, str]]] = {}
    names = sorted(folded)
    for manager, to in ((DrugName.objects, "monograph__"), (Monograph.objects, "")):
        columns = ("folded", f"{to}pk", f"{to}publication__successor__monograph", f"{to}title")
        for at in range(0, len(names), CHUNK):
            rows = manager.filter(folded__in=names[at : at + CHUNK]).values_list(*columns)
            for name, pk, successor, title in rows:
                found.setdefault(name, []).append((pk, successor, title))
    return found


def _titles(known, pk):
    """By name the title of another page than that of the monograph with the key `pk` which bears it."""
    return {
        name: title
        for name, borne in known.items()
        for other, successor, title in borne
        if pk not in (other, successor)  # a page that was merged into this one has left it its names
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


def _others_found(text: str, document: Document) -> list[search_names.NameHit]:
    return [hit for hit in search_names.find(text) if hit.slug != document.slug]


def _begins(text: str, hit: search_names.NameHit) -> bool:
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
