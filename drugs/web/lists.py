"""Lists of pages: the A-Z by letter with keyset pagination, search results, and counts. They load no documents."""

import re
from collections.abc import Collection, Iterable
from string import ascii_lowercase
from typing import Any, Generic, NamedTuple, TypeVar

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from drugs.models import Publication, Tally
from drugs.models.publication_rows import COLUMNS, publications
from drugs.search.fulltext import PassageHit
from drugs.search.names import NameHit

LETTERS = (*ascii_lowercase, "0")
SECONDS = tuple(ascii_lowercase)  # letters by which the names of one letter are told apart
PAGE = 100  # rows
USE_WORDS = 5  # of a suggestion

Hit = TypeVar("Hit", NameHit, PassageHit)


_PUBLIC_PAGES = (
    f"SELECT {COLUMNS} FROM drugs_publication "  # noqa: S608
    "WHERE drugs_publication.slug IN ({slugs}) AND withdrawn_at IS NULL"
)


class SearchResult(NamedTuple, Generic[Hit]):
    """A hit of the search, and the page that it leads to."""

    hit: Hit
    publication: Publication


def letters() -> list[dict[str, Any]]:
    """Every letter of the A-Z, as a dict of `letter`, how it is `said`, and the `count` of its pages: one query."""
    count = dict(Tally.objects.filter(kind=Tally.Kind.LETTER).values_list("letter", "number"))
    return [
        {"letter": letter, "said": letter_label(letter), "count": count.get(letter, 0)}
        for letter in LETTERS
        if letter != "0" or count.get("0")
    ]


def letter_label(letter: str) -> str:
    """A letter of the A-Z as readers see it. "0" holds what starts with none of them."""
    return _("Other") if letter == "0" else letter.upper()


def behind(pages: QuerySet[Publication], after: Publication | None) -> QuerySet[Any]:
    """Those of `pages`, in the order of the A-Z, that come behind `after`, or all of them."""
    if not after:
        return pages
    same = Q(sort_key=after.sort_key, slug__gt=after.slug)
    # The second condition says nothing new, but lets the index begin there.
    return pages.filter(Q(sort_key__gt=after.sort_key) | same, sort_key__gte=after.sort_key)


def with_publications(
    hits: Iterable[NameHit], passages: Iterable[PassageHit]
) -> tuple[list[SearchResult[NameHit]], list[SearchResult[PassageHit]]]:
    """The results of a search, those by name and those by text, whose pages readers may see: one query."""
    hits, passages = list(hits), list(passages)
    slugs = {hit.slug for hit in hits} | {passage.slug for passage in passages}
    pages = {page.slug: page for page in _public_pages(slugs)}
    return _results(hits, pages), _results(passages, pages)


def _public_pages(slugs: Collection[str]) -> Iterable[Publication]:
    """Those of the pages `slugs` that readers may see. One query."""
    if not slugs:
        return ()
    return publications(_PUBLIC_PAGES.format(slugs=", ".join(["%s"] * len(slugs))), [*slugs])


def _results(hits: list[Hit], pages: dict[str, Publication]) -> list[SearchResult[Hit]]:
    return [SearchResult(hit, pages[hit.slug]) for hit in hits if hit.slug in pages]


class ByRoute(NamedTuple):
    """Results that are one medicine, such as "Examplol (Nasal)" and "Examplol (Systemic)": the best, and the others."""

    result: SearchResult[NameHit]
    others: list[SearchResult[NameHit]]


_ROUTE = re.compile(r"\s*\([^()]*\)\s*\Z")


def by_medicine(results: Iterable[SearchResult[NameHit]]) -> list[ByRoute]:
    """The results in their order, those together whose titles differ by what stands in brackets at the end.

    The page without brackets stands for all of them, if it is among them.
    """
    groups: dict[str, list[SearchResult[NameHit]]] = {}
    for result in results:
        groups.setdefault(_ROUTE.sub("", result.publication.title).casefold(), []).append(result)
    ordered = (sorted(group, key=_has_route) for group in groups.values())
    return [ByRoute(group[0], group[1:]) for group in ordered]


def _has_route(result):
    return bool(_ROUTE.search(result.publication.title))


def suggestion(result: SearchResult[NameHit]) -> dict[str, str]:
    """A result as the search box gets it, in JSON: what it is called, how it was found, and what it is."""
    hit, page = result
    return {
        "name": hit.title,
        "matched": hit.matched,
        "kind": hit.kind,
        "match": hit.match,
        "hint": hit.hint,
        "class": page.classes[0] if page.classes else "",
        "use": _in_few_words(page.summary),
        "status": page.status,
        "status_words": _status_words(page.status),
        "url": reverse("drugs:monograph-detail", args=[hit.slug]),
    }


def _status_words(status: str) -> str:
    """A status as the search box says it."""
    words = {"reviewed": _("Reviewed"), "overdue": _("Review overdue")}
    return words.get(status) or _("Not yet reviewed")


def _in_few_words(summary: str) -> str:
    """The first words of a summary, as many as fit beside a name."""
    words = summary.split()
    return " ".join(words[:USE_WORDS]).rstrip(",;:.") + (" …" if len(words) > USE_WORDS else "")


def counts() -> dict[str, int]:
    """How many pages there are, `all` and by the status that readers see: `reviewed`, `overdue`, `not_reviewed`."""
    today = timezone.localdate().isoformat()
    counted = dict.fromkeys(("all", "reviewed", "overdue", "not_reviewed"), 0)
    for due, number in Tally.objects.filter(kind=Tally.Kind.DUE).values_list("key", "number"):
        counted["all"] += number
        counted["reviewed" if due > today else "overdue" if due else "not_reviewed"] += number
    return counted


def origins() -> dict[str, int]:
    """How many pages come from where, by origin."""
    return dict(Tally.objects.filter(kind=Tally.Kind.ORIGIN).values_list("key", "number"))
