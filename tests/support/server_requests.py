"""Requests as the server hands them to the site: past the test client, through the handler that gunicorn calls."""

from typing import NamedTuple
from unittest import mock

from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import RequestFactory

from drugs.web.fast_path import SiteHandler


class Answer(NamedTuple):
    status_code: int
    headers: dict
    content: bytes


class ServerClient:
    """What the test client is, for `get` alone, with a handler as `medinfo.wsgi` has it."""

    def __init__(self):
        self.handler = SiteHandler()

    def get(self, address, method="GET", **environ):
        """The answer; `environ` are further variables of WSGI."""
        told = []
        request = RequestFactory(SERVER_NAME="testserver").generic(method, address, **environ)
        # As Django's test client does: the connection has the transaction of the test.
        with mock.patch.object(BaseDatabaseWrapper, "close_if_unusable_or_obsolete"):
            body = self.handler(request.environ, lambda status, headers: told.extend((status, headers)))
            content = b"".join(body)
            if hasattr(body, "close"):
                body.close()
        return Answer(int(told[0].split()[0]), dict(told[1]), content)
