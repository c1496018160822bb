"""Static files: WhiteNoise's, of which small ones are read once and sent from memory afterwards."""

from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

from drugs.caching.backends import memory
from drugs.caching.page_cache import KEY_BYTES, FinishedPage
from drugs.web.kept_answers import note_kept

LARGEST = 128 << 10  # bytes of a file, compressed if it is sent so, that is kept


class StaticFiles(WhiteNoiseMiddleware):
    """Middleware for static files, as WhiteNoise finds them when the process starts."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponseBase:
        """The answer with `static_file`, or WhiteNoise's own where a part of it is asked for or nothing has changed."""
        is_whole = isinstance(static_file, StaticFile) and "HTTP_RANGE" not in request.META
        # Whoever is changing a file wants to see it.
        is_kept = is_whole and request.method == "GET" and not settings.DEBUG
        if not is_kept or static_file.is_not_modified(request.META):
            return WhiteNoiseMiddleware.serve(static_file, request)
        path, headers = static_file.get_path_and_headers(request.META)
        page = _content(path, int(dict(headers)["Content-Length"]))
        if page is None:
            return WhiteNoiseMiddleware.serve(static_file, request)
        response = HttpResponse(page.body)
        del response.headers["Content-Type"]
        for name, value in headers:
            response.headers[name] = value
        note_kept(request, page, partial(memory.get, _key(path)))
        return response


def _content(path: str, size: int) -> FinishedPage | None:
    """The file as a kept page, if it is small and still has the `size` that its headers say."""
    if size > LARGEST:
        return None
    page: FinishedPage | None = memory.get(_key(path))
    if page is None:
        page = FinishedPage(Path(path).read_bytes(), b"", etag="", headers={}, is_html=False)
        memory.put(_key(path), page, size + KEY_BYTES)
    return page if len(page.body) == size else None


def _key(path):
    return "static file", path
