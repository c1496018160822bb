"""Requests as this site reads them: what is sent is UTF-8, whatever charset the Content-Type names."""

from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.utils.http import parse_header_parameters


class SiteRequest(WSGIRequest):
    """A request whose address and form are read as UTF-8.

    Django reads the part behind the `?` in the charset of the Content-Type. One that is none of text, such as hex, is
    an error before any middleware. And a cache in front, which knows addresses alone, would keep for everybody what
    one such request has turned.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        # Not documented; read in Django 5.2.19, which sets `encoding` here too.
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
