"""Middleware of readers' pages: stale pages or 503 without a database, 400 for data that no column can hold."""

import logging

from django.core.exceptions import FieldDoesNotExist
from django.db import DataError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from drugs.caching import stale_pages
from drugs.caching.circuit_breaker import (
    DESK_SECONDS,
    READER_SECONDS,
    READY_SECONDS,
    breaker,
    says_nothing,
    wait_limit,
)
from drugs.http import Handler
from drugs.http.security_headers import is_desk_request
from drugs.web import error_pages

log = logging.getLogger(__name__)


def stale_page_without_database(get_response: Handler) -> Handler:
    """Stale pages, or 503 with Retry-After, while the database is locked, full or gone."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        made_in = stale_pages.earlier_generation()
        response = get_response(request)
        stale_pages.store(request, response, made_in)
        return response

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, error_pages.UNAVAILABLE):
            return error_pages.unavailable(request, exception)
        return None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]  # where Django looks for it
    return middleware


def circuit_breaker(get_response: Handler) -> Handler:
    """Bounds how long a request waits for the database, and asks it nothing while the circuit breaker is open."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path == "/healthz/":
            return get_response(request)
        if breaker.is_open():
            return error_pages.unavailable(request, OperationalError("it gave no answer a moment ago"))
        wait_limit.set(_limit_of(request))
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> None:
        if says_nothing(exception):
            breaker.open()

    middleware.process_exception = process_exception  # type: ignore[attr-defined]  # where Django looks for it
    return middleware


def _limit_of(request):
    if request.path == "/readyz/":
        return READY_SECONDS
    return DESK_SECONDS if is_desk_request(request) else READER_SECONDS


# A NUL or a number of forty digits in an address, which databases refuse each in its own way, or a column
# that is none: what is wrong is what was asked, not the site.
_UNANSWERABLE = (DataError, OverflowError, FieldDoesNotExist)


def bad_request_for_data_errors(get_response: Handler) -> Handler:
    """400, instead of 500, where a value that was sent cannot be one of the database."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, _UNANSWERABLE):
            return None
        log.warning("Asked for what cannot be: %s", request.path, exc_info=exception)
        return error_pages.bad_request(request, exception)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]  # where Django looks for it
    return middleware
