"""The desk on a host name of its own: there and nowhere else, with cookies and forms of its own."""

import pytest
from django.test import Client

from tests.support.builders import publish_document
from tests.support.desk_posts import make_person

pytestmark = pytest.mark.django_db

DESK, READERS = "desk.example.org", "medicines.example.org"


@pytest.fixture(autouse=True)
def two_hosts(settings):
    settings.DESK_HOST, settings.BASE_URL = DESK, f"https://{READERS}"
    settings.ALLOWED_HOSTS = [READERS, DESK]
    settings.CSRF_TRUSTED_ORIGINS = [f"https://{DESK}"]


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/logout/", "/markdownx/markdownify/"])
def test_the_desk_is_not_on_the_host_of_readers(client, path):
    for ask in (client.get, client.post):
        response = ask(path, headers={"host": READERS})
        assert response.status_code == 404 and not response.cookies
    assert client.get(path, headers={"host": f"{READERS}:8443"}).status_code == 404


def test_the_desk_is_on_its_own_host(client):
    for host in (DESK, f"{DESK}:8443", DESK.upper()):
        assert client.get("/admin/login/", headers={"host": host}).status_code == 200
    assert client.get("/", headers={"host": DESK}).headers["Location"] == "/admin/"


@pytest.mark.parametrize("path", ["/drugs/", "/search/?q=a%20b", "/feed/", "/api/v1/monographs", "/nowhere/"])
def test_readers_pages_are_not_on_the_host_of_the_desk(client, path):
    response = client.get(path, headers={"host": DESK})
    assert (response.status_code, response.headers["Location"]) == (302, f"https://{READERS}{path}")
    assert client.get(path, headers={"host": READERS}).status_code != 302


@pytest.mark.parametrize("host", [DESK, READERS])
def test_each_host_says_that_it_is_alive(client, host):
    assert client.get("/healthz/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(("https", "scheme"), [(True, "https"), (False, "http")])
def test_the_edit_address_of_a_page_leads_to_the_host_of_the_desk(client, settings, https, scheme):
    settings.HTTPS = https
    publish_document()
    response = client.get("/drugs/examplol/edit/", headers={"host": READERS})
    there = f"{scheme}://{DESK}/admin/drugs/monograph/edit/examplol/"
    assert (response.status_code, response.headers["Location"]) == (302, there)


def test_another_host_is_refused(client):
    assert client.get("/admin/login/", headers={"host": "evil.example.org"}).status_code == 400


def test_a_login_takes_no_form_of_the_readers_host():
    make_person("adam", "Editors")
    client = Client(enforce_csrf_checks=True, headers={"host": DESK})
    client.get("/admin/login/", secure=True)
    fields = {"username": "adam", "password": "x", "csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    forged = client.post("/admin/login/", fields, secure=True, headers={"origin": f"https://{READERS}"})
    assert forged.status_code == 403
    own = client.post("/admin/login/", fields, secure=True, headers={"origin": f"https://{DESK}"})
    assert own.status_code == 302
    assert not own.cookies["sessionid"]["domain"]  # for this host alone
