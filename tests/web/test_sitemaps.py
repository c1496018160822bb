"""Sitemaps: what search engines may list, however many pages there are."""

import xml.etree.ElementTree as ET

import pytest

from drugs.caching.backends import memory
from drugs.models import Publication
from drugs.web.views import sitemaps
from tests.support.builders import make_review, publish_document
from tests.support.public_pages import body

pytestmark = pytest.mark.django_db
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def listed(client, address):
    root = ET.fromstring(client.get(address).content)
    return {row.find(f"{NAMESPACE}loc").text: row.find(f"{NAMESPACE}lastmod").text for row in root}


def walk(client):
    """Every address of every file that the index names."""
    files = listed(client, "/sitemap.xml")
    return [list(listed(client, address.removeprefix("http://127.0.0.1:8000"))) for address in files]


def test_no_file_is_longer_than_allowed_and_every_page_is_in_one(client, monkeypatch):
    assert sitemaps.FILE <= 50_000
    monkeypatch.setattr(sitemaps, "FILE", 3)
    slugs = [f"e{number}" for number in range(8)]
    for slug in slugs:
        publish_document(slug=slug, title=f"E {slug}", review=make_review())
    files = walk(client)
    assert len(files) >= 3 and all(0 < len(file) <= 3 for file in files)
    assert sum(files, []) == [f"http://127.0.0.1:8000/drugs/{slug}/" for slug in slugs]


def test_an_empty_sitemap_file_is_not_named_and_the_others_stay(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "FILE", 1)
    for slug in ("ea", "eb", "ec"):
        publish_document(slug=slug, title=slug.title(), review=make_review())
    before = listed(client, "/sitemap.xml")
    memory.clear()
    Publication.objects.filter(slug="eb").update(review_due="2020-01-01")
    after = listed(client, "/sitemap.xml")
    assert len(before) == 3 and len(after) == 2
    assert set(after) < set(before)


def test_a_file_says_when_its_newest_page_was_published(client):
    publication = publish_document(review=make_review())
    (day,) = listed(client, "/sitemap.xml").values()
    assert listed(client, f"/sitemap-{publication.pk // sitemaps.FILE}.xml") == {
        "http://127.0.0.1:8000/drugs/examplol/": day
    }
    assert day == publication.published_at.isoformat(timespec="seconds")


def test_the_index_and_a_file_cost_one_query_beside_the_state(client, django_assert_num_queries):
    for number in range(30):
        publish_document(slug=f"e{number}", title=f"E{number}", review=make_review())
    file = f"/sitemap-{Publication.objects.first().pk // sitemaps.FILE}.xml"
    for address in ("/sitemap.xml", file):
        with django_assert_num_queries(2):
            client.get(address)


@pytest.mark.parametrize("unreviewed", [False, True])
def test_the_sitemap_lists_reviewed_pages_only_unless_told_all(client, settings, unreviewed):
    settings.INDEX_UNREVIEWED = unreviewed
    publish_document()
    publish_document(slug="eol", title="Eol", review=make_review())
    text = body(client.get("/sitemap-0.xml"))
    assert "http://127.0.0.1:8000/drugs/eol/" in text
    assert ("/drugs/examplol/" in text) is unreviewed
    assert "http://127.0.0.1:8000/sitemap-0.xml" in body(client.get("/sitemap.xml"))
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in body(client.get("/robots.txt"))
