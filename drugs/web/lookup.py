"""Lookup of pages by slug: the current one, 404, and what to raise for one that is gone or moved."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from drugs.models import Publication
from drugs.web import page_state


class Withdrawn(Exception):
    """The page was taken from readers; `publication` says when and why."""

    def __init__(self, publication):
        super().__init__(publication.slug)
        self.publication = publication


class Moved(Exception):
    """The page was withdrawn as a duplicate; `successor` is the page on the same medicine."""

    def __init__(self, successor):
        super().__init__(successor.slug)
        self.successor = successor


def find_current(slug):
    """The CurrentPage that readers of `slug` meet: one query. Raises Http404, Moved or Withdrawn."""
    found = page_state.page_state(slug)
    if found is None:
        raise Http404(slug)
    if found.withdrawn:
        publication = get_object_or_404(Publication, slug=slug)
        if publication.withdrawn_at is None:  # it came back between the two queries
            return find_current(slug)
        raise _gone(publication)
    return found


def find_publication(slug, *related, lead_on=True):
    """The Publication that readers of `slug` meet, with `related` rows. Raises Http404, or Withdrawn.

    A duplicate raises Moved, or Withdrawn too unless `lead_on`: no other page has its editions.
    """
    publication = Publication.objects.filter(slug=slug).select_related(*related or [None]).first()
    if publication is None:
        raise Http404(slug)
    if publication.withdrawn_at:
        raise _gone(publication, lead_on)
    return publication


def _gone(publication, lead_on=True):
    """What to raise for a page that was withdrawn."""
    last = publication.final() if lead_on else publication
    return Moved(last) if last != publication else Withdrawn(publication)


def find_after(pages, slug):
    """The one of `pages` that a list goes on after, even if it was withdrawn meanwhile, with a Frame on it."""
    if "\0" in slug:
        raise Http404
    return get_object_or_404(page_state.with_frame(pages), slug=slug)
