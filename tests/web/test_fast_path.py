"""Fast path: an answer given again past Django's handler is the answer of the slow path, and never one of before."""

import json
import logging
from unittest import mock

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import RequestFactory

from drugs import publishing
from drugs.caching import stale_pages
from drugs.caching.backends import memory, queried
from drugs.caching.circuit_breaker import breaker
from drugs.http import request_log
from drugs.models import SiteText
from drugs.web import read_counts
from drugs.web.fast_path import FOLLOWS_FROM, remembered
from drugs.web.kept_answers import KEPT
from tests.support.builders import publish_document
from tests.support.public_pages import ADDRESSES
from tests.support.server_requests import ServerClient

pytestmark = pytest.mark.django_db
PAGE = "/drugs/examplol/"
# What is asked anew each time: the database's health, and searches that are nobody's name.
NEVER_KEPT = {
    "/readyz/",
    "/api/v1/search?q=examplol",
    "/search/?q=examplol+overdose",
    "/search/?q=examplol+alcohol",
    "/search/?q=whisperol",
    "/search/suggest/?q=whisperol",
}


@pytest.fixture(autouse=True)
def nothing_remembered():
    for cache in (memory, queried, remembered):
        cache.clear()
    stale_pages.invalidate()
    yield
    remembered.clear()


@pytest.fixture
def server():
    publish_document()
    return ServerClient()


@pytest.fixture
def no_slow_path(monkeypatch):
    """A function that takes Django's handler away."""

    def refuse(*args):
        raise AssertionError("the slow path was taken")

    return lambda: monkeypatch.setattr(WSGIHandler, "__call__", refuse)


def without_number(answer):
    return answer._replace(headers={**answer.headers, request_log.NUMBER_HEADER: ""})


@pytest.mark.parametrize("address", [address for address in ADDRESSES if address not in NEVER_KEPT])
def test_an_answer_given_again_is_the_same_to_the_letter(
    server, no_slow_path, address, django_assert_max_num_queries
):
    tag = server.get(address).headers.get("ETag", "")
    variants = [{}, {"HTTP_ACCEPT_ENCODING": "gzip, br"}, {"HTTP_IF_NONE_MATCH": tag}]
    first = [server.get(address, **more) for more in variants]
    assert [answer.status_code for answer in first] == [200, 200, 304 if tag else 200]
    no_slow_path()
    for more, answer in zip(variants, first, strict=True):
        with django_assert_max_num_queries(1) as asked:
            again = server.get(address, **more)
        assert without_number(again) == without_number(answer)
        assert again.headers[request_log.NUMBER_HEADER] != answer.headers[request_log.NUMBER_HEADER]
        # No session, no account, nothing of the desk: the one query is that of the state.
        assert not any(
            "session" in query["sql"] or "auth" in query["sql"] for query in asked.captured_queries
        )


class WatchedEnviron(dict):
    """The variables of a request, and which of them somebody looked at."""

    def __init__(self, variables):
        super().__init__(variables)
        self.read = set()

    def get(self, name, default=None):
        self.read.add(name)
        return super().get(name, default)

    def __getitem__(self, name):
        self.read.add(name)
        return super().__getitem__(name)

    def __contains__(self, name):
        self.read.add(name)
        return super().__contains__(name)

    def items(self):
        raise AssertionError("all headers were looked at")

    values = items


# Looked at, and no answer that is kept follows from it.
_ONLY_READ = {
    *(
        "wsgi.input",
        "wsgi.file_wrapper",
        "SCRIPT_NAME",
        "SCRIPT_URL",
        "REDIRECT_URL",
        "CONTENT_TYPE",
        "CONTENT_LENGTH",
    ),
    *("HTTP_X_REQUEST_ID", "HTTP_USER_AGENT", KEPT),  # of no browser Django is told that it is not welcome
}


def test_a_kept_answer_follows_from_nothing_else_that_is_asked(server):
    read = {}
    for address in set(ADDRESSES) - NEVER_KEPT:
        environ = WatchedEnviron(RequestFactory(SERVER_NAME="testserver").get(address).environ)
        with mock.patch.object(BaseDatabaseWrapper, "close_if_unusable_or_obsolete"):
            WSGIHandler.__call__(server.handler, environ, lambda status, headers: None)
        assert KEPT in environ
        read[address] = environ.read - {*FOLLOWS_FROM, *_ONLY_READ}
    assert not any(read.values()), read


def test_nothing_else_is_remembered(server):
    for address in (*NEVER_KEPT, "/drugs/unknown/", "/report/examplol/", "/admin/login/", "/drugs/examplol"):
        server.get(address)
    server.get(PAGE, method="HEAD")
    server.get(PAGE, method="POST")
    server.get(PAGE, HTTP_HOST="elsewhere.example")
    assert not remembered.all_keys()


