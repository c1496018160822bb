"""Shapes of a page for programs: status, disclaimer and licence in each, urgency in words, errors in their type."""

import json
from datetime import date

import pytest
import yaml
from django.db import OperationalError

from drugs import publishing
from drugs.content import Name
from drugs.formats.page.writer import write_page
from drugs.models import SiteText
from drugs.web import lookup, monograph_filters
from drugs.web.views import monographs
from tests.support.builders import make_document, make_review, publish_document
from tests.support.public_pages import body

pytestmark = pytest.mark.django_db


def markdown_of(client):
    front, text = body(client.get("/drugs/examplol.md")).removeprefix("---\n").split("---\n", 1)
    return yaml.safe_load(front), text


def test_unreviewed_markdown_says_so_before_all_else(client):
    publish_document()
    front, text = markdown_of(client)
    title, quoted = text.split("\n\n")[:2]
    assert title == "# Examplol"
    assert quoted.startswith("> Not yet reviewed by a clinician. ") and "not medical advice" in quoted
    assert (front["status"], front["edition"], front["origin"]) == ("not_reviewed", 1, make_document().origin)
    assert "not medical advice" in front["disclaimer"]


@pytest.mark.parametrize(
    ("dates", "status", "said"),
    [
        ({}, "reviewed", "the next review is due on 2029-"),
        (
            {"on": date(2018, 5, 1), "due": date(2020, 5, 1)},
            "overdue",
            "was due on 2020-05-01 and is overdue",
        ),
    ],
)
def test_markdown_names_the_review_and_when_it_is_due(client, dates, status, said):
    review = make_review(**dates)
    publish_document(review=review)
    front, text = markdown_of(client)
    assert (front["status"], front["reviewed_by"], front["reviewed_on"]) == (status, "Pat Doe", review.on)
    quoted = text.split("\n\n")[1]
    assert "Pat Doe" in quoted and said in quoted


def test_markdown_says_urgency_in_words_not_marks(client):
    publish_document()
    _, text = markdown_of(client)
    assert "**Swelling of the face**: Call for help now. {rare}" in text
    assert "emergency}" not in text


def test_markdown_has_no_misspellings(client):
    names = (*make_document().names, Name("Exampullol", "misspelling"))
    publish_document(names=names)
    assert "Exampullol" not in body(client.get("/drugs/examplol.md"))
    assert "Exampullol" in write_page(make_document(names=names))  # files to be imported keep them


def test_the_quoted_line_stays_one_line(client):
    publish_document()
    SiteText.objects.update_or_create(key="disclaimer_short", defaults={"body": "One.\n\n# Two"})
    _, text = markdown_of(client)
    assert "> Not yet reviewed by a clinician. One. # Two\n" in text


def test_every_shape_says_licence_and_attribution(client, settings):
    publish_document()
    data = client.get("/drugs/examplol.json").json()
    assert (data["licence"], data["attribution"]) == ("no licence stated", "")
    assert markdown_of(client)[0]["licence"] == "no licence stated"
    settings.LICENCE, settings.ATTRIBUTION = "CC BY 4.0", "A clinic: texts"
    data, (front, _) = client.get("/drugs/examplol.json").json(), markdown_of(client)
    for shape in (data, front):
        assert (shape["licence"], shape["attribution"]) == ("CC BY 4.0", "A clinic: texts")


@pytest.mark.parametrize("address", ["/drugs/unknown.json", "/drugs/NO.json"])
def test_unknown_json_is_answered_in_json(client, address):
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (404, "application/json")
    assert json.loads(response.content) == {"error": "There is no medicine at this address."}


def test_unknown_markdown_is_answered_as_markdown(client):
    response = client.get("/drugs/unknown.md")
    assert (response.status_code, response.headers["Content-Type"]) == (404, "text/markdown; charset=utf-8")
    assert body(response) == "There is no medicine at this address.\n"


def test_llms_txt_says_what_must_go_with_the_texts(client, settings):
    settings.ATTRIBUTION = "A clinic"
    response = client.get("/llms.txt")
    text = body(response)
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert text.startswith("# MedInfo\n\n> ") and "not medical advice" in text
    assert "must not\n  quote doses" in text
    assert "Licence: no licence stated" in text and "Attribution: A clinic" in text
    publish_document()
    assert client.get("/api/v1/monographs").status_code == 200
    assert "(http://127.0.0.1:8000/api/v1/monographs)" in text
    assert "http://127.0.0.1:8000/drugs/<slug>.md" in text


def test_withdrawn_markdown_says_when_and_why_in_its_own_type(client):
    publishing.withdraw(publish_document(), reason='Wrong: "dose".\nAnd old.', by="test")
    response = client.get("/drugs/examplol.md")
    assert (response.status_code, response.headers["Content-Type"]) == (410, "text/markdown; charset=utf-8")
    front = yaml.safe_load(body(response).split("---\n")[1])
    assert (front["status"], front["withdrawn_reason"]) == ("withdrawn", 'Wrong: "dose".\nAnd old.')
    assert "> This page was withdrawn." in body(response)


@pytest.mark.parametrize(
    ("address", "kind"), [("/api/v1/monographs", "application/json"), ("/drugs/examplol.md", "text/markdown")]
)
def test_programs_hear_in_their_type_that_the_database_is_away(client, monkeypatch, address, kind):
    def away(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr(lookup, "find_publication", away)
    monkeypatch.setattr(monographs, "find_publication", away)
    monkeypatch.setattr(monograph_filters, "pages", away)
    response = client.get(address)
    assert response.status_code == 503 and response.headers["Content-Type"].startswith(kind)
    assert response.headers["Access-Control-Allow-Origin"] == "*" and response.headers["Retry-After"] == "30"
