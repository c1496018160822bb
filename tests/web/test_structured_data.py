"""Structured data (JSON-LD): in the vocabulary's own terms, and nothing that readers are not told."""

import datetime
import json
import re
from pathlib import Path

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings

from drugs import publishing
from drugs.content import FAQ, DrugClass, Name, Reference, Section
from drugs.web import structured_data
from tests.support.builders import make_document, make_review, publish_document
from tests.support.examples import examples
from tests.support.public_pages import edit, main_text
from tests.support.strategies import documents

VOCABULARY = json.loads((Path(__file__).parent / "schema_org.json").read_text())
TYPES, PROPERTIES = VOCABULARY["types"], VOCABULARY["properties"]
ADDRESS = "http://127.0.0.1:8000/drugs/examplol/"


def data_of(response):
    """The linked data of a page, as a browser's parser and a reader of JSON find it."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(response.content.decode())
    (script,) = [one for one in tree.iter("script") if one.get("type") == "application/ld+json"]
    return json.loads("".join(script.itertext()))


def page_of(response):
    return data_of(response)["@graph"][0]


def is_a(kind, wanted):
    return kind == wanted or any(is_a(parent, wanted) for parent in TYPES[kind])


def fits(value, kind):
    """Whether the vocabulary accepts `value` where it asks for `kind`."""
    if isinstance(value, dict):
        return set(value) == {"@id"} or kind in TYPES and is_a(value["@type"], kind)
    if isinstance(value, int):
        return kind in ("Number", "Integer")
    if kind == "Date":
        # A year alone is a date of ISO 8601 too.
        return bool(re.fullmatch(r"\d{4}(-\d\d-\d\d)?", value)) and bool(
            datetime.date.fromisoformat(f"{value}-01-01"[:10])
        )
    return kind == "Text" or kind == "URL" and value.startswith("http")


def refuse_what_the_vocabulary_does_not_know(node):
    for name, values in node.items():
        if name in ("@id", "@type"):
            continue
        known = PROPERTIES[name]
        assert any(is_a(node["@type"], domain) for domain in known["domain"] if domain in TYPES), name
        for value in values if isinstance(values, list) else [values]:
            assert any(fits(value, kind) for kind in known["range"]), (name, value)
            if isinstance(value, dict) and "@type" in value:
                refuse_what_the_vocabulary_does_not_know(value)


SAFETY = (
    Section("overdose", "", "Call for help:\n\n* at **once**\n* whatever the dose"),
    Section("food_alcohol", "", "Do not drink alcohol."),
)


@pytest.mark.django_db
def test_every_term_is_used_as_schema_org_defines_it(client):
    names = [Name(f"Name {kind}", kind) for kind in ("generic", "brand", "synonym", "abbreviation")]
    publish_document(
        names=tuple(names),
        ingredients=("Aol", "Bol"),
        classes=(DrugClass("Beta blockers", "C07AB99"),),
        sections=(*make_document().sections, *SAFETY),
        references=(
            Reference("XAMP", "Some Labs", "https://x.test/", country="US", version="7", date="2026-03-01"),
        ),
        review=make_review(),
    )
    data = data_of(client.get("/drugs/examplol/"))
    assert data["@context"] == "https://schema.org"
    page, questions = data["@graph"]
    for node in (page, questions):
        refuse_what_the_vocabulary_does_not_know(node)
    assert (page["@type"], page["about"]["@type"], questions["@type"]) == (
        "MedicalWebPage",
        "Drug",
        "FAQPage",
    )
    publish_document(slug="second", title="Second")
    unreviewed = page_of(client.get("/drugs/second/"))
    refuse_what_the_vocabulary_does_not_know(unreviewed)
    used = set(re.findall(r'"(\w+)":', json.dumps([data, unreviewed])))
    assert used == set(PROPERTIES), "the test's vocabulary holds what pages use, and nothing else"


@pytest.mark.django_db
def test_nothing_is_said_that_readers_are_not_told(client):
    names = (Name("Xamp", "brand"), Name("Exampel", "misspelling"), Name("Examplolum", "generic"))
    publish_document(
        names=names, ingredients=("Aol", "Bol"), classes=(DrugClass("Beta blockers", "C07AB99"),)
    )
    response = client.get("/drugs/examplol/")
    data, shown = data_of(response), main_text(response)
    for text in texts(data["@graph"]):
        assert (
            re.sub("<.*?>", "", text) in shown or text.startswith("http://127.0.0.1:8000/") or text in OURS
        ), text
    assert "Exampel" not in json.dumps(data)


# The language of the page, its day in figures, and its sentence, which is two of the page's own together.
OURS = {
    *("2024", "ATC", "C07AB99", "Patient", "MedInfo"),  # codes, whom the page is for, and whose it is
    *("en", datetime.datetime.now(datetime.UTC).date().isoformat()),
    "Not yet reviewed by a clinician. It lowers high blood pressure.",
}


def texts(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner) if key != "@type" else ()
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, str):
        yield value


@pytest.mark.django_db
def test_a_current_review_is_named_with_its_day(client):
    publish_document(review=make_review())
    page = page_of(client.get("/drugs/examplol/"))
    assert page["lastReviewed"] == "2026-11-22"
    assert page["reviewedBy"] == {"@type": "Person", "name": "Pat Doe", "jobTitle": "pharmacist"}
    assert "creativeWorkStatus" not in page
    assert page["description"] == "It lowers high blood pressure."


@pytest.mark.django_db
def test_a_page_without_a_review_of_its_very_text_claims_none(client):
    publish_document()
    page = page_of(client.get("/drugs/examplol/"))
    assert page["creativeWorkStatus"] == "Not yet reviewed by a clinician."
    assert "lastReviewed" not in page and "reviewedBy" not in page

    day = make_review().on.replace(year=2018)
    publish_document(slug="old", title="Old", review=make_review(on=day, due=day.replace(year=2020)))
    page = page_of(client.get("/drugs/old/"))
    assert page["creativeWorkStatus"] == "The review of this page is overdue."
    assert "lastReviewed" not in page and "reviewedBy" not in page

    kept = publish_document(slug="kept", title="Kept", review=make_review())
    edit(kept, title="Kept", names=(Name("Xomp", "brand"),))
    publishing.publish(
        kept.monograph, by="test", kind="names", note="A brand that the reviewer has not seen."
    )
    page = page_of(client.get("/drugs/kept/"))
    assert page["version"] == 2 and page["about"]["proprietaryName"] == ["Xomp"]
    assert "lastReviewed" not in page and "reviewedBy" not in page


@pytest.mark.django_db
def test_questions_have_the_answers_of_the_page_and_no_others(client):
    doses = "* adults: 10 mg\n* children: 5 mg"
    publish_document(faqs=(FAQ("Is *it* safe?", doses), FAQ("Unanswered?")))
    questions = data_of(client.get("/drugs/examplol/"))["@graph"][1]
    assert questions["@id"] == ADDRESS + "#faqs" and questions["isPartOf"] == {"@id": ADDRESS}
    (question,) = questions["mainEntity"]
    assert question["name"] == "Is it safe?"
    assert question["acceptedAnswer"]["text"] == "- adults: 10 mg\n- children: 5 mg"
    publish_document(slug="second", title="Second", faqs=())
    assert len(data_of(client.get("/drugs/second/"))["@graph"]) == 1


@pytest.mark.django_db
def test_warnings_are_said_of_reviewed_pages_only(client):
    sections = (*make_document().sections, *SAFETY, Section("overdose", "", "Of the tablets.", "Aol"))
    parts = {"sections": sections, "ingredients": ("Aol", "Bol")}
    publish_document(review=make_review(), **parts)
    drug = page_of(client.get("/drugs/examplol/"))["about"]
    assert drug["overdosage"] == "Call for help:\n- at once\n- whatever the dose\nAol: Of the tablets."
    assert drug["alcoholWarning"] == "Do not drink alcohol."
    assert (drug["warning"], drug["pregnancyWarning"]) == (
        "Do not stop it suddenly.",
        "Ask your doctor before you take it while pregnant.",
    )
    publish_document(slug="second", title="Second", names=(), **parts)
    unreviewed = page_of(client.get("/drugs/second/"))["about"]
    assert not {"overdosage", "alcoholWarning", "warning", "pregnancyWarning"} & unreviewed.keys()


@pytest.mark.django_db
def test_references_codes_and_publisher_are_said(client):
    classes = (
        DrugClass("Beta blockers", "C07"),
        DrugClass("Examplol and others", "C07AB99"),
        DrugClass("Pills"),
    )
    reference = Reference("Leaflet", "Agency", "https://example.org/a", 2024)
    publish_document(classes=classes, references=(reference,))
    page = page_of(client.get("/drugs/examplol/"))
    code = {"@type": "MedicalCode", "codingSystem": "ATC"}
    assert page["about"]["code"] == [{**code, "codeValue": "C07AB99"}]
    assert [item.get("code", {}).get("codeValue") for item in page["about"]["drugClass"]] == [
        "C07",
        "C07AB99",
        None,
    ]
    (cited,) = page["citation"]
    assert (cited["name"], cited["url"], cited["datePublished"]) == (
        "Leaflet",
        "https://example.org/a",
        "2024",
    )
    assert cited["publisher"] == {"@type": "Organization", "name": "Agency"}
    assert page["publisher"]["name"] == "MedInfo" and page["audience"]["audienceType"] == "Patient"


@pytest.mark.django_db
def test_old_editions_and_other_pages_are_no_medical_web_pages(client):
    publish_document()
    for address in ("/", "/drugs/examplol/history/1/", "/drugs/examplol/history/", "/nowhere/"):
        assert b"ld+json" not in client.get(address).content


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--<script>", "a\u2028b\u2029c & d"]
)
def test_no_text_ends_the_element_that_carries_it(text):
    html = structured_data.to_html({"name": text})
    assert not re.search("[<>&\u2028\u2029]", html)
    assert json.loads(html) == {"name": text}


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(document=documents())
def test_any_document_can_be_said_in_the_vocabulary(document):
    parts = structured_data.document_data(document)
    for node in (parts["about"], *parts["questions"]):
        refuse_what_the_vocabulary_does_not_know(node)
    assert json.loads(structured_data.to_html(parts)) == parts


@pytest.mark.django_db
def test_a_link_preview_begins_with_what_the_page_begins_with(client):
    publish_document(make_document(title='Ex"><b>'))
    html = client.get("/drugs/examplol/").content.decode()
    described = "Not yet reviewed by a clinician. It lowers high blood pressure."
    assert f'<meta name="description" property="og:description" content="{described}">' in html
    for name, value in {
        "title": "Ex&quot;&gt;&lt;b&gt;",
        "type": "article",
        "url": ADDRESS,
        "site_name": "MedInfo",
        "image": "http://127.0.0.1:8000/drugs/examplol/card.png?1",
    }.items():
        assert f'<meta property="og:{name}" content="{value}">' in html
