"""Error pages as the site answers with them, without any database or cache."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.test import RequestFactory

from drugs.web import error_pages

REQUEST = RequestFactory().get("/of-which-there-is-no-copy/")
ANSWERS = {
    400: lambda: error_pages.bad_request(REQUEST, SuspiciousOperation()),
    403: lambda: error_pages.permission_denied(REQUEST, PermissionDenied()),
    "form": lambda: error_pages.csrf_failure(REQUEST),
    500: lambda: error_pages.server_error(REQUEST),
    503: lambda: error_pages.unavailable(REQUEST, OperationalError("gone")),
}
