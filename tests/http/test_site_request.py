"""Requests: no header turns what an address asks for."""

import pytest

from drugs.caching.backends import memory, queried
from drugs.http.site_request import SiteRequest
from tests.support.builders import publish_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client, monkeypatch):
    """The status and the body of an address, asked for in such requests as servers make of what they hear."""
    monkeypatch.setattr("django.test.client.WSGIRequest", SiteRequest)
    client.raise_request_exception = False

    def answer(address, **more):
        for kept in (memory, queried):
            kept.clear()
        response = client.get(address, **more)
        return response.status_code, response.content

    return answer


@pytest.mark.parametrize("charset", ["hex", "idna", "utf-7", "utf-16"])
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/drugs/?letter=%65&after=%2B2AA-", 404),
        ("/search/suggest/?q=%65xamplo", 200),
        ("/api/v1/classes?cursor=%2B2AA-", 200),
        ("/drugs/examplol/print/?as=%6carge", 200),
    ],
)
def test_no_header_turns_what_an_address_asks_for(ask, charset, address, status):
    publish_document()
    asked = ask(address)
    assert asked[0] == status
    assert ask(address, CONTENT_TYPE=f"text/plain; charset={charset}") == asked
