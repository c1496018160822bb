"""Desk-only middleware: what stands between `begin` and `end` in MIDDLEWARE is for the desk; readers' requests pass by.

So sessions, accounts, messages, second factors and throttles are not there on public addresses, instead of doing
nothing on them, and MIDDLEWARE still names all of them, as Django's checks ask.
"""

import threading

from drugs.http import Handler
from drugs.http.security_headers import is_desk_request

# Django makes a handler's middleware from the last to the first, in one thread: `end` comes before its `begin`.
_making = threading.local()


def end(get_response: Handler) -> Handler:
    """Middleware behind the last one of the desk. It does nothing itself."""
    _making.behind_the_desk = get_response
    return get_response


def begin(get_response: Handler) -> Handler:
    """Middleware before the first one of the desk: other requests go on behind `end`."""
    behind_the_desk: Handler = _making.behind_the_desk

    def middleware(request):
        return get_response(request) if is_desk_request(request) else behind_the_desk(request)

    return middleware
