"""Error pages: every error in the site's look, with a way on, and never kept in a cache (no-store).

Nothing here may fail in its turn: the pages need no session and no cache, and no database either.
"""

import logging
import sys
from collections.abc import Mapping

from django.db import DatabaseError, InterfaceError, InternalError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from drugs.caching import stale_pages
from drugs.web import data_responses, responses, site_texts

log = logging.getLogger(__name__)

# What Django raises when the database, not the query, is at fault; the last one also where it can only be read.
UNAVAILABLE = (OperationalError, InterfaceError, InternalError)
RETRY_SECONDS = 30  # sent as Retry-After: a locked or restarted database is mostly back by then


def _page(
    template: str, status: int, context: Mapping[str, object] | None = None, retry_seconds: int = 0
) -> HttpResponse:
    try:
        body: str = render_to_string(template, context)
    except Exception:  # such as static files that are not there; the reader still gets a sentence
        log.exception("The page %s cannot be shown.", template)
        body = _("Something went wrong on our side. Please try again in a few minutes.")
        if number := (context or {}).get("number"):
            body += " " + _("If you tell us about it, name the number %(number)s.") % {"number": number}
    response = HttpResponse(body, status=status)
    response.headers["Cache-Control"] = "no-store"
    if retry_seconds:
        response.headers["Retry-After"] = str(retry_seconds)
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: handler of requests that cannot be understood, foreign hosts and forms with too many fields included.

    Django takes a session that could not be saved for one that another request ended: the cause says which it was.
    """
    cause: BaseException | None = exception
    while cause:
        if isinstance(cause, UNAVAILABLE):
            return unavailable(request, cause)
        cause = cause.__context__
    return _for_programs(request, _("This cannot be asked here."), 400) or _page("400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: handler of PermissionDenied."""
    return _page("403.html", 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without a valid CSRF token, from elsewhere or open for too long (CSRF_FAILURE_VIEW)."""
    return _page("403_csrf.html", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: handler of addresses that lead nowhere. It shows the site's texts while there is a database.

    Programs that asked for JSON or Markdown are answered in that.
    """
    if answer := _for_programs(request, _("There is no medicine at this address."), 404):
        return answer
    try:
        texts = site_texts.load()
    except DatabaseError:
        texts = None
    return responses.compressed(request, _page("404.html", 404, {"texts": texts}))


def _for_programs(
    request: HttpRequest, sentence: str, status: int, retry_seconds: int | None = None
) -> HttpResponse | None:
    """The error as data for a program that asked for data, of its own type; None for all others."""
    path = request.path_info
    if path.startswith("/drugs/") and path.endswith(".md"):
        response = HttpResponse(f"{sentence}\n", status=status, content_type="text/markdown; charset=utf-8")
    elif path.startswith("/api/") or path.startswith("/drugs/") and path.endswith(".json"):
        response = data_responses.error(sentence, status)
    else:
        return None
    response.headers["Cache-Control"] = "no-store"
    if retry_seconds:
        response.headers["Retry-After"] = str(retry_seconds)
    return data_responses.opened(response)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: handler of our own faults, and 503 where a database that is away was met outside of any view."""
    error = sys.exc_info()[1]
    if isinstance(error, UNAVAILABLE):
        return unavailable(request, error)
    if answer := _for_programs(request, _("Something went wrong on our side."), 500):
        return answer
    return _page("500.html", 500, {"number": getattr(request, "number", "")})


def unavailable(request: HttpRequest, exception: BaseException) -> HttpResponse:
    """A stale page, or else 503; `exception` says why the database cannot be asked."""
    log.error("The database does not answer: %s", exception)
    if not connection.in_atomic_block:
        connection.close()  # the next request looks for the database anew, wherever this one had found it
    copy = stale_pages.stale_response(request)
    if copy is None:
        sentence = _("The site cannot answer just now. Please ask again later.")
        if answer := _for_programs(request, sentence, 503, RETRY_SECONDS):
            return answer
        sent = request.method not in ("GET", "HEAD", "OPTIONS")
        return _page("503.html", 503, {"sent": sent}, RETRY_SECONDS)
    copy.headers["Cache-Control"] = "no-store"
    return copy
