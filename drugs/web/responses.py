"""What stands around every public answer: the site's texts, how long it may be kept, and what is gone."""

import functools
import re

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from drugs.caching import page_cache
from drugs.web import site_texts
from drugs.web.lookup import Moved, Withdrawn

_TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|\Z))")
_CONDITIONS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH"}
FAST = 4  # level of compression for answers that are made for one reader


def render_page(request, template, context=None, status=None):
    """Renders a page of the site with its texts around it: one query, unless the context brings the `texts`."""
    context = context or {}
    texts = context.get("texts") or site_texts.load()
    return render(request, template, {**context, "texts": texts}, status=status)


def public_view(view):
    """For every address that anyone may read: GET and HEAD only, 410 or 301 for what is gone, ETag, 304 and gzip.

    Such an answer holds no secret of anybody's, so compressing it tells nobody anything (BREACH). A view returns
    a response, or a Finished page.
    """
    told = gone_or_moved(view)

    @require_safe
    @functools.wraps(view)
    def answer(request, *args, **kwargs):
        response = told(request, *args, **kwargs)
        if isinstance(response, page_cache.FinishedPage):
            return _send(request, HttpResponse(), response)
        if response.status_code >= 400:
            response.headers.setdefault("Cache-Control", "no-store")
        return _send(request, response, page_cache.finish_page(response.content, FAST))

    return answer


def gone_or_moved(view):
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
            return render_page(request, "410.html", {"publication": gone.publication}, status=410)

    return answer


def _send(request, response, finished):
    """Puts `finished` into `response`. A copy is asked for again each time and mostly found unchanged."""
    found = response.status_code == 200
    is_page = response.headers["Content-Type"].startswith("text/html")
    # The body holds edition, status, dates, texts and hashed file names: its hash covers them all.
    if found and request.META.get("HTTP_IF_NONE_MATCH") == finished.etag:
        response = HttpResponseNotModified()
    elif finished.compressed and _TAKES_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
        response.content = finished.compressed
        response.headers["Content-Encoding"] = "gzip"
    else:
        response.content = finished.body
    cdn = settings.CDN_SECONDS
    response.headers.setdefault("Cache-Control", f"max-age=0, s-maxage={cdn}" if cdn else "no-cache")
    response.headers["Vary"] = "Accept-Encoding"
    if found:
        response.headers["ETag"] = finished.etag
        if response.status_code == 200 and not _CONDITIONS.isdisjoint(request.META):
            # Several tags, or others: Django knows how to read them.
            response = get_conditional_response(request, etag=finished.etag, response=response)
        if is_page:
            response.page = finished.body  # for stored_copies, which has no use for what is compressed
    return response
