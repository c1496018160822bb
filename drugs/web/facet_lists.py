"""Facet lists: the A-Z of side effects and of classes, and the pages that name one of them.

They lead readers who know no name to a page. Every list is read along an index of `models.facets` in its own
order and goes on after a key (keyset pagination).
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _

from drugs import content
from drugs.content.sort_keys import letter_of
from drugs.models import Publication, PublishedClass, PublishedEffect, Tally
from drugs.models.facets import BANDS
from drugs.models.paging import page_of
from drugs.search import effect_names, questions
from drugs.search.facets import facet_slug

PAGE = 100  # rows
_NUMBERS = """
SELECT kind, key, number FROM drugs_tally
WHERE kind IN ({}) AND letter IN ({}) AND key IN ({}) AND number > 0"""
FacetTable = type[PublishedEffect] | type[PublishedClass]
KINDS: dict[FacetTable, Tally.Kind] = {
    PublishedEffect: Tally.Kind.EFFECT,
    PublishedClass: Tally.Kind.CLASS,
}


class Topic(NamedTuple):
    """A facet that a search leads to: `what` is a value of Tally.Kind, `pages` how many name it."""

    what: str
    slug: str
    name: str
    pages: int


# The annotated columns of a row (`name`, `code`, those of the page to go on after) are known to no type, so such rows
# are Any.


def facets(
    table: FacetTable, letter: str = "", after: Tally | None = None, numbers: range | None = None
) -> tuple[list[Any], Any]:
    """A page of the A-Z of `table`, of one letter or of all, from `after` on: its rows, and the last if more follow.

    `numbers` are those of the pages that a facet must have; any if not given.
    """
    rows = _named(table).order_by("letter", "key")
    if letter:
        rows = rows.filter(letter=letter)
    if numbers:
        rows = rows.filter(number__gte=numbers.start, number__lt=numbers.stop)
    if after:
        rows = rows.filter(pk__gt=after.pk)
    return page_of(rows, PAGE)


class Filled(NamedTuple):
    """The facets of one letter: those that several pages name, and those that one does."""

    shared: int
    single: int


def filled_letters(table: FacetTable) -> dict[str, Filled]:
    """How many facets of `table` the letters have, of those that have any: one query."""
    rows = Tally.objects.filter(kind=KINDS[table], number__gt=0).values("letter")
    counted = rows.annotate(all=Count("key"), single=Count("key", filter=Q(number=1)))
    return {row["letter"]: Filled(row["all"] - row["single"], row["single"]) for row in counted}


def find_facet(table: FacetTable, slug: str, after: str = "") -> Any:
    """The row of the A-Z with the address `slug`, or None if no public page names it.

    With the slug of a page as `after` it has that page's columns: `after_id`, `after_sort_key` and
    `after_title`, which are None if there is none.
    """
    rows = _named(table)
    if after:
        page = Publication.objects.filter(slug=after)
        rows = rows.annotate(
            **{f"after_{name}": Subquery(page.values(name)) for name in ("id", "sort_key", "title")}
        )
    return rows.filter(letter=letter_of(slug), key=slug).first()


def _named(table: FacetTable) -> QuerySet[Any]:
    """Every facet of `table` once: its row of the Tally with the way it is written and, of a class, its ATC code."""
    rows = Tally.objects.filter(kind=KINDS[table], number__gt=0).annotate(name=_spelling(table))
    if table is not PublishedClass:
        return rows
    # Written so, the index of codes is read where there are any, however many pages are in a class without one.
    codes = table.objects.filter(slug=OuterRef("key"), atc__gt="").values("atc")
    first, last = Subquery(codes.order_by("atc")[:1]), Subquery(codes.order_by("-atc")[:1])
    # Where pages disagree, none is said.
    return rows.annotate(code=Case(When(Exact(first, last), then=first)))


def _spelling(table: FacetTable) -> Subquery:
    """Of two ways to write a facet the later one: "Skin rash" rather than "Skin Rash", "Seizures" than "Seizure"."""
    same = table.objects.filter(letter=OuterRef("letter"), slug=OuterRef("key"))
    return Subquery(same.order_by("-name").values("name")[:1])


def topics(query: str) -> list[Topic]:
    """The side effects and the class that `query` is, in this order, as far as there are: a query, and one for each.

    Words of a question do not count ("which drugs cause dry mouth"), and an effect is found by its other names too.
    """
    slug = facet_slug(questions.effect_asked(query))
    if not slug:
        return []
    effects = [effect_names.entry_slug(one) for one in [slug, *effect_names.other_slugs(slug)]]
    slugs = {PublishedEffect: list(dict.fromkeys(effects)), PublishedClass: [slug]}
    found = _numbers_of(sorted({key for keys in slugs.values() for key in keys}))
    return [
        Topic(kind.value, key, name, found[kind, key])
        for table, kind in KINDS.items()
        for key in slugs[table]
        if (kind, key) in found and (name := _name_of(table, key))
    ]


def _numbers_of(slugs: Sequence[str]) -> dict[tuple[str, str], int]:
    """How many pages have the facets `slugs`, by kind and slug. One query, as SQL: every search asks it."""
    kinds, letters = [kind.value for kind in KINDS.values()], sorted({letter_of(one) for one in slugs})
    marks = (", ".join(["%s"] * len(values)) for values in (kinds, letters, slugs))
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS.format(*marks), [*kinds, *letters, *slugs])
        return {(kind, key): number for kind, key, number in cursor.fetchall()}


def _name_of(table: FacetTable, slug: str) -> str:
    """How the facet `slug` is written, as `_spelling` says it of many; empty if no page names it any more."""
    same = table.objects.filter(letter=letter_of(slug), slug=slug).order_by("-name")
    name = same.values_list("name", flat=True).first() or ""
    return entry_name(slug, name) if table is PublishedEffect else name


def entry_name(slug: str, written: str) -> str:
    """The name of a side effect in lists: that of its entry if it has several, else as pages have `written` it."""
    names = effect_names.names_of(slug)
    return names[0][:1].upper() + names[0][1:] if len(names) > 1 else written


def other_names(slug: str) -> str:
    """The other names of a side effect, which pages have it under as well; empty if it has none."""
    return ", ".join(effect_names.names_of(slug)[1:])


def pages_with_effect(
    slug: str, band: int | None = None, after: Any = None
) -> tuple[list[PublishedEffect], PublishedEffect | None]:
    """Medicines with a side effect, the most frequent first: a page of rows, and the last of them if more follow.

    With `after`, a row of `find_facet` with a page's columns, it goes on after that page in the frequency `band`.
    """
    rows = PublishedEffect.objects.with_pages().filter(slug=slug)
    if after:
        rows = rows.filter(Q(band__gt=band) | Q(band=band) & _behind(after), band__gte=band)
    return page_of(rows.order_by("band", "sort_key", "publication_id"), PAGE)


def pages_in_class(slug: str, after: Any = None) -> tuple[list[PublishedClass], PublishedClass | None]:
    """Medicines of a class from A to Z: a page of rows, and the last of them if more follow.

    With `after`, a row of `find_facet` with a page's columns, it goes on after that page.
    """
    rows = PublishedClass.objects.with_pages().filter(slug=slug)
    if after:
        rows = rows.filter(_behind(after), sort_key__gte=after.after_sort_key)
    return page_of(rows.order_by("sort_key", "publication_id"), PAGE)


def _behind(after):
    same = Q(sort_key=after.after_sort_key, publication_id__gt=after.after_id)
    return Q(sort_key__gt=after.after_sort_key) | same


def frequency_label(band: int) -> str:
    """How many people have a side effect of this frequency band, in words for the side effect's own page."""
    words = content.FREQUENCIES[BANDS[band]]
    return _(words) if words else _("Our source does not say how many people")
