"""Error pages: each in the site's look, with a way on, kept by nobody, and without what may be broken."""

import gzip

import html5lib
import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, OperationalError
from django.template.loader import render_to_string
from django.test import Client

from drugs import publishing
from drugs.search import fulltext
from drugs.web import error_pages
from tests.support.builders import publish_document
from tests.support.desk_posts import make_user
from tests.support.error_answers import ANSWERS, REQUEST
from tests.support.public_pages import body, elements, strict


def assert_whole(response, status):
    """A page of the site: strict HTML, the disclaimer, a search box, the ways to A-Z and home, kept by nobody."""
    assert response.status_code == status
    assert response.headers["Cache-Control"].startswith("no-store")
    tree = strict(response)
    assert len(list(tree.iter("h1"))) == 1
    assert "not medical advice" in body(response)
    assert 'role="search"' in body(response)
    ways = {link.get("href") for link in elements(tree.find(".//main"), "a")}
    assert {"/", "/drugs/"} <= ways
    assert '<meta name="robots" content="noindex">' in body(response)


@pytest.fixture
def nothing_works(monkeypatch):
    """No test here may use the database anyway; nor is there a cache."""

    def down(*args, **kwargs):
        raise ConnectionError("The cache is down.")

    for name in ("get", "set", "add", "get_many"):
        monkeypatch.setattr(f"django.core.cache.cache.{name}", down, raising=False)


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_error_needs_neither_database_nor_cache(answer, nothing_works):
    assert_whole(ANSWERS[answer](), 403 if answer == "form" else answer)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fault", "status"),
    [(SuspiciousOperation, 400), (PermissionDenied, 403), (ValueError, 500), (OperationalError, 503)],
)
def test_a_fault_inside_the_site_is_answered_with_its_page(client, monkeypatch, fault, status):
    def fail(*args, **kwargs):
        raise fault("details for nobody")

    monkeypatch.setattr(fulltext, "find_pages", fail)
    client.raise_request_exception = False
    response = client.get("/search/?q=examplol")
    assert_whole(response, status)
    assert "details for nobody" not in body(response)
    assert ("Retry-After" in response.headers) == (status == 503)
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_foreign_host_a_wrong_address_and_a_410_are_alike(client):
    publishing.withdraw(publish_document(), reason="Wrong.", by="test")
    assert_whole(client.get("/", headers={"host": "evil.example"}), 400)
    assert_whole(client.get("/nowhere/"), 404)
    assert_whole(client.get("/drugs/examplol/"), 410)


@pytest.mark.django_db
def test_a_form_from_elsewhere_is_refused_in_the_sites_look():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x", "password": "y"})
    assert_whole(response, 403)
    assert "Nothing was changed." in body(response)


@pytest.mark.django_db
def test_a_wrong_address_is_404_even_without_a_database(client, monkeypatch):
    def gone():
        raise DatabaseError("The database is gone.")

    monkeypatch.setattr("drugs.web.site_texts.load", gone)
    assert_whole(client.get("/nowhere/"), 404)


def test_an_error_whose_page_is_broken_is_still_a_sentence(monkeypatch, caplog):
    def broken(*args):
        raise ValueError("no such static file")

    monkeypatch.setattr(error_pages, "render_to_string", broken)
    response = error_pages.server_error(REQUEST)
    assert response.status_code == 500
    assert body(response).startswith("Something went wrong on our side.")
    assert "no such static file" in caplog.text


@pytest.mark.django_db  # queries can only be counted where they are allowed
@pytest.mark.parametrize("name", ["400", "403", "404", "500", "503"])
def test_pages_of_errors_need_no_database(name, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = render_to_string(f"{name}.html")
    html5lib.HTMLParser(strict=True).parse(page)
    assert "not medical advice" in page
    assert 'role="search"' in page


@pytest.mark.django_db
def test_a_session_that_no_database_can_save_is_503_not_400(client, monkeypatch):
    def save(self, must_create=False):
        try:
            raise OperationalError("database or disk is full")
        except OperationalError:
            raise UpdateError from None

    client.force_login(make_user("pat"))
    session = client.session
    session["seen"] -= 120
    session.save()
    monkeypatch.setattr(SessionStore, "save", save)
    response = client.get("/admin/")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")


@pytest.mark.django_db
def test_a_page_that_is_not_there_is_sent_compressed(client):
    response = client.get("/nowhere/", headers={"Accept-Encoding": "gzip"})
    assert (response.status_code, response.headers["Content-Encoding"]) == (404, "gzip")
    assert (response.headers["Cache-Control"], response.headers["Vary"]) == ("no-store", "Accept-Encoding")
    assert "There is no such page" in gzip.decompress(response.content).decode()
