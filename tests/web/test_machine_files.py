"""Machine files: the OpenSearch description, links to the other shapes of a page, canonical addresses."""

import xml.etree.ElementTree as ET

import pytest

from tests.support.builders import make_review, publish_document
from tests.support.public_pages import ADDRESSES, body, elements, strict

pytestmark = pytest.mark.django_db
NAMESPACE = {"os": "http://a9.com/-/spec/opensearch/1.1/"}


@pytest.mark.parametrize("name", ["MedInfo", "Medicines & <other> things of a very long name"])
def test_browsers_learn_how_to_search_here(client, settings, name):
    settings.SITE_NAME = name
    response = client.get("/opensearch.xml", headers={"host": "localhost"})
    assert response.headers["Content-Type"] == "application/opensearchdescription+xml"
    root = ET.fromstring(response.content)
    assert root.findtext("os:ShortName", namespaces=NAMESPACE) == name[:16]
    results, itself = root.findall("os:Url", NAMESPACE)
    assert (results.get("type"), results.get("template")) == (
        "text/html",
        "http://127.0.0.1:8000/search/?q={searchTerms}",
    )
    assert (itself.get("rel"), itself.get("template")) == ("self", "http://127.0.0.1:8000/opensearch.xml")


def links(client, address):
    return {
        (link.get("rel"), link.get("type")): link.get("href")
        for link in elements(strict(client.get(address)), "link")
    }


def test_a_page_links_its_other_shapes_the_feed_and_the_search(client):
    publish_document()
    found = links(client, "/drugs/examplol/")
    assert found["alternate", "application/json"] == "/drugs/examplol.json"
    assert found["alternate", "text/markdown"] == "/drugs/examplol.md"
    assert found["alternate", "application/atom+xml"] == "/feed/"
    assert found["search", "application/opensearchdescription+xml"] == "/opensearch.xml"
    for address in found.values():
        assert client.get(address.removeprefix("http://127.0.0.1:8000")).status_code in (200, 404)


@pytest.mark.parametrize(
    "address",
    [one for one in ADDRESSES if one.endswith("/") and "z/" not in one and not one.endswith("feed/")],
)
def test_every_page_that_may_be_listed_has_one_canonical_address(client, address):
    publish_document(review=make_review())
    html = body(client.get(address + "?utm_source=elsewhere"))
    canonical = links(client, address).get(("canonical", None))
    if 'content="noindex"' in html:
        assert address.startswith(("/search/", "/drugs/examplol/history/"))
    else:
        assert canonical == "http://127.0.0.1:8000" + address
        assert f'<meta property="og:url" content="{canonical}">' in html
        assert html.count('<meta name="description"') == 1
        assert "utm_source" not in html


def test_a_list_of_one_letter_has_a_canonical_address(client):
    publish_document()
    for address in ("/drugs/?letter=e", "/side-effects/?letter=f", "/classes/?letter=b"):
        assert links(client, address)["canonical", None] == f"http://127.0.0.1:8000{address}"
