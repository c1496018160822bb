"""Labels that a page was checked against: said to readers, in Markdown, JSON, JSON-LD and history, from references."""

import json
import re

import pytest

from drugs.content import Reference, SideEffect
from drugs.web.checked_against import label_facts
from tests.support.builders import publish_again, publish_document
from tests.support.public_pages import main_text

pytestmark = pytest.mark.django_db
LABEL = Reference(
    "XAMP <b>_forte_</b>",
    "Some Labs",
    "https://labels.example.org/7",
    country="US",
    version="7",
    date="2026-03-01",
    locator="6 ADVERSE REACTIONS",
    source="dailymed",
    set_id="0f1e",
)


def publish(**changes):
    effects = (SideEffect("Yawning", reference=2), SideEffect("Hiccups"))
    return publish_document(side_effects=effects, references=(Reference("A handbook"), LABEL), **changes)


def test_readers_see_which_labels_a_page_was_checked_against(client):
    publish()
    response = client.get("/drugs/examplol/")
    said = " ".join(main_text(response).split())
    assert (
        "Checked against: XAMP <b>_forte_</b>. Some Labs United States, version 7, 1 March 2026, 6 ADVERSE REACTIONS"
        in said
    )
    assert "Checked against: A handbook" not in said
    assert (
        '<a href="https://labels.example.org/7" rel="noopener noreferrer">XAMP &lt;b&gt;'
        in response.content.decode()
    )
    assert "Yawning (source 2)" in said and "Hiccups (source" not in said


def test_an_old_edition_says_its_own_label_version(client):
    publish_again(publish(), references=(Reference("XAMP", version="8"),))
    said = " ".join(main_text(client.get("/drugs/examplol/history/1/")).split())
    assert "version 7, 1 March 2026" in said
    assert "version 8" in " ".join(main_text(client.get("/drugs/examplol/")).split())


def test_programs_are_told_the_labels_too(client):
    publish()
    data = client.get("/drugs/examplol.json").json()
    assert data["schema"] == 3 and data["references"][1]["set_id"] == "0f1e"
    assert data["side_effects"][0]["reference"] == 2 and "reference" not in data["side_effects"][1]
    text = client.get("/drugs/examplol.md").content.decode()
    assert "## Checked against\n" in text
    assert r"* XAMP \<b\>\_forte\_\</b\>, Some Labs, United States, version 7, 1 March 2026," in text
    page = client.get("/drugs/examplol/").content.decode()
    linked = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert linked["@graph"][0]["citation"][1:] == [
        {
            "@type": "CreativeWork",
            "name": LABEL.title,
            "publisher": {"@type": "Organization", "name": "Some Labs"},
            "url": LABEL.url,
            "version": "7",
            "datePublished": "2026-03-01",
            "spatialCoverage": {"@type": "Country", "name": "United States"},
        }
    ]


def test_a_page_without_labels_was_checked_against_none(client):
    publish_document(references=(Reference("A handbook"),))
    page = client.get("/drugs/examplol/").content.decode()
    assert "Checked against" not in page
    assert "Checked against" not in client.get("/drugs/examplol.md").content.decode()


def test_facts_of_a_label_say_no_more_than_the_reference():
    assert label_facts(Reference("XAMP", country="EU", date="2026-03")) == ["European Union", "2026-03"]
    assert label_facts(Reference("XAMP", country="JP", version="x")) == ["JP", "version x"]
