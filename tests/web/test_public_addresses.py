"""Every public address: hidden drafts, cookies, ETag, strict HTML, pagination keys, query counts, static files."""

import re

import pytest
from django.core.management import call_command
from django.template.base import Template
from django.urls import resolve

from drugs import publishing, urls
from drugs.caching import page_cache
from drugs.caching.backends import memory, queried
from drugs.content import Section
from drugs.http.inline_style import inline_style
from tests.support.builders import make_document, make_monograph, publish_document, publish_documents
from tests.support.public_pages import ADDRESSES, body, edit, elements, hit, strict

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_hits")]


SECRET = "Whisperol"


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_only_on_the_desk_is_on_no_public_address(client, search_hits, address):
    publication = publish_document()
    search_hits.append(hit(publication))
    edit(publication, title=SECRET, sections=(*make_document().sections, Section("uses", SECRET, SECRET)))
    make_monograph(slug="whisperol", title=SECRET)
    response = client.get(address)
    assert response.status_code == 200
    assert SECRET not in body(response)


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_cookie_is_set_and_an_etag_gets_a_304(client, address):
    publish_document()
    response = client.get(address)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    if address not in ("/healthz/", "/readyz/"):
        assert response.headers["Cache-Control"] == "no-cache"
        again = client.get(address, headers={"if-none-match": response.headers["ETag"]})
        assert again.status_code == 304


@pytest.mark.parametrize(
    "address", [a for a in ADDRESSES if a.endswith("/") and "z/" not in a and not a.endswith("feed/")]
)
def test_pages_are_strict_html_and_ask_no_other_host(client, address):
    publish_document(language="de")
    response = client.get(address)
    tree = strict(response)
    assert len(list(tree.iter("h1"))) == 1
    assert body(response).index("not medical advice") < body(response).index('role="search"')
    for element in elements(tree, "link", "script", "img", "iframe", "form"):
        if element.get("type") == "application/ld+json":
            continue  # data, which no browser runs
        target = element.get("href") or element.get("src") or element.get("action")
        assert target.startswith("/") or element.get("rel") == "canonical"
    assert {style.text for style in tree.iter("style")} <= {inline_style()}
    assert not [element for element in tree.iter() if element.get("style") or element.get("onclick")]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/drugs/%00/", 404),
        ("/drugs/Examplol/", 404),
        ("/drugs/unknown/", 404),
        ("/drugs/" + "x" * 10_000 + "/", 404),
        ("/drugs/examplol/history/2/", 404),
        ("/drugs/examplol/history/0/", 404),
        ("/drugs/examplol/history/99999999999999999999/", 404),
        ("/drugs/examplol/history/" + "9" * 5000 + "/", 404),
        ("/drugs/?letter=%00", 404),
        ("/drugs/?letter=ab", 404),
        ("/drugs/?letter=é", 404),
        ("/drugs/?letter=e&after=unknown", 404),
        ("/drugs/?letter=e&after=%00", 404),
        ("/drugs/?letter=e&after=" + "x" * 10_000, 404),
        ("/drugs/?letter=p&after=examplol", 404),
        ("/drugs/?letter=E", 200),
        ("/drugs/?letter=q", 200),
        ("/drugs/?colour=blue", 200),
        ("/search/?q=%00", 400),
        ("/search/suggest/?q=%00", 400),
        ("/search/?q=" + "x" * 300, 200),
        ("/search/?q=" + "x" * 301, 400),
        ("/search/suggest/?q=" + "x" * 301, 400),
        ("/search/?q=" + "x" * 10_000, 400),
        ("/search/?q=%ff%fe", 200),
        ("/search/?q=%ED%A0%80", 200),
        ("/composition/e/%00/", 404),
        ("/composition/e/" + "é" * 300 + "/", 404),
        ("/sitemap-%00.xml", 404),
        ("/sitemap-e.xml", 404),
        ("/sitemap-1.xml", 404),
        ("/sitemap-" + "9" * 18 + ".xml", 404),
        ("/sitemap-" + "9" * 5000 + ".xml", 404),
        ("/schema/monograph-4.json", 404),
        ("/side-effects/?letter=%00", 404),
        ("/side-effects/?letter=ab", 404),
        ("/side-effects/?letter=T&after=tiredness", 200),
        ("/side-effects/?letter=g&after=tiredness", 404),
        ("/side-effects/?after=unknown", 404),
        ("/side-effects/?after=%00", 404),
        ("/side-effects/?after=" + "x" * 10_000, 404),
        ("/side-effects/unknown/", 404),
        ("/side-effects/%00/", 404),
        ("/side-effects/" + "x" * 10_000 + "/", 404),
        ("/side-effects/tiredness/?after=very_common.examplol", 200),
        ("/side-effects/tiredness/?after=examplol", 404),
        ("/side-effects/tiredness/?after=often.examplol", 404),
        ("/side-effects/tiredness/?after=rare.unknown", 404),
        ("/side-effects/tiredness/?after=rare.%00", 404),
        ("/classes/?after=%00", 404),
        ("/classes/unknown/", 404),
        ("/classes/beta-blocker/?after=unknown", 404),
        ("/classes/beta-blocker/?after=%00", 404),
        ("/classes/beta-blocker/?after=examplol", 200),
    ],
)
def test_whatever_a_client_sends_is_answered(client, address, status):
    publish_document()
    response = client.get(address)
    assert response.status_code == status
    if status != 200:
        assert response.headers["Cache-Control"] == "no-store"
    if status == 404 or response.headers["Content-Type"].startswith("text/html"):
        assert 'role="search"' in body(response)


