"""JSON Schema of the JSON record: every export fits it, and what no document may hold does not."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from drugs import publishing
from drugs.content import Document, DocumentError
from drugs.formats import json_record, json_schema, read
from drugs.import_export import export
from medinfo.start import ROOT
from tests.support.builders import make_document, make_monograph, make_review, publish_document
from tests.support.examples import examples
from tests.support.strategies import documents

ADDRESS = "http://127.0.0.1:8000/schema/monograph-3.json"


def closed(schema):
    """The same schema, in which no object may have a key that it does not describe."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    shut = {key: closed(part) for key, part in schema.items()}
    return {**shut, "additionalProperties": False} if schema.get("type") == "object" else shut


STRICT = Draft202012Validator(closed(json_schema.build(ADDRESS)))


def validate(exported):
    data = json.loads(
        json_record.as_line(exported, json_record.Terms("Not medical advice.", "no licence stated", ""))
    )
    STRICT.validate(data)
    return data


def on_the_desk(document):
    return json_record.Exported(document, None, None, None, ())


@pytest.mark.django_db
def test_the_json_schema_is_at_the_address_that_json_pages_name(client):
    response = client.get("/schema/monograph-3.json")
    assert response.headers["Content-Type"] == "application/schema+json"
    schema = response.json()
    assert schema["$id"] == ADDRESS
    Draft202012Validator.check_schema(schema)
    publish_document()
    page = client.get("/drugs/examplol.json")
    assert f'<{ADDRESS}>; rel="describedby"' in page.headers["Link"]
    Draft202012Validator(schema).validate(page.json())


@pytest.mark.django_db
def test_every_export_fits_the_schema_key_by_key(client):
    publish_document(review=make_review())
    gone = publish_document(slug="gone", title="Gone")
    publishing.withdraw(gone, reason="Wrong.", by="test")
    publishing.restore(gone.edition, by="test", note="Right after all.")
    publishing.withdraw(gone, reason="Wrong.", by="test")
    make_monograph(slug="desk", title="Desk")
    statuses = [validate(one)["status"] for one in (*export.editions(), *export.desks())]
    assert sorted(statuses) == ["not_reviewed", "reviewed", "reviewed", "withdrawn", "withdrawn"]
    STRICT.validate(client.get("/drugs/examplol.json").json())


@pytest.mark.django_db
def test_json_names_each_withdrawal_also_of_a_page_that_came_back(client):
    publication = publish_document()
    assert client.get("/drugs/examplol.json").json()["withdrawals"] == []
    at = publishing.withdraw(publication, reason="A dose was wrong.", by="test").withdrawn_at.isoformat()
    gone = {"withdrawn_at": at, "reason": "A dose was wrong.", "returned_at": None}
    assert client.get("/drugs/examplol.json").json()["withdrawals"] == [gone]
    back = publishing.restore(
        publication.edition, by="test", note="Right after all."
    ).published_at.isoformat()
    (withdrawal,) = client.get("/drugs/examplol.json").json()["withdrawals"]
    assert withdrawal == {**gone, "withdrawn_at": withdrawal["withdrawn_at"], "returned_at": back}
    for exported in (*export.editions(), *export.desks()):
        assert validate(exported)["withdrawals"] == [withdrawal]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "fixtures" / "monographs").glob("*.md")), ids=lambda p: p.stem
)
def test_the_pages_that_ship_fit_the_json_schema(path):
    validate(on_the_desk(read(path.read_bytes(), stem=path.stem).document))


@settings(max_examples=examples(80), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(document=documents())
def test_any_document_fits_the_json_schema(document):
    validate(on_the_desk(document))


def test_real_pages_fit_the_json_schema(corpus):
    for path in sorted((corpus / "pages").rglob("*.md")):
        validate(on_the_desk(read(path.read_bytes(), stem=path.stem).document))


BROKEN = {
    "schema": 4,
    "slug": "Examplol",
    "title": "",
    "language": "English!",
    "origin": "hearsay",
    "names.0.kind": "nickname",
    "names.0.text": "two\nlines",
    "classes.0.atc": "C07AB02C07AB02",
    "ingredients": [""],
    "sections.0.kind": "dreams",
    "sections.0.body": "x" * 50_001,
    "sections.1.body": "turned \u202e round",
    "sections": [],
    "side_effects.0.name": "**bold**",
    "side_effects.0.group": "many",
    "side_effects.0.frequency": "often",
    "side_effects.0.urgency": "soon",
    "side_effects.0.label": "a\tb",
    "faqs.0.question": "x" * 2_001,
    "faqs.0.answer": 5,
    "references.0.url": "javascript:alert(1)",
    "references.0.year": 1066,
    "references.0.accessed_on": "yesterday",
}


@pytest.mark.parametrize("place", BROKEN)
def test_what_no_document_may_hold_does_not_fit_the_json_schema(place):
    data = validate(on_the_desk(make_document()))
    broken = copy.deepcopy(data)
    *path, last = [int(key) if key.isdigit() else key for key in place.split(".")]
    inner = broken
    for key in path:
        inner = inner[key]
    inner[last] = BROKEN[place]
    assert not STRICT.is_valid(broken)
    with pytest.raises(DocumentError):
        Document.from_dict(broken)


def test_a_missing_key_does_not_fit_the_json_schema():
    data = validate(on_the_desk(make_document()))
    for key in data:
        assert not STRICT.is_valid({name: value for name, value in data.items() if name != key}), key
