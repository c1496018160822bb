"""What happens around every request: the content policy on Django 5.2, an answer without a database."""

import logging

from django.conf import settings
from django.db import OperationalError

from drugs import errors

log = logging.getLogger(__name__)


class ContentSecurityPolicyMiddleware:
    """Sends SECURE_CSP as Django 6's middleware of the same name does. Goes when 5.2 does."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.policy = "; ".join(f"{name} {' '.join(values)}" for name, values in settings.SECURE_CSP.items())

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        return response


def unavailable_database(get_response):
    """Answers 503 with Retry-After, instead of 500, when the database is locked, full or gone."""

    def middleware(request):
        return get_response(request)

    def process_exception(request, exception):
        if not isinstance(exception, OperationalError):
            return None
        log.error("The database does not answer: %s", exception)
        return errors.unavailable(request)

    middleware.process_exception = process_exception
    return middleware
