"""What stands around every public answer: the site's texts, how long it may be kept, and what is gone."""

import functools

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response, set_response_etag
from django.views.decorators.http import require_safe

from drugs import site_texts
from drugs.models import Publication


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


def find_publication(slug, *, lead_on=True):
    """The Publication that readers of `slug` meet. Raises Http404, or Withdrawn.

    A duplicate raises Moved, or Withdrawn too unless `lead_on`: no other page has its editions.
    """
    publication = Publication.objects.filter(slug=slug).first()
    if publication is None:
        raise Http404(slug)
    if lead_on and publication.successor_id and (last := publication.final()) != publication:
        raise Moved(last)
    if publication.withdrawn_at:
        raise Withdrawn(publication)
    return publication


def find_after(pages, slug):
    """The one of `pages` that a list goes on after, even if it was withdrawn meanwhile."""
    if "\0" in slug:
        raise Http404
    return get_object_or_404(pages, slug=slug)


def page(request, template, context=None, status=None):
    """Renders a page of the site with its texts around it: one query."""
    return render(request, template, {"texts": site_texts.load(), **(context or {})}, status=status)


def public(view):
    """For every address that anyone may read: GET and HEAD only, 410 or 301 for what is gone, ETag and 304."""

    @require_safe
    @functools.wraps(view)
    def answer(request, *args, **kwargs):
        return _kept_briefly(request, told_when_gone(view)(request, *args, **kwargs))

    return answer


def told_when_gone(view):
    """Answers 410, with when and why, for a page that was withdrawn.

    A duplicate is answered with 301 to the same address of the page in its place.
    """

    @functools.wraps(view)
    def answer(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Moved as moved:
            there = {**kwargs, "slug": moved.successor.slug}
            return redirect(request.resolver_match.view_name, permanent=True, **there)
        except Withdrawn as gone:
            return page(request, "410.html", {"publication": gone.publication}, status=410)

    return answer


def _kept_briefly(request, response):
    """A copy is asked for again each time and mostly found unchanged; errors are not kept at all."""
    if response.status_code >= 400:
        response.headers.setdefault("Cache-Control", "no-store")
        return response
    cdn = settings.CDN_SECONDS
    response.headers.setdefault("Cache-Control", f"max-age=0, s-maxage={cdn}" if cdn else "no-cache")
    if response.status_code != 200:
        return response
    # The finished body holds edition, status, dates, texts and hashed file names: its hash covers them all.
    set_response_etag(response)
    return get_conditional_response(request, etag=response.headers["ETag"], response=response)
