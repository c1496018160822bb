"""The webhook over a real connection: its signature, no redirect, an end after its seconds; and its settings."""

import hashlib
import hmac
import http.client
import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.exceptions import ImproperlyConfigured

from drugs.notifications import webhook
from drugs.notifications.claims import NotTaken
from medinfo.environment import Environment

KEY = "0123456789abcdef" * 2


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.path, self.headers, body))
        if self.server.status is None:  # a byte now and then
            for _ in range(200):
                try:
                    self.wfile.write(b"H")
                except OSError:
                    return
                time.sleep(0.05)
            return
        self.send_response(self.server.status)
        self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/elsewhere")
        self.end_headers()

    do_GET = do_POST

    def log_message(self, *arguments):
        pass


@pytest.fixture
def receiver(monkeypatch, settings):
    """A server that hears the webhook; over plain HTTP, since TLS is Python's own."""
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    server.heard, server.status = [], 204
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    plain = http.client.HTTPConnection
    monkeypatch.setattr(webhook, "_connection", lambda parts: plain(parts.hostname, parts.port, timeout=5))
    settings.WEBHOOK_URL, settings.WEBHOOK_KEY = f"https://127.0.0.1:{server.server_port}/hook?a=1", KEY
    settings.BASE_URL = "https://site.example"
    yield server
    server.shutdown()
    server.server_close()


def test_a_webhook_is_signed_with_its_time(receiver):
    webhook.post("reports", "reports-7", {"reports": [{"title": "Éxamplol"}]})
    ((path, headers, body),) = receiver.heard
    assert path == "/hook?a=1" and headers["MedInfo-Delivery"] == "reports-7"
    said = {"event": "reports", "site": "https://site.example", "reports": [{"title": "Éxamplol"}]}
    assert json.loads(body) == said
    stamp, given = (part.split("=")[1] for part in headers["MedInfo-Signature"].split(","))
    assert abs(int(stamp) - time.time()) < 60
    assert given == hmac.new(KEY.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_of_the_webhook_is_not_followed(receiver, status):
    receiver.status = status
    with pytest.raises(NotTaken, match="redirects are not followed"):
        webhook.post("day", "day-1", {})
    assert [path for path, *_ in receiver.heard] == ["/hook?a=1"]


def test_an_error_of_the_webhook_is_not_taken(receiver):
    receiver.status = 500
    with pytest.raises(NotTaken, match="answered 500"):
        webhook.post("day", "day-1", {})


def test_a_webhook_that_dribbles_is_left_after_its_seconds(receiver, monkeypatch):
    receiver.status = None
    monkeypatch.setattr(webhook, "SECONDS", 0.2)
    began = time.monotonic()
    with pytest.raises(webhook.Unclear):
        webhook.post("day", "day-1", {})
    assert time.monotonic() - began < 1.4


@pytest.mark.parametrize("drip", [b"", b"\x16\x03\x03\x40\x00" + bytes(30)], ids=["silent", "drips"])
@pytest.mark.parametrize("look_up_seconds", [0, 1.5])
def test_a_handshake_without_end_is_left_after_its_seconds(drip, look_up_seconds, settings, monkeypatch):
    """The limit is of all: the look-up of the name, a server that says nothing, one that sends a byte now and then."""
    monkeypatch.setattr(webhook, "SECONDS", 0.3)
    held, look_up = [], socket.getaddrinfo

    def slow_look_up(*arguments):
        time.sleep(look_up_seconds)
        return look_up(*arguments)

    monkeypatch.setattr(socket, "getaddrinfo", slow_look_up)

    def answer(listener):
        connection, _ = listener.accept()
        held.append(connection)
        try:
            for byte in drip:
                connection.send(bytes([byte]))
                time.sleep(0.05)
        except OSError:
            pass  # it was left

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer, args=[listener])
        thread.start()
        settings.WEBHOOK_URL, settings.WEBHOOK_KEY = f"https://127.0.0.1:{listener.getsockname()[1]}/", KEY
        began = time.monotonic()
        with pytest.raises(NotTaken, match="cannot be reached"):
            webhook.post("day", "day-1", {})
        assert time.monotonic() - began < 1.4
        thread.join(5)
        held[0].close()


def test_a_webhook_that_is_not_there_is_not_taken(settings, monkeypatch):
    plain = http.client.HTTPConnection
    monkeypatch.setattr(webhook, "_connection", lambda parts: plain("127.0.0.1", 1, timeout=1))
    settings.WEBHOOK_URL, settings.WEBHOOK_KEY = "https://chat.example/", KEY
    with pytest.raises(NotTaken, match="cannot be reached"):
        webhook.post("day", "day-1", {})


@pytest.mark.parametrize(
    "value",
    [
        "http://chat.example/hook",
        "https:///hook",
        "https://ann:secret@chat.example/",
        "https://chat.example/ hook",
        "https://chat.example:x/",
        "https://chat.example/#a",
        "ftp://chat.example/",
    ],
)
def test_the_webhooks_address_is_https_or_the_start_is_refused(value, tmp_path, monkeypatch):
    monkeypatch.setenv("MEDINFO_WEBHOOK_URL", value)
    with pytest.raises(ImproperlyConfigured, match="MEDINFO_WEBHOOK_URL must be like"):
        Environment(tmp_path / "env").https_url("MEDINFO_WEBHOOK_URL")


def test_the_webhook_speaks_tls_that_is_checked():
    connection = webhook._connection(webhook.urlsplit("https://chat.example:8443/x"))
    assert isinstance(connection, http.client.HTTPSConnection) and connection.port == 8443
    assert connection._context.check_hostname and connection.timeout == webhook.SECONDS
