"""Data for programs under /api/v1/: the list of pages, one page, errors, methods, and other sites' scripts."""

import gzip
import json

import pytest
from django.test import Client

from drugs import publishing
from drugs.content import DrugClass
from drugs.web import monograph_filters
from tests.support.builders import make_review, publish_again, publish_document

pytestmark = pytest.mark.django_db
LIST = "/api/v1/monographs"


def test_the_list_says_status_review_and_terms(client):
    publish_document()
    publish_document(slug="second", title="Second", names=(), review=make_review())
    data = client.get(LIST).json()
    first, second = data["items"]
    assert (first["slug"], first["status"], first["edition"]) == ("examplol", "not_reviewed", 1)
    assert (second["status"], second["reviewed_by"]) == ("reviewed", "Pat Doe")
    assert first["origin"] and first["language"] == "en" and first["url"].endswith("/drugs/examplol/")
    assert "not medical advice" in data["disclaimer"]
    assert (data["licence"], data["attribution"], data["next"]) == ("no licence stated", "", None)


def test_cursors_lead_through_all_pages_once(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(monograph_filters, "PAGE", 2)
    slugs = ["a", "b", "c", "d", "e"]
    for slug in slugs:
        publish_document(slug=slug, title=slug.upper() * 5, names=())
    seen, cursor = [], ""
    while cursor is not None:
        with django_assert_num_queries(3):  # the state, the rows, and the site's disclaimer
            data = client.get(LIST, {"cursor": cursor}).json()
        seen += [item["slug"] for item in data["items"]]
        cursor = data["next"]
    assert seen == slugs


def test_a_withdrawn_page_leaves_the_list_and_is_410(client):
    publishing.withdraw(publish_document(), reason="Wrong.", by="test")
    assert client.get(LIST).json()["items"] == []
    response = client.get(f"{LIST}/examplol")
    assert (response.status_code, response.json()["withdrawn_reason"]) == (410, "Wrong.")


def test_one_page_is_the_json_of_its_page(client):
    publish_document()
    assert client.get(f"{LIST}/examplol").json() == client.get("/drugs/examplol.json").json()


def test_one_page_is_compressed_once(client):
    publish_document()
    response = client.get(f"{LIST}/examplol", headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(response.content))["slug"] == "examplol"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("?cursor=%00", 400),
        ("?cursor=" + "x" * 9999, 400),
        ("/unknown", 404),
        ("/NO!", 404),
        ("/examplol/nothing", 404),
        ("?page=x", 200),
    ],
)
def test_errors_are_sentences_in_json(client, path, status):
    response = client.get(LIST + path)
    assert response.status_code == status
    if status != 200:
        assert response.json()["error"].endswith(".")
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_other_methods_are_405_with_allow(method):
    for address in (LIST, "/drugs/examplol.json", "/drugs/examplol.md"):
        response = getattr(Client(enforce_csrf_checks=True), method)(address)
        assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_other_sites_may_read_data_and_nothing_else(client):
    publish_document()
    shapes = [client.get(f"/drugs/examplol.{shape}") for shape in ("json", "md")]
    for response in (client.get(LIST), client.options(LIST), client.get(f"{LIST}/unknown"), *shapes):
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    for address in ("/", "/drugs/examplol/", "/report/examplol/", "/admin/login/"):
        assert "Access-Control-Allow-Origin" not in client.get(address).headers


def test_scripts_of_other_sites_may_keep_a_copy_by_its_etag(client):
    asked = client.options(LIST, headers={"Access-Control-Request-Headers": "if-none-match"})
    assert asked.headers["Access-Control-Allow-Headers"] == "If-None-Match"
    tag = client.get(LIST).headers["ETag"]
    unchanged = client.get(LIST, headers={"If-None-Match": tag})
    for response in (client.get(LIST), unchanged):
        assert "ETag" in response.headers["Access-Control-Expose-Headers"]


def test_an_unchanged_list_is_304(client):
    publish_document()
    tag = client.get(LIST).headers["ETag"]
    assert client.get(LIST, headers={"If-None-Match": tag}).status_code == 304


def test_the_side_effects_and_classes_are_counted(client):
    publish_document()
    publish_document(slug="second", title="Second", names=(), classes=(DrugClass("Beta blockers", "C07"),))
    effects = client.get("/api/v1/side-effects").json()
    assert [(item["name"], item["pages"]) for item in effects["items"]] == [
        ("Swelling of the face", 2),
        ("Tiredness", 2),
    ]
    assert effects["items"][1]["url"].endswith("/side-effects/tiredness/") and effects["next"] is None
    (item,) = client.get("/api/v1/classes", {"letter": "b"}).json()["items"]
    assert (item["slug"], item["atc"], item["pages"]) == ("beta-blocker", "C07", 2)
    cursor = {"cursor": "swelling-of-the-face"}
    assert client.get("/api/v1/side-effects", cursor).json()["items"] == effects["items"][1:]
    assert client.get("/api/v1/classes", {"letter": "bb"}).status_code == 400


def test_the_editions_of_a_page_stay_when_it_is_withdrawn(client):
    page = publish_document()
    publish_again(page, kind="safety", note="Shorter.", review=make_review(), faqs=())
    publishing.withdraw(page, reason="Wrong.", by="test")
    address = f"{LIST}/examplol/editions"
    data = client.get(address).json()
    newest, first = data["items"]
    assert (newest["number"], newest["note"], newest["reviewed_by"]) == (2, "Shorter.", "Pat Doe")
    assert newest["previous"] == first["record"] and newest["url"].endswith("/drugs/examplol/history/2/")
    assert data["status"] == "withdrawn" and data["withdrawals"][0]["reason"] == "Wrong."
    assert [item["number"] for item in client.get(address, {"cursor": "2"}).json()["items"]] == [1]
    assert client.get(address, {"cursor": "x"}).status_code == 400
    assert client.get(f"{LIST}/unknown/editions").status_code == 404
