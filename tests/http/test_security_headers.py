"""Security headers stand on every answer: pages, files, errors, the desk."""

import pytest
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from drugs import publishing
from drugs.caching import stale_pages
from drugs.http.inline_style import policy_source
from drugs.web.views import monographs
from tests.support.builders import make_document, publish_document
from tests.support.desk_posts import make_person
from tests.support.public_pages import ADDRESSES

pytestmark = pytest.mark.django_db

EXPECTED = {
    "Content-Security-Policy": f"default-src 'none'; script-src 'self'; style-src 'self' {policy_source()}; "
    "img-src 'self'; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; manifest-src 'self'; frame-ancestors 'none'; "
    "base-uri 'none'",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
OPEN_TO_OTHER_SITES = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
ERRORS = {  # address -> the status of its answer
    "/nowhere/": 404,
    "/drugs/unknown/": 404,
    "/drugs/gone/": 410,
    "/drugs/gone.json": 410,
    "/api/v1/monographs/gone": 410,
    "/api/v1/monographs/unknown": 404,
    "/api/v1/nothing": 404,
    "/api/": 404,
    "/drugs/unknown.md": 404,
    "/drugs/NO.md": 404,
    "/drugs/NO.json": 404,
    "/search/?q=%00": 400,
    "/static/nowhere.css": 404,
    "/static/../manage.py": 404,
    "/.well-known/security.txt": 404,
}


@pytest.fixture
def pages():
    publish_document()
    gone = publish_document(make_document(slug="gone", title="Gone"))
    publishing.withdraw(gone, reason="Wrong.", by="test")


def assert_protected(response, address=""):
    # Data are open to other sites, errors of their addresses too.
    data = address.startswith("/api/") or (
        address.startswith("/drugs/") and address.endswith((".json", ".md"))
    )
    data = data and address != "/api/v1/docs"  # a page for people
    for name, value in {**EXPECTED, **(OPEN_TO_OTHER_SITES if data else {})}.items():
        assert response.headers.get(name) == value, name
    assert "camera=()" in response.headers["Permissions-Policy"]


def assert_public(response):
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_public_page_is_protected_and_the_same_for_all(client, pages, address):
    first = client.get(address)
    assert_protected(first, address)
    assert_public(first)
    client.force_login(make_person("root", is_superuser=True))
    again = client.get(address)
    assert_public(again)
    assert again.content == first.content


@pytest.mark.parametrize("address", ERRORS)
def test_every_error_is_protected_and_not_kept(client, pages, address):
    response = client.get(address)
    assert response.status_code == ERRORS[address]
    assert_protected(response, address)
    assert_public(response)
    assert response.headers["Cache-Control"] == "no-store"


def test_an_unknown_method_is_refused_protected_and_not_kept(client, pages):
    for method, status in (("OPTIONS", 405), ("TRACE", 405)):
        response = client.generic(method, "/drugs/examplol/")
        assert response.status_code == status
        assert_protected(response)
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["/healthz/", "/readyz/"])
def test_no_cache_says_in_our_place_that_we_are_well(client, address):
    assert client.get(address).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("error", "status"), [(RuntimeError, 500), (OperationalError, 503), (SuspiciousOperation, 400)]
)
def test_whatever_goes_wrong_inside_is_protected_and_not_kept(client, monkeypatch, error, status):
    def fail(*args, **kwargs):
        raise error("Oh.")

    monkeypatch.setattr(monographs.lists, "letters", fail)
    stale_pages.invalidate()
    client.raise_request_exception = False
    for address in ("/drugs/", "/drugs/?letter=e"):
        response = client.get(address)
        assert response.status_code == status
        assert_protected(response)
        assert_public(response)
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("redirects", [False, True])
def test_an_unknown_host_gets_a_protected_error_first(client, settings, redirects):
    settings.SECURE_SSL_REDIRECT = redirects
    response = client.get("/drugs/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert_protected(response)


@pytest.mark.parametrize(
    "name", ["drugs/site.css", "drugs/site.js", "drugs/favicon.svg", "admin/css/base.css"]
)
def test_files_are_protected_too(client, settings, name):
    settings.WHITENOISE_USE_FINDERS = True  # nothing is collected here
    response = client.get(f"/static/{name}")
    assert response.status_code == 200
    assert_protected(response)
    assert_public(response)


@pytest.mark.parametrize("name", ["admin:index", "admin:login", "admin:jsi18n", "admin:password_change"])
def test_nothing_of_the_desk_is_kept(client, name):
    for number in range(2):  # before the login, and after it
        response = client.get(reverse(name))
        assert response.status_code in (200, 302)
        assert_protected(response)
        assert response.headers["Cache-Control"] == "no-store, private"
        client.force_login(make_person(f"root{number}", is_superuser=True))
    for address in ("/admin/nowhere/", "/markdownx/markdownify/"):
        assert client.get(address).headers["Cache-Control"] == "no-store, private"


def test_a_forged_form_gets_a_plain_protected_answer():
    client = Client(enforce_csrf_checks=True)
    for address in ("/admin/login/", "/admin/confirm/", "/admin/second-factor/", "/admin/auth/user/add/"):
        response = client.post(address, {"username": "pat", "password": "x"})
        assert response.status_code == 403
        assert "Nothing was changed" in response.content.decode()
        assert_protected(response)


def test_hsts_is_sent_where_there_is_https(client, settings):
    settings.SECURE_HSTS_SECONDS = 3600
    settings.WHITENOISE_USE_FINDERS = True
    for address in ("/drugs/", "/nowhere/", "/static/drugs/site.css", "/admin/login/"):
        assert client.get(address, secure=True).headers["Strict-Transport-Security"] == "max-age=3600"
        assert "Strict-Transport-Security" not in client.get(address).headers
    response = client.get("/", headers={"host": "evil.example"}, secure=True)
    assert response.headers["Strict-Transport-Security"] == "max-age=3600"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:99", "LOCALHOST:1"])
def test_no_answer_repeats_the_host_header_of_the_request(client, pages, host):
    for address in (address for address in ADDRESSES if "?" not in address):
        usual = client.get(address)
        odd = client.get(address, headers={"host": host, "x-forwarded-host": "evil.example"})
        for response in (usual, odd):
            del response.headers["X-Request-ID"]
        assert (odd.content, odd.headers) == (usual.content, usual.headers), address


def test_the_way_to_https_leads_to_the_sites_own_name(client, settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_SSL_HOST = True, "medicines.example.org"
    response = client.get("/drugs/?letter=e", headers={"host": "localhost"})
    assert response.headers["Location"] == "https://medicines.example.org/drugs/?letter=e"
    assert client.get("/healthz/").status_code == 200


def test_the_policy_needs_no_exception_in_the_templates():
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        text = path.read_text()
        assert " style=" not in text and "<style" not in text and " onclick=" not in text, path


def test_a_reader_who_makes_up_a_cookie_gets_none_back(client, pages):
    client.cookies["sessionid"] = "x"
    client.cookies["csrftoken"] = "y"
    for address in ("/drugs/examplol/", "/nowhere/", "/report/examplol/"):
        response = client.get(address)
        assert "Cookie" not in response.headers.get("Vary", "") and not response.cookies, address
