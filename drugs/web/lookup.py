"""Lookup of pages by slug: the current one, 404, and what to raise for one that is gone (410) or moved (301)."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from drugs.models import Publication


class Withdrawn(Exception):
    """The page was taken from readers; `publication` says when and why."""

    def __init__(self, publication: Publication) -> None:
        super().__init__(publication.slug)
        self.publication = publication


class Moved(Exception):
    """The page was withdrawn as a duplicate; `successor` is the page on the same medicine."""

    def __init__(self, successor: Publication) -> None:
        super().__init__(successor.slug)
        self.successor = successor


def find_publication(slug: str, *related: str, lead_on: bool = True) -> Publication:
    """The Publication that readers of `slug` meet, with `related` rows. Raises Http404, Moved or Withdrawn.

    Unless `lead_on`, a duplicate raises Withdrawn instead of Moved: no other page has its editions.
    """
    pages = Publication.objects.with_language().filter(slug=slug)
    if related:
        pages = pages.select_related(*related)
    publication = pages.first()
    if publication is None:
        raise Http404(slug)
    if publication.withdrawn_at:
        raise _gone(publication, lead_on)
    return publication


def _gone(publication: Publication, lead_on: bool = True) -> Moved | Withdrawn:
    """What to raise for a page that was withdrawn."""
    last = publication.final() if lead_on else publication
    return Moved(last) if last != publication else Withdrawn(publication)


def find_after(pages: QuerySet[Publication], slug: str) -> Publication:
    """The row of `pages` that a list goes on after, even if it was withdrawn meanwhile. Raises Http404."""
    if "\0" in slug:
        raise Http404
    return get_object_or_404(pages, slug=slug)
