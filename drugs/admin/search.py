"""Which pages does a name lead to on the desk, published or not?"""

from django.db.models import Q

from drugs.content.normalisation import fold
from drugs.models import DrugName
from drugs.search import names

SIMILAR = 10


def monographs_called(monographs, text):
    """Of `monographs` those with `text` in title, address or any other name; case, accents and punctuation aside."""
    folded, slug = fold(text), text.strip().casefold()
    found = Q(slug__contains=slug)
    if folded:
        named = DrugName.objects.filter(folded__contains=folded)
        found |= Q(folded__contains=folded) | Q(pk__in=named.values("monograph"))
    return monographs.filter(found)


def similar_monographs(monographs, text):
    """Of `monographs` those whose public pages have names similar to `text`, as readers would be shown them."""
    return monographs.filter(slug__in=[hit.slug for hit in names.find(text, limit=SIMILAR)])


def find_monographs(monographs, text):
    """Those called `text`, or else those with similar names; and whether they are only similar."""
    found = monographs_called(monographs, text)
    if found.exists():
        return found, False
    return similar_monographs(monographs, text), True
