"""The OpenAPI description of /api/v1/: valid by its standard, true of every answer, never narrower than released."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from drugs import publishing
from drugs.content import markdown
from drugs.http.inline_style import inline_style
from drugs.publishing import merging
from tests.support.builders import make_review, publish_document
from tests.support.openapi_compat import narrowed
from tests.support.public_pages import main_text, strict

pytestmark = pytest.mark.django_db
RELEASED = Path(__file__).with_name("openapi_released.json")


@pytest.fixture
def described(client):
    return client.get("/api/v1/openapi.json").json()


def test_the_description_is_valid_openapi(described):
    from openapi_spec_validator import OpenAPIV31SpecValidator

    assert described["openapi"].startswith("3.1")
    assert not list(OpenAPIV31SpecValidator(described).iter_errors())


def schema_errors(described, path, response):
    answer = described["paths"][path]["get"]["responses"][str(response.status_code)]
    (media,) = answer["content"].values()
    schema = {**media["schema"], "components": described["components"]}
    return [error.message for error in Draft202012Validator(schema).iter_errors(response.json())]


def test_every_answer_is_what_the_description_says(client, described):
    publish_document(review=make_review())
    gone = publish_document(slug="gone", title="Gone", names=())
    twin = publish_document(slug="twin", title="Twin", names=())
    publishing.withdraw(gone, reason="Wrong.", by="test")
    merging.merge(twin.monograph, publish_document(slug="new", title="New", names=()).monograph, by="test")
    asked = {
        "/api/v1/monographs": ("", "?status=withdrawn", "?status=bad"),
        "/api/v1/monographs/{slug}": ("examplol", "gone", "unknown"),
        "/api/v1/monographs/{slug}/editions": ("examplol", "gone", "unknown"),
        "/api/v1/changes": ("", "?since=2026", "?since=1-0123456789ab"),
        "/api/v1/search": ("?q=examplol", "?q=exampol", "?q=took+too+many+examplol", "?q=examplol+pregnancy"),
        "/api/v1/side-effects": ("", "?letter=xx"),
        "/api/v1/classes": ("", "?cursor=%00"),
    }
    assert asked.keys() <= described["paths"].keys()
    for path, endings in asked.items():
        for ending in endings:
            address = path.replace("{slug}", ending) if "{" in path else path + ending
            assert not schema_errors(described, path, client.get(address)), address


def test_a_crisis_is_said_before_the_names(client):
    publish_document()
    data = client.get("/api/v1/search", {"q": "I took too many examplol"}).json()
    assert data["crisis"]["line"] and data["crisis"]["url"].endswith("/emergency/")
    assert client.get("/api/v1/search", {"q": "examplol"}).json()["crisis"] is None


def test_the_search_says_how_sure_a_name_is_and_what_it_quotes(client):
    publish_document()
    assert [hit["hint"] for hit in client.get("/api/v1/search?q=examplol").json()["items"]] == ["same"]
    assert [hit["hint"] for hit in client.get("/api/v1/search?q=exampol").json()["items"]] == ["near"]
    data = client.get("/api/v1/search", {"q": "examplol pregnancy"}).json()
    (answer,) = data["answers"]
    assert "while pregnant" in answer["html"] and answer["status"] == "not_reviewed"
    assert answer["url"].endswith("/drugs/examplol/#pregnancy") and data["disclaimer"]
    (passage,) = client.get("/api/v1/search", {"q": "racing heart"}).json()["passages"]
    assert "racing heart" in passage["text"] and passage["origin"] == "ai_or_crowd"


def test_the_page_of_the_docs_shows_every_address_and_asks_nobody(client, described):
    response = client.get("/api/v1/docs")
    tree, text = strict(response), main_text(response)
    for path, methods in described["paths"].items():
        assert path in text and markdown.plain(methods["get"]["summary"]) in text
    assert not [one for one in tree.iter("script") if not one.get("src", "/static/").startswith("/static/")]
    assert {style.text for style in tree.iter("style")} == {inline_style()}
    assert "Access-Control-Allow-Origin" not in response.headers


def test_nothing_is_lost_or_narrowed_against_what_was_released(described):
    """Whoever releases copies /api/v1/openapi.json there. Adding is always allowed."""
    assert list(narrowed(json.loads(RELEASED.read_text()), described)) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("paths", "/api/v1/changes"), None),
        (("components", "schemas", "Row", "properties", "sha256"), None),
        (("components", "parameters", "letter", "schema", "enum"), ["a"]),
        (("components", "parameters", "q", "required"), True),
        (("components", "parameters", "q", "schema", "pattern"), "^x$"),
        (("components", "schemas", "Row", "required"), ["slug"]),
        (("components", "schemas", "Change", "properties", "edition", "type"), "string"),
    ],
)
def test_each_way_to_break_programs_is_found(described, path, value):
    changed = json.loads(json.dumps(described))
    *parents, last = path
    part = changed
    for key in parents:
        part = part[key]
    if value is None:
        del part[last]
    else:
        part[last] = value
    assert list(narrowed(described, changed))