def test_static_files_are_sent_from_memory_whole_or_in_part(settings, tmp_path, server, no_slow_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    server = ServerClient()
    (file,) = (tmp_path / "drugs").glob("print.*.css")
    address, gzip = f"/static/drugs/{file.name}", {"HTTP_ACCEPT_ENCODING": "gzip"}
    whole, compressed = server.get(address), server.get(address, **gzip)
    assert whole.content == file.read_bytes()
    assert compressed.headers["Content-Encoding"] == "gzip" and len(compressed.content) < len(whole.content)
    assert "immutable" in whole.headers["Cache-Control"]
    part = server.get(address, HTTP_RANGE="bytes=0-3")
    assert (part.status_code, part.content) == (206, whole.content[:4])
    assert server.get(address, HTTP_IF_NONE_MATCH=whole.headers["ETag"]).status_code == 304
    assert server.get(address, method="POST").status_code == 405
    no_slow_path()
    assert without_number(server.get(address)) == without_number(whole)
    assert without_number(server.get(address, **gzip)) == without_number(compressed)


def test_whoever_changes_a_static_file_in_development_sees_it(settings, tmp_path):
    settings.DEBUG, settings.STATIC_ROOT, settings.WHITENOISE_USE_FINDERS = True, tmp_path, False
    settings.ALLOWED_HOSTS = ["testserver"]
    file, server = tmp_path / "a.css", ServerClient()
    for text in (b"a{}", b"b{}", b"longer{}"):
        file.write_bytes(text)
        assert server.get("/static/a.css").content == text


def test_another_scheme_or_host_is_another_request(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.ALLOWED_HOSTS = ["testserver"]
    publish_document()
    server = ServerClient()
    assert server.get(PAGE, HTTP_X_FORWARDED_PROTO="https").status_code == 200
    assert server.get(PAGE, HTTP_X_FORWARDED_PROTO="http").status_code == 301
    assert server.get(PAGE, HTTP_X_FORWARDED_PROTO="https", HTTP_HOST="evil.example").status_code == 400


def test_an_answer_given_again_is_logged_and_counted(server, settings, monkeypatch):
    lines = []
    monkeypatch.setattr(request_log.log, "handle", lambda record: lines.append(json.loads(record.line)))
    monkeypatch.setattr(request_log.log, "isEnabledFor", lambda level: level >= logging.INFO)
    settings.PROXIES = 1
    server.get(PAGE)
    answer = server.get(PAGE, HTTP_X_REQUEST_ID="of-the-proxy")
    assert answer.headers[request_log.NUMBER_HEADER] == "of-the-proxy"
    assert (lines[1]["request"], lines[1]["path"], lines[1]["status"]) == ("of-the-proxy", PAGE, 200)
    assert lines[1].keys() == lines[0].keys() and len(lines) == 2
    assert read_counts._counts["examplol"] == 2


def test_what_is_withdrawn_is_gone_at_once(server):
    publication = publish_document(slug="eol", title="Eol")
    for _ in range(2):
        assert server.get("/drugs/eol/").status_code == 200
    publishing.withdraw(publication, reason="Wrong.", by="test")
    assert server.get("/drugs/eol/").status_code == 410


def test_a_page_that_changed_has_its_own_headers_at_once(server):
    gzip = {"HTTP_ACCEPT_ENCODING": "gzip"}
    before = server.get(PAGE), server.get(PAGE, **gzip)
    SiteText.objects.filter(key="contact").update(body="Ring us.")
    assert server.get(PAGE, **gzip).headers["ETag"] != before[0].headers["ETag"]  # and is kept from now on
    after = server.get(PAGE)
    assert after.headers["ETag"] != before[0].headers["ETag"]
    assert int(after.headers["Content-Length"]) == len(after.content) != len(before[0].content)


def test_without_the_database_the_fast_path_leads_to_a_stale_page(server):
    for _ in range(2):
        server.get(PAGE)

    def execute(*args):
        raise OperationalError("the database went away")

    with connection.execute_wrapper(execute):
        assert b"stored copy" in server.get(PAGE).content
    assert b"stored copy" not in server.get(PAGE).content
    breaker.open()
    try:
        assert b"stored copy" in server.get(PAGE).content
    finally:
        breaker.close()


def test_a_page_that_is_kept_no_more_is_held_by_no_entry(server, no_slow_path):
    before = server.get(PAGE)
    assert server.get(PAGE).content is server.get(PAGE).content
    memory.clear()
    assert without_number(server.get(PAGE)) == without_number(before)
    assert len(remembered.all_keys()) == 1
    assert remembered.size < 4000 < len(before.content)


def test_made_up_requests_take_bounded_memory(server, monkeypatch):
    monkeypatch.setattr(remembered, "limit", 50_000)
    for number in range(40):
        server.get(PAGE, HTTP_IF_NONE_MATCH=f'"{number:02}' + "x" * 5000 + '"')
    assert 0 < len(remembered.all_keys()) < 10 and remembered.size <= remembered.limit
