"""Which pages name a side effect, or belong to a class? The ways to a page for readers who know no name.

Every list is read along an index of `models.relations` in its own order and goes on after a key.
"""

from django.db.models import Q
from django.utils.translation import gettext as _

from drugs import document as doc
from drugs.models.relations import BANDS, PublishedClass, PublishedEffect
from drugs.ordering import letter_of

PAGE = 100


def names(table, letter="", after=None):
    """A page of the A-Z of `table`, of one letter or from it on: its rows, and the last of them if more follow."""
    rows = table.objects.counted()
    if letter:
        rows = rows.filter(letter=letter)
    if after:
        rows = rows.filter(letter__gte=after["letter"]).exclude(
            letter=after["letter"], slug__lte=after["slug"]
        )
    return _page(rows)


def find(table, slug, **more):
    """The row of the A-Z with the address `slug`, or None if no page that readers may see names it.

    `more` are aggregates that the row gets beside its own.
    """
    return table.objects.counted().filter(letter=letter_of(slug), slug=slug).annotate(**more).first()


def with_effect(slug, after=None):
    """Medicines with a side effect, the most frequent first: a page of rows, and the last of them if more follow.

    `after` is the place that the list goes on after: a pair of band and Publication.
    """
    rows = PublishedEffect.objects.with_pages().filter(slug=slug)
    if after:
        band, page = after
        rows = rows.filter(Q(band__gt=band) | Q(band=band) & _behind(page), band__gte=band)
    return _page(rows.order_by("band", "sort_key", "publication_id"))


def in_class(slug, after=None):
    """Medicines of a class from A to Z: a page of rows, and the last of them if more follow."""
    rows = PublishedClass.objects.with_pages().filter(slug=slug)
    if after:
        rows = rows.filter(_behind(after), sort_key__gte=after.sort_key)
    return _page(rows.order_by("sort_key", "publication_id"))


def _behind(page):
    return Q(sort_key__gt=page.sort_key) | Q(sort_key=page.sort_key, publication_id__gt=page.pk)


def _page(rows):
    found = list(rows[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1] if len(found) > PAGE else None


def how_often(band):
    """How many people have a side effect of this band, said for the side effect's own page."""
    words = doc.FREQUENCIES[BANDS[band]]
    return _(words) if words else _("Our source does not say how many people")