@pytest.mark.parametrize("address", ["/", "/drugs/examplol/", "/search/", "/drugs/examplol.json"])
def test_only_reading_is_possible(client, address):
    publish_document()
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


COSTS = [
    ("/", 7, 1),
    ("/drugs/", 3, 1),
    ("/drugs/?letter=e", 5, 1),
    ("/drugs/?letter=e&after=e00", 6, 1),
    ("/drugs/e00/", 4, 1),
    ("/drugs/e00.json", 4, 1),
    ("/drugs/e00.md", 3, 1),
    ("/drugs/e00/history/", 5, 1),
    ("/drugs/e00/history/1/", 5, 1),
    ("/search/?q=e", 3, 1),
    ("/search/suggest/?q=e", 2, 1),
    ("/side-effects/", 4, 1),
    ("/side-effects/?letter=t&after=tiredness", 5, 1),
    ("/side-effects/tiredness/", 4, 1),
    ("/side-effects/tiredness/?after=very_common.e03", 4, 1),
    ("/classes/", 4, 1),
    ("/classes/beta-blocker/", 4, 1),
    ("/classes/beta-blocker/?after=e03", 4, 1),
    ("/about/", 4, 1),
    ("/disclaimer/", 2, 1),
    ("/emergency/", 2, 1),
    ("/api/v1/monographs", 3, 1),
    ("/llms.txt", 2, 1),
    ("/feed/", 3, 1),
    ("/sitemap.xml", 2, 1),
    ("/sitemap-0.xml", 3, 1),
    ("/robots.txt", 0, 0),
    ("/opensearch.xml", 0, 0),
]
# Whatever else is kept, and how many queries it costs when it is asked for again.
ALSO_KEPT = {
    "/drugs/e00/card.png": 1,
    "/drugs/e00/feed/": 1,
    "/drugs/e00/print/?as=large": 1,
    "/api/v1/monographs/e00": 1,
    "/api/v1/monographs/e00/editions": 1,
    "/api/v1/changes": 1,
    "/api/v1/side-effects": 1,
    "/api/v1/classes": 1,
    "/api/v1/openapi.json": 0,
    "/api/v1/docs": 1,
    "/changes/feed/": 1,
    "/favicon.ico": 0,
    "/apple-touch-icon.png": 0,
    "/sw.js": 0,
    "/manifest.webmanifest": 0,
    "/schema/monograph-3.json": 0,
    "/checkpoints/": 1,
}
# What is asked anew each time, is somebody's own, or has nothing to show before the operator sets it up.
NOT_KEPT = set(
    "healthz readyz metrics monograph-edit api-search report report-thanks shared-text old-address newest-checkpoint "
    "security-txt".split()
)


@pytest.mark.parametrize(("address", "queries", "again"), COSTS)
def test_an_answer_that_was_made_costs_one_query_and_no_work(
    client, search_hits, django_assert_num_queries, monkeypatch, address, queries, again
):
    pages = publish_documents(make_document(slug=f"e{number:02}", title=f"E{number}") for number in range(30))
    search_hits.extend(map(hit, pages))
    memory.clear()
    queried.clear()
    with django_assert_num_queries(queries):
        first = client.get(address)
    assert first.status_code == 200
    monkeypatch.setattr(Template, "render", None)
    monkeypatch.setattr(page_cache, "finish_page", None)
    with django_assert_num_queries(again):
        assert client.get(address).content == first.content


def test_whatever_else_is_kept_costs_one_query_and_no_work(client, django_assert_num_queries, monkeypatch):
    publish_documents([make_document(slug="e00", title="E00")])
    first = {address: client.get(address) for address in ALSO_KEPT}
    monkeypatch.setattr(Template, "render", None)
    monkeypatch.setattr(page_cache, "finish_page", None)
    for address, queries in ALSO_KEPT.items():
        assert first[address].status_code == 200, address
        with django_assert_num_queries(queries, info=address):
            assert client.get(address).content == first[address].content


def test_every_public_address_is_among_those_whose_cost_is_known():
    known = {
        resolve(address.partition("?")[0]).url_name for address in (*(row[0] for row in COSTS), *ALSO_KEPT)
    }
    named = {
        route.name for route in urls.urlpatterns if route.name and not route.name.startswith("api-bulk-")
    }
    assert named - NOT_KEPT == known


def test_a_cdn_may_keep_pages_when_the_operator_says_so(client, settings):
    settings.CDN_SECONDS = 60
    assert client.get("/about/").headers["Cache-Control"] == "max-age=0, s-maxage=60"


def test_every_template_works_with_hashed_static_files(client, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    publication = publish_document()
    publishing.withdraw(publish_document(slug="gone", title="Gone"), reason="Wrong.", by="test")
    for address in (*ADDRESSES, "/drugs/gone/", "/nowhere/"):
        assert client.get(address).status_code in (200, 404, 410)
    page = body(client.get(publication.get_absolute_url()))
    assert re.search(r"/static/drugs/print\.[0-9a-f]{12}\.css", page)
