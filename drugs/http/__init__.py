"""HTTP: client IP, form tokens (CSRF), request log, security headers. No tables."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

# What a middleware is given and gives back.
Handler = Callable[[HttpRequest], HttpResponseBase]
