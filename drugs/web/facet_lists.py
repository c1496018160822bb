"""Which pages name a side effect, or belong to a class? The ways to a page for readers who know no name.

Every list is read along an index of `models.relations` in its own order and goes on after a key.
"""

from django.db.models import Case, OuterRef, Q, Subquery, When
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _

from drugs import content
from drugs.content.sort_keys import letter_of
from drugs.models import Publication, PublishedClass, PublishedEffect, Tally
from drugs.models.facets import BANDS
from drugs.search.facets import facet_slug
from drugs.web import page_state

PAGE = 100
KINDS = {PublishedEffect: Tally.Kind.EFFECT, PublishedClass: Tally.Kind.CLASS}


def facets(table, letter="", after=None):
    """A page of the A-Z of `table`, of one letter or from it on: its rows, and the last of them if more follow."""
    rows = _named(table).order_by("letter", "key")
    if letter:
        rows = rows.filter(letter=letter)
    if after:
        rows = rows.filter(pk__gt=after.pk)
    return _page(rows)


def find_facet(table, slug, after=""):
    """The row of the A-Z with the address `slug`, with a Frame on it, or None if no page that readers may see names it.

    With the slug of a page it has that page's columns too, as `after_sort_key` and the like; None if there is none.
    """
    rows = page_state.with_frame(_named(table))
    if after:
        page = Publication.objects.filter(slug=after)
        rows = rows.annotate(
            **{f"after_{name}": Subquery(page.values(name)) for name in ("id", "sort_key", "title")}
        )
    return rows.filter(letter=letter_of(slug), key=slug).first()


def _named(table):
    """Every name of `table` once: its row of the Tally with the way it is written and, of a class, its ATC code."""
    same = table.objects.filter(letter=OuterRef("letter"), slug=OuterRef("key"))
    # Of two ways to write it the later one: "Skin rash" rather than "Skin Rash", "Seizures" than "Seizure".
    said = {"name": Subquery(same.order_by("-name").values("name")[:1])}
    if table is PublishedClass:
        codes = table.objects.filter(slug=OuterRef("key")).exclude(atc="").values("atc")
        first, last = Subquery(codes.order_by("atc")[:1]), Subquery(codes.order_by("-atc")[:1])
        said |= {"code": Case(When(Exact(first, last), then=first))}  # where pages disagree, none is said
    return Tally.objects.filter(kind=KINDS[table], number__gt=0).annotate(**said)


def with_topics(rows, words):
    """`rows` with what `topics` reads on each of them: for a query that finds one row, or few, and brings it along."""
    if slug := facet_slug(words):
        for table, kind in KINDS.items():
            row = _named(table).filter(letter=letter_of(slug), key=slug)
            rows = rows.annotate(
                **{
                    f"{kind}_name": Subquery(row.values("name")),
                    f"{kind}_pages": Subquery(row.values("number")),
                }
            )
    return rows


def topics(row, words):
    """The side effect and the class whose address `words` fold to, as dicts; `row` is one of `with_topics`."""
    return [
        {"what": str(kind), "slug": facet_slug(words), "name": name, "pages": getattr(row, f"{kind}_pages")}
        for kind in KINDS.values()
        if (name := getattr(row, f"{kind}_name", None))
    ]


def pages_with_effect(slug, band=None, after=None):
    """Medicines with a side effect, the most frequent first: a page of rows, and the last of them if more follow.

    With a place it goes on after that: in this band, after a row of `find` with a page's columns.
    """
    rows = PublishedEffect.objects.with_pages().filter(slug=slug)
    if after:
        rows = rows.filter(Q(band__gt=band) | Q(band=band) & _behind(after), band__gte=band)
    return _page(rows.order_by("band", "sort_key", "publication_id"))


def pages_in_class(slug, after=None):
    """Medicines of a class from A to Z: a page of rows, and the last of them if more follow."""
    rows = PublishedClass.objects.with_pages().filter(slug=slug)
    if after:
        rows = rows.filter(_behind(after), sort_key__gte=after.after_sort_key)
    return _page(rows.order_by("sort_key", "publication_id"))


def _behind(after):
    same = Q(sort_key=after.after_sort_key, publication_id__gt=after.after_id)
    return Q(sort_key__gt=after.after_sort_key) | same


def _page(rows):
    found = list(rows[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1] if len(found) > PAGE else None


def frequency_label(band):
    """How many people have a side effect of this band, said for the side effect's own page."""
    words = content.FREQUENCIES[BANDS[band]]
    return _(words) if words else _("Our source does not say how many people")
