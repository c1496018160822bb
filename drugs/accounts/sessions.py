"""Session time-outs of the desk, idle and absolute, and how long ago the password was given (reauthentication).

A session holds, in seconds since 1970: `since`, when it began; `seen`, when its person last did something; and
`password_at`, when the password was last typed.
"""

import math
import time
from typing import cast

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, SESSION_KEY, logout, update_session_auth_hash
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from drugs import audit
from drugs.audit import facts, takeovers
from drugs.http import Handler
from drugs.http.security_headers import is_desk_request

REAUTHENTICATION_SECONDS = 10 * 60  # how long a password counts as just given
REMOTE_BACKEND = "drugs.accounts.remote_users.RemoteUserBackend"
FORM_SECONDS = 20 * 60  # and for a form that was opened while it did
WRITE_SECONDS = 60  # a session notes at most so often that somebody is there
SKEW_SECONDS = 5 * 60  # by so much the clocks of two machines may differ


def password_is_recent(request: HttpRequest) -> bool:
    """Whether the session's person typed the password a short while ago: asked before roles are changed."""
    limit = REAUTHENTICATION_SECONDS if request.method in ("GET", "HEAD") else FORM_SECONDS
    return _seconds_since(request.session.get("password_at", 0)) < limit


def login_is_recent(request: HttpRequest) -> bool:
    """Whether the session began a short while ago."""
    return _seconds_since(request.session.get("since", 0)) < REAUTHENTICATION_SECONDS


def is_remote(request: HttpRequest) -> bool:
    """Whether the session began because a proxy named its person: see remote_users."""
    return request.session.get(BACKEND_SESSION_KEY) == REMOTE_BACKEND


def _seconds_since(moment: float) -> float:
    """Seconds since `moment`; for ever, if it is yet to come: then the clock was set back, and nobody knows."""
    passed = time.time() - moment
    return passed if passed > -SKEW_SECONDS else math.inf


def remember_password_time(request: HttpRequest) -> None:
    """Notes in the session that its person has just typed the right password."""
    request.session["password_at"] = int(time.time())


@transaction.atomic
def end_others(request: HttpRequest, password: str) -> None:
    """The end of every session of this person but the present one, which is recorded.

    Sessions hold a hash of the stored password (Django's session authentication hash): the same `password`, stored
    anew with another salt, ends them. Of an account without one it is the random text in its place that changes.
    """
    user = cast(User, request.user)
    if user.has_usable_password():
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.save(update_fields=["password"])
    update_session_auth_hash(request, user)
    audit.record(user.get_username(), "sessions_ended", "", "", facts.account(user))


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
    request.session["since"] = request.session["seen"] = int(time.time())
    remote = is_remote(request)
    if not remote:
        remember_password_time(request)
    if settings.REQUIRE_OTP and user.is_staff and not (remote and settings.REMOTE_OTP):
        # The second factor is yet to come.
        audit.record(user.get_username(), "remote" if remote else "password")
    else:
        record_login(request, user, "Through the proxy in front." if remote else "")


def record_login(request: HttpRequest, user: User, detail: str = "") -> None:
    """An entry of the audit log for `user`, who is wholly inside now.

    If somebody else opened the account in the last days, the entry says so, and each page of the session.
    """
    account = user.get_username()
    if takeover := takeovers.last_takeover(account):
        detail = " ".join(filter(None, [detail, takeovers.login_mark(account, takeover)]))
        at = timezone.localtime(takeover.at)
        request.session["takeover"] = (
            f"{takeover.who} {takeover.words} for your account on {at:%-d %B %Y, %H:%M}."
        )
    audit.record(account, "logged_in", detail=detail)


def _on_logout(sender, request, user, **kwargs):
    if user is not None:
        audit.record(user.get_username(), "logged_out")


def connect_signals() -> None:
    """Has logins and logouts recorded from now on. Called once, when the app starts."""
    user_logged_in.connect(_on_login, dispatch_uid="accounts")
    user_logged_out.connect(_on_logout, dispatch_uid="accounts")
