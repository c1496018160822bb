"""Desk-only middleware: readers' requests have no session, account or message, and the desk's have all of them."""

import pytest
from django.conf import settings

from tests.support.builders import publish_document
from tests.support.desk_posts import make_person
from tests.support.public_pages import ADDRESSES

pytestmark = pytest.mark.django_db
OF_THE_DESK = ("session", "user", "_messages")
PUBLIC = [
    "request_log",
    "security_headers",
    "SecurityMiddleware",
    "StaticFiles",
    "desk_host",
    "stale_page_without_database",
    "circuit_breaker",
    "bad_request_for_data_errors",
    "CommonMiddleware",
]


def had(response):
    return [name for name in OF_THE_DESK if hasattr(response.wsgi_request, name)]


def test_readers_pass_what_stands_between_the_two_marks():
    names = [path.rpartition(".")[2] for path in settings.MIDDLEWARE]
    assert names[: names.index("begin")] == PUBLIC
    assert names[-1] == "end"
    assert settings.MIDDLEWARE[-1] == "drugs.http.desk_only.end"


@pytest.mark.parametrize("address", [*ADDRESSES, "/nowhere/", "/report/examplol/", "/about", "/admin"])
def test_no_public_address_has_a_session_or_an_account(client, address):
    publish_document()
    client.force_login(make_person("Pat", "Editors"))
    response = client.get(address)
    assert response.status_code in (200, 301, 404)
    assert not had(response)
    assert not response.cookies


def test_a_reader_who_is_logged_in_costs_no_query_more(client, django_assert_num_queries):
    publish_document()
    client.force_login(make_person("Pat", "Editors"))
    client.get("/drugs/examplol/")
    with django_assert_num_queries(1):
        client.get("/drugs/examplol/")


def test_addresses_of_the_desk_have_all_of_it(client):
    client.force_login(make_person("Pat", "Editors"))
    for address in ("/admin/", "/admin/login/", "/admin/nowhere/"):
        assert had(client.get(address)) == list(OF_THE_DESK)
