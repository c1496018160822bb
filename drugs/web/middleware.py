"""What happens around every request: headers that protect whoever asks, what readers get without a database."""

import logging

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import DataError

from drugs.caching import stale_pages as stored_copies
from drugs.web import error_pages as errors

log = logging.getLogger(__name__)

DESK = ("/admin/", "/markdownx/")  # where editors are; everything else is public
# Nothing of a browser that these pages could ask for.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer"),
        *("microphone", "midi", "payment", "publickey-credentials-get", "screen-wake-lock", "usb"),
        "xr-spatial-tracking",
    )
)


def is_of_the_desk(request):
    """Whether the request is for an address of the editors' desk, where sessions are."""
    return request.path_info.startswith(DESK)


def headers(get_response):
    """Puts what protects readers and editors on every answer, files and errors included. Has to come first.

    HSTS alone is Django's: its middleware stands before the files, and sees every answer over HTTPS.

    A view may set a stricter one of these headers itself. Nothing of the desk is kept by a browser or a cache,
    and neither is an error.
    """
    always = {
        "Content-Security-Policy": "; ".join(
            " ".join([name, *values]) for name, values in settings.SECURE_CSP.items()
        ),
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": PERMISSIONS_POLICY,
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
    }

    def middleware(request):
        response = get_response(request)
        for name, value in always.items():
            response.headers.setdefault(name, value)
        if is_of_the_desk(request):
            response.headers["Cache-Control"] = "no-store, private"
        else:
            _without_cookies(response)
            if response.status_code >= 400:
                response.headers["Cache-Control"] = "no-store"
        if settings.DEBUG and response.status_code in (404, 500):
            del response.headers["Content-Security-Policy"]  # Django's pages of details have inline styles
        return response

    return middleware


def _without_cookies(response):
    """Readers get none, not even the end of one that they made up; nor do caches hear that cookies mattered."""
    response.cookies.clear()
    fields = [field.strip() for field in response.headers.get("Vary", "").split(",")]
    if "Cookie" in fields:
        response.headers["Vary"] = ", ".join(field for field in fields if field != "Cookie")


def unavailable_database(get_response):
    """Shows stored copies, or answers 503 with Retry-After, when the database is locked, full or gone."""

    def middleware(request):
        made_in = stored_copies.generation()
        response = get_response(request)
        if not getattr(request, "without_database", False):
            stored_copies.note(request, response, made_in)
        return response

    def process_exception(request, exception):
        return errors.unavailable(request, exception) if isinstance(exception, errors.UNAVAILABLE) else None

    middleware.process_exception = process_exception
    return middleware


# A NUL or a number of forty digits in an address, which databases refuse each in its own way, or a column
# that is none: what is wrong is what was asked, not the site.
_UNANSWERABLE = (DataError, OverflowError, FieldDoesNotExist)


def unanswerable_question(get_response):
    """Answers 400, instead of 500, where a value that was sent cannot be one of the database."""

    def middleware(request):
        return get_response(request)

    def process_exception(request, exception):
        if not isinstance(exception, _UNANSWERABLE):
            return None
        log.warning("Asked for what cannot be: %s", request.path, exc_info=exception)
        return errors.bad_request(request, exception)

    middleware.process_exception = process_exception
    return middleware
