"""CSRF protection without a session: same-origin check, and signed tokens that say when a form was made.

Readers have no session, so there is none whose rights another site could borrow. What is kept out is another
site that makes its visitors' browsers flood us, and programs that send without having asked for the page.
"""

from time import time
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.request import validate_host

SECONDS_TO_WRITE = 3  # nobody reads and fills in a form faster
SECONDS_OPEN = 24 * 60 * 60  # a page left open overnight still sends


class TokenError(Exception):
    """A token that is not taken. `why` is `forged`, `early` or `late`."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


def is_same_origin(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on a page of one of MEDINFO_HOSTS.

    Every browser of the last years sends Origin with a POST, `null` where it hides it; older ones send Referer,
    which our referrer policy lets through to ourselves. Whoever sends neither hides where the form stood, and
    is treated as a stranger.
    """
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        parts = urlsplit(origin)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and host != "" and validate_host(host, settings.ALLOWED_HOSTS)


def is_cross_site(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on a page of another site.

    For pages that send no referrer: there browsers hide the Origin of their own forms too (`null`), and only the newer
    ones say `Sec-Fetch-Site`, over HTTPS. Where nothing is said the token alone tells the form from others.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in ("same-origin", "none")
    return request.headers.get("Origin", "null") != "null" and not is_same_origin(request)


def make_token(purpose: str, *facts: Any) -> str:
    """Signed token of these facts (anything JSON can say) and of when it was made; nobody else can make it."""
    return signing.Signer(salt=purpose).sign_object([int(time()), *facts])


def read_token(purpose: str, token: str) -> list[Any]:
    """The facts of a token that `make_token` made for the same purpose, if its age is that of a form.

    Raises TokenError.
    """
    try:
        made, *facts = signing.Signer(salt=purpose).unsign_object(token)
    except (signing.BadSignature, ValueError):
        raise TokenError("forged") from None
    age = time() - made
    if age > SECONDS_OPEN:
        raise TokenError("late")
    if age < SECONDS_TO_WRITE:
        raise TokenError("early")
    return facts
