"""The search of the desk: monographs by any name, published or not, or else by similar names."""

from typing import NamedTuple

from django.db.models import Q, QuerySet

from drugs.content.normalisation import fold
from drugs.models import DrugName, Monograph
from drugs.search import names

SIMILAR = 10  # pages with similar names, at most


class DeskHits(NamedTuple):
    """The monographs that a search on the desk leads to. `only_similar`: nothing is called what was typed."""

    monographs: QuerySet[Monograph]
    only_similar: bool


def monographs_called(monographs: QuerySet[Monograph], text: str) -> QuerySet[Monograph]:
    """Substring match of `text` in title, slug or any other name; case, accents and punctuation aside."""
    folded, slug = fold(text), text.strip().casefold()
    matches = Q(slug__contains=slug)
    if folded:
        drug_names = DrugName.objects.filter(folded__contains=folded)
        matches |= Q(folded__contains=folded) | Q(pk__in=drug_names.values("monograph"))
    return monographs.filter(matches)


def similar_monographs(monographs: QuerySet[Monograph], text: str) -> QuerySet[Monograph]:
    """Fuzzy match of `text`, as readers would be shown it: only pages that have been published are in that index."""
    return monographs.filter(slug__in=[hit.slug for hit in names.find(text, limit=SIMILAR)])


def find_monographs(monographs: QuerySet[Monograph], text: str) -> DeskHits:
    """The hits for `text` among `monographs`: those called so, or else those with similar names."""
    called = monographs_called(monographs, text)
    if called.exists():
        return DeskHits(called, only_similar=False)
    return DeskHits(similar_monographs(monographs, text), only_similar=True)
