"""Responses of public views: conditional GET by ETag (304), gzip, cache headers, 410 and 301 for what is gone."""

import functools
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
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
    """A page of the site with the site's texts around it: one query, unless `kept_answers` has asked for them."""
    texts = getattr(request, "site_texts", None) or site_texts.load()
    return render(request, template, {**(context or {}), "texts": texts}, status=status)


def public_view(view: Callable[..., HttpResponse | FinishedPage]) -> View:
    """Decorator of whatever anyone may read: GET and HEAD only, 410 or 301 for what is gone, ETag, 304 and gzip.

    Such an answer holds no secret of anybody's, so compressing it tells nobody anything (BREACH).
    """
    told = gone_or_moved(view)

    @require_safe
    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = told(request, *args, **kwargs)
        if isinstance(response, FinishedPage):
            return _send(request, _response_of(response), response)
        if response.status_code >= 400:
            response.headers.setdefault("Cache-Control", "no-store")
        finished = finish_page(response, FAST)
        # A page with a cookie would be somebody's, and no copy of it may be shown to others.
        if response.status_code == 200 and finished.is_html and not response.cookies:
            response = PageResponse(finished.body, headers=response.headers)
        return _send(request, response, finished)

    return answer


def _response_of(finished: FinishedPage) -> HttpResponse:
    headers = dict(finished.headers)
    return PageResponse(finished.body, headers=headers) if finished.is_html else HttpResponse(headers=headers)


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


def _send(request: HttpRequest, response: HttpResponse, finished: FinishedPage) -> HttpResponse:
    """`response` with the body and the ETag of `finished`, or a 304 in its place.

    A copy is asked for again each time (no-cache) and mostly found unchanged.
    """
    ok = response.status_code == 200
    # The body holds edition, status, dates, texts and hashed file names: its hash covers them all.
    if ok and request.META.get("HTTP_IF_NONE_MATCH") == finished.etag:
        response = _not_modified(response)
    elif finished.compressed and _TAKES_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
        response.content = finished.compressed
        response.headers["Content-Encoding"] = "gzip"
    else:
        response.content = finished.body
    cdn = settings.CDN_SECONDS
    response.headers.setdefault("Cache-Control", f"max-age=0, s-maxage={cdn}" if cdn else "no-cache")
    response.headers["Vary"] = "Accept-Encoding"
    if ok:
        response.headers["ETag"] = finished.etag
        if response.status_code == 200 and not _CONDITIONS.isdisjoint(request.META):
            # Several tags, or others: Django knows how to read them.
            conditional = get_conditional_response(request, etag=finished.etag, response=response) or response
            if conditional is not response and isinstance(response, PageResponse):
                return PageResponse(response.page, conditional.status_code, conditional.headers)
            return conditional
    return response


def _not_modified(response: HttpResponse) -> HttpResponse:
    return (
        PageResponse(response.page, 304) if isinstance(response, PageResponse) else HttpResponseNotModified()
    )
