"""Record of an edition: a stranger computes it anew from the JSON that everybody gets, and nothing else."""

import hashlib
import json

import pytest
from django.core.management import call_command

from drugs import desk, publishing
from drugs.content import Name
from drugs.models import Edition
from tests.support.builders import make_document, make_review, publish_document

pytestmark = pytest.mark.django_db


def sha256(value):
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text, hashlib.sha256(text.encode()).hexdigest()


def recomputed(data):
    """Both hashes of an edition, by the rules that the JSON Schema of the site gives; nothing of the site is asked."""
    edition = dict(data.pop("edition"))
    for name in ("source", "status", "disclaimer", "licence", "attribution", "withdrawals"):
        data.pop(name)
    document, digest = sha256(data)
    edition.pop("record")
    return digest, sha256({"monograph": data["slug"], "document": document, **edition})[1]


@pytest.fixture
def publication():
    publication = publish_document(title="Examplol „forte“ 😀", note="\u2028 „First“")
    desk.write(make_document(title="Examplol extra"), by="ed", monograph=publication.monograph)
    review = make_review(by="Pat Doe", role="pharmacist")
    publishing.publish(publication.monograph, by="rey", kind="evidence", note="New.", review=review)
    return publication


def test_the_json_of_a_page_holds_what_its_record_is_made_of(client, publication):
    for number in (2, 3):
        data = client.get("/drugs/examplol.json").json()
        edition = Edition.objects.get(number=number)
        assert data["edition"]["record"] == edition.record and data["edition"]["published_by"] == "rey"
        assert recomputed(data) == (edition.sha256, edition.record)
        more = make_document(
            title="Examplol extra", names=(*make_document().names, Name("Exampol", "misspelling"))
        )
        desk.write(more, by="ed", monograph=publication.monograph)
        if number == 2:
            publishing.publish(publication.monograph, by="rey", kind="names", note="A name.")
    assert client.get("/drugs/examplol.json").json()["edition"]["review_of"] == 2


def test_exported_lines_hold_it_too_whatever_the_time_zone(publication, tmp_path, settings):
    settings.TIME_ZONE = "Asia/Kolkata"
    call_command("export_monographs", tmp_path / "all.ndjson")
    (line,) = (tmp_path / "all.ndjson").read_text().splitlines()
    edition = Edition.objects.get(number=2)
    assert recomputed(json.loads(line)) == (edition.sha256, edition.record)


def test_the_rule_is_part_of_the_published_schema(client):
    edition = client.get("/schema/monograph-1.json").json()["properties"]["edition"]["anyOf"][0]
    names = set(edition["properties"])
    rule = edition["properties"]["record"]["description"]
    assert all(name in rule for name in names - {"record"})
