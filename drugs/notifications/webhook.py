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
    status = _Exchange(urlsplit(settings.WEBHOOK_URL), body, headers).status()
    if 300 <= status < 400:
        raise NotTaken(f"The webhook answered {status}: redirects are not followed.")
    if not 200 <= status < 300:
        raise NotTaken(f"The webhook answered {status}.")


def signature(stamp: str, body: bytes) -> str:
    """HMAC-SHA256 of the time and the body, in hex."""
    return hmac.new(settings.WEBHOOK_KEY.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


class _Exchange:
    """One POST in a thread of its own, which is left after SECONDS: the look-up of a name has no limit of its own, and
    those of a handshake and of an answer begin anew with every byte.
    """

    def __init__(self, parts: SplitResult, body: bytes, headers: dict[str, str]) -> None:
        self.connection = _connection(parts)
        self.target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        self.body, self.headers = body, headers
        self.lock = threading.Lock()  # so that nothing is sent once somebody was told that it was not
        self.left = self.sent = False
        self.answered: int | None = None
        self.error: Exception | str = f"it took more than {SECONDS:g} seconds"

    def status(self) -> int:
        """Status of the answer. Raises NotTaken if nothing was sent, and Unclear."""
        thread = threading.Thread(target=self._run, daemon=True)
        thread.start()
        thread.join(SECONDS)
        with self.lock:
            self.left = True
        if self.answered is not None:
            return self.answered
        with suppress(OSError, AttributeError):  # it has ended by itself, or has not begun
            self.connection.sock.shutdown(SHUT_RDWR)
        if self.sent:
            raise Unclear(f"The webhook did not answer within {SECONDS:g} seconds: {self.error}")
        raise NotTaken(f"The webhook cannot be reached: {self.error}")

    def _run(self):
        try:
            self.connection.connect()
            with self.lock:
                if self.left:
                    return
                self.sent = True
            self.connection.request("POST", self.target, self.body, self.headers)
            self.answered = self.connection.getresponse().status
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            self.error = error
        finally:
            self.connection.close()


def _connection(parts: SplitResult) -> http.client.HTTPConnection:
    context = ssl.create_default_context()
    return http.client.HTTPSConnection(parts.hostname or "", parts.port, timeout=SECONDS, context=context)
