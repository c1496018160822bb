"""Request log: it helps the operator, and holds no personal data of any reader."""

import json
import logging

import pytest
from django.urls import path

from drugs.desk import share_links
from drugs.http import request_log
from drugs.search import names
from drugs.web import error_pages
from drugs.web.views import home
from medinfo import urls
from tests.support.builders import publish_document

pytestmark = pytest.mark.django_db


class ListHandler(logging.Handler):
    def __init__(self):
        super().__init__()
        self.setFormatter(request_log.JsonFormatter())
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))


@pytest.fixture
def lines():
    """The lines that the log gets, as text."""
    handler, root = ListHandler(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield handler.lines
    root.removeHandler(handler)
    root.setLevel(level)


def last(lines):
    return json.loads(lines[-1])


def test_each_request_is_one_json_line_with_its_request_id(client, lines):
    publish_document()
    response = client.get("/drugs/examplol/")
    line = last(lines)
    assert (line["method"], line["path"], line["status"]) == ("GET", "/drugs/examplol/", 200)
    assert line["request"] == response.headers["X-Request-ID"] and line["ms"] > 0
    assert client.get("/nowhere/").headers["X-Request-ID"] != line["request"]
    assert len(lines) == 2


def test_no_line_says_what_was_searched_for_or_from_where(client, lines, monkeypatch):
    def fail(query, limit=10):
        raise ValueError(f"cannot find {query!r}")

    client.raise_request_exception = False
    client.get("/search/?q=my+private+illness", REMOTE_ADDR="198.51.100.7")
    monkeypatch.setattr(names, "find", fail)
    address = {"REMOTE_ADDR": "198.51.100.7", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}
    response = client.get("/search/?q=my+private+illness", **address)
    text = "\n".join(lines)
    assert response.status_code == 500 and "ValueError: cannot find '…'" in text
    for word in ("private", "illness", "198.51.100.7", "203.0.113.9"):
        assert word not in text


def test_an_error_page_names_its_request_id(client, lines, monkeypatch):
    monkeypatch.setattr(home, "lists", None)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500 and response.headers["Cache-Control"] == "no-store"
    assert f"name the number {response.headers['X-Request-ID']}." in response.content.decode()
    assert any(json.loads(line).get("exception") for line in lines)


def test_an_error_page_that_cannot_be_made_is_one_plain_sentence(client, lines, monkeypatch):
    monkeypatch.setattr(error_pages, "render_to_string", None)
    monkeypatch.setattr(home, "lists", None)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    text = response.content.decode()
    assert "Something went wrong on our side." in text and response.headers["X-Request-ID"] in text


def test_a_request_id_is_taken_from_a_trusted_proxy_only(client, settings):
    given = {"x-request-id": "from-the-proxy-1"}
    assert client.get("/about/", headers=given).headers["X-Request-ID"] != "from-the-proxy-1"
    settings.PROXIES = 1
    assert client.get("/about/", headers=given).headers["X-Request-ID"] == "from-the-proxy-1"
    for bad in ('x"}\n{"level":"x', "short", "a" * 65):
        assert client.get("/about/", headers={"x-request-id": bad}).headers["X-Request-ID"] != bad


def test_a_path_cannot_forge_a_line(client, lines):
    client.get("/drugs/%0a%7b%22level%22:%22ERROR%22%7d/")
    assert len(lines) == 1 and "\n" not in lines[0]
    assert last(lines)["level"] == "INFO"


def test_asking_whether_the_site_is_alive_fills_no_log(client, lines):
    client.get("/healthz/")
    client.get("/readyz/")
    assert not lines


def test_a_database_that_goes_away_outside_of_views_is_a_503_too(client, lines, monkeypatch):
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import OperationalError

    def gone(*args, **kwargs):
        raise OperationalError("gone")

    def view(request):
        request.session["x"] = 1
        return home.healthz(request)

    monkeypatch.setattr(urls, "urlpatterns", [path("admin/session/", view), *urls.urlpatterns])
    monkeypatch.setattr(SessionStore, "save", gone)
    client.raise_request_exception = False
    from django.urls import clear_url_caches

    clear_url_caches()
    response = client.get("/admin/session/")
    clear_url_caches()
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")


@pytest.mark.parametrize(
    ("level", "at_terminal", "shown"), [(20, False, True), (20, True, False), (30, True, True)]
)
def test_a_terminal_shows_warnings_and_a_log_keeps_everything(monkeypatch, level, at_terminal, shown):
    monkeypatch.setattr("sys.stderr", type("Stream", (), {"isatty": lambda self: at_terminal})())
    record = logging.LogRecord("drugs", level, "", 0, "x", (), None)
    assert request_log.QuietTerminalFilter().filter(record) == shown


def test_what_opens_something_by_itself_is_in_no_line(client, lines, monkeypatch):
    def fail(token):
        raise ValueError(f"cannot open {token!r}")

    client.raise_request_exception = False
    client.get("/share/12-abc.SIGNATURE/")
    monkeypatch.setattr(share_links, "find", fail)
    client.get("/share/12-abc.SIGNATURE/")
    assert last(lines)["path"] == "/share/…"
    for mistyped in (
        "/x//share/12-abc.SIGNATURE/",
        "/SHARE/12-abc.SIGNATURE/",
        "/drugs/share/12-abc.SIGNATURE",
    ):
        client.get(mistyped)
    assert "SIGNATURE" not in "".join(lines)
    assert any("cannot open" in line for line in lines)
