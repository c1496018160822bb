"""Session time-outs of the desk, idle and absolute, and how long ago the password was given (reauthentication).

A session holds, in seconds since 1970: `since`, when it began; `seen`, when its person last did something; and
`password_at`, when the password was last typed.
"""

import math
import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from drugs import audit
from drugs.http import Handler
from drugs.http.security_headers import is_desk_request

REAUTHENTICATION_SECONDS = 10 * 60  # how long a password counts as just given
FORM_SECONDS = 20 * 60  # and for a form that was opened while it did
WRITE_SECONDS = 60  # a session notes at most so often that somebody is there
SKEW_SECONDS = 5 * 60  # by so much the clocks of two machines may differ


def password_is_recent(request: HttpRequest) -> bool:
    """Whether the session's person typed the password a short while ago: asked before roles are changed."""
    limit = REAUTHENTICATION_SECONDS if request.method in ("GET", "HEAD") else FORM_SECONDS
    return _seconds_since(request.session.get("password_at", 0)) < limit


def _seconds_since(moment: float) -> float:
    """Seconds since `moment`; for ever, if it is yet to come: then the clock was set back, and nobody knows."""
    passed = time.time() - moment
    return passed if passed > -SKEW_SECONDS else math.inf


def remember_password_time(request: HttpRequest) -> None:
    """Notes in the session that its person has just typed the right password."""
    request.session["password_at"] = int(time.time())


def session_timeout(get_response: Handler) -> Handler:
    """Middleware of both time-outs: idle after SESSION_IDLE_SECONDS, absolute SESSION_COOKIE_AGE after the login."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if is_desk_request(request) and SESSION_KEY in request.session:
            _expire_or_touch(request)
        return get_response(request)

    return middleware


def _expire_or_touch(request):
    session = request.session
    idle, age = _seconds_since(session.get("seen", 0)), _seconds_since(session.get("since", 0))
    if idle > settings.SESSION_IDLE_SECONDS or age > settings.SESSION_COOKIE_AGE:
        logout(request)
    elif idle > WRITE_SECONDS:
        session["seen"] = int(time.time())


def _on_login(sender, request, user, **kwargs):
    remember_password_time(request)
    request.session["since"] = request.session["seen"] = request.session["password_at"]
    half_open = settings.REQUIRE_OTP and user.is_staff  # the second factor is yet to come
    audit.record(user.get_username(), "password" if half_open else "logged_in")


def _on_logout(sender, request, user, **kwargs):
    if user is not None:
        audit.record(user.get_username(), "logged_out")


def connect_signals() -> None:
    """Has logins and logouts recorded from now on. Called once, when the app starts."""
    user_logged_in.connect(_on_login, dispatch_uid="accounts")
    user_logged_out.connect(_on_logout, dispatch_uid="accounts")
