"""Duplicate detection: pages likely on one medicine, told by their names alone, never by meaning; a person decides.

Written with every change of a desk. Of two desks that are first written at the same moment neither sees the other;
the next change of one, or `check_monographs`, finds the pair.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q

from drugs.models import DrugName, Monograph
from drugs.models.duplicates import LikelyDuplicate, Reason

OWN_NAMES = ("generic", "synonym")  # a brand may be one product of several
MOST = 5  # others noted for each page: a thousand pages of one title are a trouble of another kind
ROWS = 5_000  # read at most for one batch of pages


@dataclass
class _Page:
    title: str
    sameness: str
    generics: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)  # generics and synonyms, folded like the title

    @property
    def is_combination(self) -> bool:
        return "+" in self.sameness


@transaction.atomic
def update_likely_duplicates(monographs: Iterable[Monograph]) -> None:
    """The rows that say with which other pages `monographs` are likely duplicates. Call it once names are written.

    A handful of statements, however many monographs. Pairs that an editor has settled stay settled.
    """
    ours = {monograph.pk: _Page(monograph.folded, monograph.sameness) for monograph in monographs}
    pairs = LikelyDuplicate.objects.filter(Q(first__in=ours) | Q(second__in=ours), settled=False)
    pairs.delete()
    pages = _with_names_alike(ours)
    reasons = {}
    for pk, page in ours.items():
        for other, reason in _duplicates_of(pk, page, pages)[:MOST]:
            reasons[min(pk, other), max(pk, other)] = reason
    LikelyDuplicate.objects.bulk_create(
        [
            LikelyDuplicate(first_id=first, second_id=second, reason=reason)
            for (first, second), reason in reasons.items()
        ],
        ignore_conflicts=True,  # the settled ones
    )


def _with_names_alike(ours):
    """Every page that has a name in common with one of `ours`, and these: a dict from key to _Page."""
    rows = DrugName.objects.filter(monograph__in=ours, kind__in=OWN_NAMES)
    for pk, kind, name in rows.values_list("monograph", "kind", "folded"):
        _add(ours[pk], kind, name)
    titles = {page.title for page in ours.values()} - {""}
    names = titles.union(*(page.names for page in ours.values()))
    keys = {page.sameness for page in ours.values()} - {""}
    alike = Monograph.objects.filter(Q(folded__in=names) | Q(sameness__in=keys)).exclude(pk__in=ours)
    pages = {pk: _Page(*columns) for pk, *columns in alike.values_list("pk", "folded", "sameness")[:ROWS]}
    pages |= ours
    generics = titles.union(*(page.generics for page in ours.values()))
    rows = DrugName.objects.filter(folded__in=generics, kind__in=OWN_NAMES).exclude(monograph__in=ours)
    columns = ("monograph", "kind", "folded", "monograph__folded", "monograph__sameness")
    for pk, kind, name, title, sameness in rows.values_list(*columns)[:ROWS]:
        _add(pages.setdefault(pk, _Page(title, sameness)), kind, name)
    return pages


def _add(page, kind, name):
    if name:
        page.names.add(name)
        if kind == "generic":
            page.generics.add(name)


def _duplicates_of(pk, page, pages):
    """The keys of the pages that are likely on the same medicine as `page`, each with the reason, oldest first."""
    reasons = ((other, _reason(page, pages[other])) for other in sorted(pages) if other != pk)
    return [(other, reason) for other, reason in reasons if reason]


def _reason(page, other):
    if page.title and page.title == other.title:
        return Reason.TITLE
    if page.sameness and page.sameness == other.sameness:
        return Reason.INGREDIENTS
    if page.is_combination or other.is_combination:
        return None  # such pages name their ingredients among their own names
    if page.generics & other.generics:
        return Reason.GENERIC
    if page.title in other.names or other.title in page.names:
        return Reason.NAME
    return None
