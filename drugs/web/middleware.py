"""What happens around every request: headers that protect whoever asks, what readers get without a database."""

import logging

from django.core.exceptions import FieldDoesNotExist
from django.db import DataError

from drugs.caching import stale_pages
from drugs.web import error_pages

log = logging.getLogger(__name__)


def stale_page_without_database(get_response):
    """Shows stored copies, or answers 503 with Retry-After, when the database is locked, full or gone."""

    def middleware(request):
        made_in = stale_pages.generation()
        response = get_response(request)
        if not getattr(request, "without_database", False):
            stale_pages.store(request, response, made_in)
        return response

    def process_exception(request, exception):
        return (
            error_pages.unavailable(request, exception)
            if isinstance(exception, error_pages.UNAVAILABLE)
            else None
        )

    middleware.process_exception = process_exception
    return middleware


# A NUL or a number of forty digits in an address, which databases refuse each in its own way, or a column
# that is none: what is wrong is what was asked, not the site.
_UNANSWERABLE = (DataError, OverflowError, FieldDoesNotExist)


def bad_request_for_data_errors(get_response):
    """Answers 400, instead of 500, where a value that was sent cannot be one of the database."""

    def middleware(request):
        return get_response(request)

    def process_exception(request, exception):
        if not isinstance(exception, _UNANSWERABLE):
            return None
        log.warning("Asked for what cannot be: %s", request.path, exc_info=exception)
        return error_pages.bad_request(request, exception)

    middleware.process_exception = process_exception
    return middleware
