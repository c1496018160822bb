"""Responses of public views: conditional GET by ETag (304), gzip, cache headers, 410 and 301 for what is gone."""

import functools
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from drugs.caching.page_cache import FinishedPage, finish_page
from drugs.caching.stale_pages import PageResponse
from drugs.web import site_texts
from drugs.web.lookup import Moved, Withdrawn

_TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|\Z))")
_CONDITIONS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH"}
FAST = 4  # level of compression for answers that are made for one reader

View = Callable[..., HttpResponse]


def render_page(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, status: int | None = None
) -> HttpResponse:
    """A page of the site with the site's texts around it: one query, unless `context` has them as `texts`."""
    context = context or {}
    if "texts" not in context:
        context = {**context, "texts": site_texts.load()}
    return render(request, template, context, status=status)


def public_view(view: Callable[..., HttpResponse | FinishedPage]) -> View:
    """Decorator of whatever anyone may read: GET and HEAD only, 410 or 301 for what is gone, ETag, 304 and gzip.

    Such an answer holds no secret of anybody's, so compressing it tells nobody anything (BREACH).
    """
    told = gone_or_moved(view)

    @csrf_exempt  # nothing is changed by reading, and other methods are to hear 405 instead of 403
    @require_safe
    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = told(request, *args, **kwargs)
        if isinstance(response, FinishedPage):
            return _send(request, response)
        # A page with a cookie would be somebody's, and no copy of it may be shown to others.
        if response.status_code == 200 and not response.cookies:
            return _send(request, finish_page(response, FAST))
        return compressed(request, response)

    return answer


def gone_or_moved(view: Callable[..., Any]) -> Callable[..., Any]:
    """Decorator that answers 410, with when and why, for a page that was withdrawn.

    A duplicate is answered with 301 to the same address of the page in its place.
    """

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return view(request, *args, **kwargs)
        except Moved as moved:
            there = {**kwargs, "slug": moved.successor.slug}
            assert request.resolver_match  # a view is called by its route
            return redirect(request.resolver_match.view_name, permanent=True, **there)
        except Withdrawn as gone:
            return render_page(request, "410.html", {"publication": gone.publication}, status=410)

    return answer


def _send(request: HttpRequest, page: FinishedPage) -> HttpResponse:
    """`page` as a response, or a 304 in its place.

    A copy is asked for again each time (no-cache) and mostly found unchanged. Its body holds edition, status, dates,
    texts and hashed file names: its hash, the ETag, covers them all.
    """
    asked = request.META
    if asked.get("HTTP_IF_NONE_MATCH") == page.etag:
        return _not_modified(page)
    response = PageResponse(page.body) if page.is_html else HttpResponse()
    response.headers._store = page.headers.copy()
    if page.compressed and _TAKES_GZIP.search(asked.get("HTTP_ACCEPT_ENCODING", "")):
        response.content = page.compressed
        response.headers["Content-Encoding"] = "gzip"
    else:
        response.content = page.body
    if _CONDITIONS.isdisjoint(asked):
        return response
    # Several tags, or others: Django knows how to read them.
    conditional = get_conditional_response(request, etag=page.etag, response=response) or response
    return _not_modified(page) if conditional.status_code == 304 else conditional


def _not_modified(page: FinishedPage) -> HttpResponse:
    response = PageResponse(page.body, 304) if page.is_html else HttpResponseNotModified()
    for name in ("cache-control", "etag", "vary"):  # RFC 9110, 15.4.5
        response.headers._store[name] = page.headers[name]
    return response


def compressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """`response`, an error or a redirect, compressed for whoever takes that."""
    if response.status_code >= 400:
        response.headers.setdefault("Cache-Control", "no-store")
    page = finish_page(response, FAST)
    if page.compressed and _TAKES_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
        response.content = page.compressed
        response.headers["Content-Encoding"] = "gzip"
    for name in ("cache-control", "vary"):
        response.headers._store[name] = page.headers[name]
    return response
