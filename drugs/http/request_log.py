"""Request log as JSON lines with a request ID (correlation ID), and without personal data of readers.

No line has a reader's address or what stands behind the `?` of an address, which may be what somebody searched for;
nor the part of an address that opens something by itself (_SECRET_PATH), even where it is mistyped.
"""

import json
import logging
import random
import re
import sys
import time
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from drugs.http import Handler, latencies

_request: ContextVar[Any] = ContextVar("request", default=None)  # an HttpRequest with its `number`
_NUMBER = re.compile(r"[A-Za-z0-9._-]{8,64}")
_SECRET_PATH = re.compile(
    r"(.*?/share/)(.+)", re.IGNORECASE | re.DOTALL
)  # what follows opens something by itself
NUMBER_HEADER = "X-Request-ID"
_QUIET = ("/healthz/", "/readyz/")
_quoted = json.JSONEncoder(ensure_ascii=False).encode
log = logging.getLogger("drugs.requests")
_ANSWERED = vars(logging.LogRecord(log.name, logging.INFO, __file__, 0, "answered", None, None))


class QuietTerminalFilter(logging.Filter):
    """Log filter for a terminal: a person there is told what went wrong; the rest is for whoever keeps a log."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno >= logging.WARNING or not sys.stderr.isatty()


class AnswerRecord(logging.LogRecord):
    """Log record of an answer: its line is written once, and no caller is looked for. There is one a request."""

    def __init__(self, number: str, method: str | None, path: str, status: int, seconds: float) -> None:
        vars(self).update(_ANSWERED)  # what is the same in all of them takes longer than the line
        self.created = time.time()
        self.line = (
            f'{{"time": "{_time(self)}", "level": "INFO", "logger": "{log.name}", "message": "answered", '
            f'"request": "{number}", "method": {_quoted(method)}, "path": {_quoted(_open_path(path))}, '
            f'"status": {status}, "ms": {1000 * seconds:.1f}}}'
        )


class JsonFormatter(logging.Formatter):
    """Log formatter for JSON lines. What the reader sent is left out, even of the words of an error."""

    def format(self, record: logging.LogRecord) -> str:
        if isinstance(record, AnswerRecord):
            return record.line
        request = _request.get()
        line = {
            "time": _time(record),
            "level": record.levelname,
            "logger": record.name,
            "message": _without_personal_data(record.getMessage(), request),
        }
        if request is not None:
            line["request"] = request.number
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["exception"] = _without_personal_data(self.formatException(record.exc_info), request)
        return json.dumps(line, ensure_ascii=False, default=str)


def _without_personal_data(text, request):
    if request is None:
        return text
    private = [
        request.META.get("QUERY_STRING", ""),
        *(value for key in request.GET for value in request.GET.getlist(key)),
    ]
    private += [request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", "")]
    if secret := _SECRET_PATH.match(request.path):
        private.append(secret[2].strip("/"))
    for value in sorted(private, key=len, reverse=True):
        if len(value) > 2:
            text = text.replace(value, "…")
    return text


def _open_path(path):
    """`path` up to where it is secret."""
    secret = _SECRET_PATH.match(path)
    return f"{secret[1]}…" if secret else path


def request_log(get_response: Handler) -> Handler:
    """Middleware that gives each request an ID, or takes the trusted proxy's, sends it along as X-Request-ID, and logs
    one line when it ends: method, path, status, milliseconds.
    """

    def middleware(request):
        request.number = request_number(request.META)
        token, started = _request.set(request), time.perf_counter()
        try:
            response = get_response(request)
            response.headers[NUMBER_HEADER] = request.number
            seconds = time.perf_counter() - started
            log_answer(request.number, request.method, request.path, response.status_code, seconds)
        finally:
            _request.reset(token)
        return response

    return middleware


def request_number(environ: Mapping[str, Any]) -> str:
    """The ID of a request with these variables of WSGI: the trusted proxy's, or one made here."""
    given = environ.get("HTTP_X_REQUEST_ID", "") if settings.PROXIES else ""
    # Nobody's secret, so not asked of the system, which costs a change of threads.
    return given if _NUMBER.fullmatch(given) else f"{random.getrandbits(64):016x}"  # noqa: S311


def log_answer(number: str, method: str | None, path: str, status: int, seconds: float) -> None:
    """Counts an answer with its latency, and logs its line."""
    latencies.observe(path, status, seconds)
    if (path not in _QUIET or status != 200) and log.isEnabledFor(logging.INFO):
        log.handle(AnswerRecord(number, method, path, status, seconds))


def _time(record):
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
