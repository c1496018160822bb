"""The webhook: one signed POST over HTTPS to the address that the operator has set. No redirect is followed.

The header `MedInfo-Signature: t=SECONDS,v1=HEX` holds when it was signed and HMAC-SHA256 with MEDINFO_WEBHOOK_KEY over
`SECONDS.BODY`: a receiver compares both, and refuses what is older than a few minutes. `MedInfo-Delivery` is the same
for what is sent again, unless a report came in meanwhile.
"""

import hashlib
import hmac
import http.client
import json
import ssl
import threading
import time
from contextlib import suppress
from socket import SHUT_RDWR
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from drugs.notifications.claims import NotTaken

SECONDS = 5.0  # for all of it


class Unclear(Exception):
    """Nobody knows whether it was taken: no answer came in time. It is not sent again."""


def post(event: str, delivery: str, facts: dict[str, Any]) -> None:
    """The event `event` with its `facts`, as JSON. Raises NotTaken and Unclear, each with a sentence."""
    body = json.dumps({"event": event, "site": settings.BASE_URL, **facts}, ensure_ascii=False).encode()
    stamp = str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "MedInfo",
        "MedInfo-Event": event,
        "MedInfo-Delivery": delivery,
        "MedInfo-Signature": f"t={stamp},v1={signature(stamp, body)}",
    }
    parts = urlsplit(settings.WEBHOOK_URL)
    until = time.monotonic() + SECONDS
    connection = _connection(parts)
    try:
        connection.connect()
    except OSError as error:
        raise NotTaken(f"The webhook cannot be reached: {error}") from error
    cut = threading.Timer(max(0.0, until - time.monotonic()), _cut, [connection])
    cut.start()
    try:
        path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        connection.request("POST", path, body, headers)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        raise Unclear(f"The webhook did not answer within {SECONDS:g} seconds: {error}") from error
    finally:
        cut.cancel()
        connection.close()
    if 300 <= status < 400:
        raise NotTaken(f"The webhook answered {status}: redirects are not followed.")
    if not 200 <= status < 300:
        raise NotTaken(f"The webhook answered {status}.")


def signature(stamp: str, body: bytes) -> str:
    """HMAC-SHA256 of the time and the body, in hex."""
    return hmac.new(settings.WEBHOOK_KEY.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _connection(parts: SplitResult) -> http.client.HTTPConnection:
    context = ssl.create_default_context()
    return http.client.HTTPSConnection(parts.hostname or "", parts.port, timeout=SECONDS, context=context)


def _cut(connection: http.client.HTTPConnection) -> None:
    """Ends a connection whose other side sends a byte now and then."""
    with suppress(OSError, AttributeError):  # it has ended by itself
        connection.sock.shutdown(SHUT_RDWR)
