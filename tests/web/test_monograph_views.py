"""Views of a drug: status and review, the page's parts, JSON, Markdown, old editions, withdrawal, old addresses."""

import pytest
from django.utils.translation import override

from drugs import publishing
from drugs.content import Document, Name
from drugs.models import Publication, SiteText
from drugs.web import page_state
from tests.support.builders import make_document, make_monograph, make_review, publish_document
from tests.support.public_pages import body, edit, main_text, strict

pytestmark = pytest.mark.django_db


def test_an_unreviewed_page_says_so_at_its_top_with_its_origin(client):
    publish_document()
    response = client.get("/drugs/examplol/")
    text = main_text(response)
    assert "Not yet reviewed by a clinician. This text was AI-generated or crowd-sourced" in text
    assert text.index("Not yet reviewed") < text.index("Do not stop it suddenly.")
    assert '<meta name="robots" content="noindex">' in body(response)
    assert "They are not medical advice, they do not know you" in text


def test_a_reviewed_page_names_reviewer_role_and_dates(client):
    publish_document(review=make_review())
    response = client.get("/drugs/examplol/")
    assert (
        "Reviewed by Pat Doe (pharmacist) on 22 November 2026. The next review is due on 22 November 2029."
        in main_text(response)
    )
    assert "noindex" not in body(response)
    assert "Not yet reviewed" not in main_text(response)


def test_an_overdue_page_says_so_and_is_not_indexed(client):
    due = make_review().on.replace(year=2020)
    publish_document(review=make_review(on=due.replace(year=2018), due=due))
    response = client.get("/drugs/examplol/")
    assert "The review of this page is overdue. It was due on 22 November 2020" in main_text(response)
    assert "noindex" in body(response)


def test_a_review_that_was_kept_says_of_which_edition_it_was(client):
    publication = publish_document(review=make_review())
    edit(publication, names=(Name("Xomp", "brand"),))
    publishing.publish(publication.monograph, by="test", kind="names", note="A brand.")
    assert "The review was of edition 1." in main_text(client.get("/drugs/examplol/"))


def test_every_part_of_the_document_is_on_the_page(client):
    publish_document(
        names=(Name("Examplolum", "generic"), Name("Xamp", "brand"), Name("Exampel", "misspelling")),
        ingredients=("Aol", "Bol"),
    )
    publish_document(slug="aol", title="Aol")
    response = client.get("/drugs/examplol/")
    text = main_text(response)
    for part in (
        "Generic name: Examplolum",
        "Brand names: Xamp",
        "Class: Beta blockers",
        "Contains: Aol + Bol",
        "Do not take it if you have asthma.",
        "Swelling of the face",
        "1 to 10 in 10,000 people",
        "Can I drive?",
        "Examplol leaflet. Some agency, 2024",
        "1, published",
        "1 cited",
        "http://127.0.0.1:8000/drugs/examplol/",
    ):
        assert part in text
    assert "Exampel" not in body(response)
    assert '<a href="/drugs/aol/">Aol</a> + Bol' in body(response)


def test_the_canonical_address_ignores_the_host_header(client):
    publish_document()
    response = client.get("/drugs/examplol/", headers={"host": "localhost"})
    assert '<link rel="canonical" href="http://127.0.0.1:8000/drugs/examplol/">' in body(response)
    assert "localhost" not in body(response)


def test_the_interface_has_its_language_and_the_text_its_own(client):
    publish_document(language="de")
    with override("ar"):
        response = client.get("/drugs/examplol/")
    tree = strict(response)
    assert tree.find(".//article").get("lang") == "de"


def test_a_changed_text_of_the_site_shows_at_once(client):
    publish_document()
    before = client.get("/drugs/examplol/")
    SiteText.objects.filter(key="disclaimer_short").update(body="Only *general* words.")
    SiteText.objects.filter(key="banner_ai_or_crowd").update(body="Machines wrote this.")
    after = client.get("/drugs/examplol/", headers={"if-none-match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "Only <em>general</em> words." in body(after)
    assert "Machines wrote this." in main_text(after)


def test_a_page_that_comes_back_during_a_request_is_shown(client, monkeypatch):
    publish_document()
    monkeypatch.setattr(page_state, "page_state", lambda *args: None)  # as of a page that is withdrawn
    assert client.get("/drugs/examplol/").status_code == 200


def test_a_withdrawn_page_says_when_and_why(client):
    publication = publish_document()
    publishing.withdraw(publication, reason="It was <b>wrong</b>.", by="test")
    for address in (
        "/drugs/examplol/",
        "/drugs/examplol/history/1/",
    ):
        response = client.get(address)
        assert response.status_code == 410
        assert "It was <b>wrong</b>." in main_text(response)
        assert "Call a poison centre, a doctor or a hospital at once" in main_text(response)
        assert 'href="/drugs/examplol/history/"' in body(response)
    markdown = body(client.get("/drugs/examplol.md"))
    assert 'withdrawn_reason: "It was <b>wrong</b>."' in markdown
    assert "Call a poison centre, a doctor or a hospital at once" in markdown
    data = client.get("/drugs/examplol.json")
    assert data.status_code == 410
    assert data.json()["withdrawn_reason"] == "It was <b>wrong</b>."
    for address in ("/", "/drugs/?letter=e", "/feed/", "/sitemap-0.xml"):
        assert "examplol" not in body(client.get(address))


def test_json_holds_the_document_its_status_and_the_disclaimer(client):
    publication = publish_document()
    response = client.get("/drugs/examplol.json")
    data = response.json()
    assert Document.from_dict(data) == make_document()
    assert (data["status"], data["edition"]["number"]) == ("not_reviewed", 1)
    assert data["edition"]["sha256"] == publication.sha256
    assert "not medical advice" in data["disclaimer"]
    assert response.headers["Link"] == (
        '<http://127.0.0.1:8000/drugs/examplol/>; rel="canonical", '
        '<http://127.0.0.1:8000/schema/monograph-3.json>; rel="describedby"'
    )


def test_markdown_has_type_and_title(client):
    publish_document()
    response = client.get("/drugs/examplol.md")
    assert response.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert "\n# Examplol\n" in body(response)


def test_old_editions_stay_readable_and_are_marked_as_old(client):
    publication = publish_document()
    edit(publication, title="Examplol forte")
    publishing.publish(publication.monograph, by="test", kind="safety", note="A new name.")
    listed = main_text(client.get("/drugs/examplol/history/"))
    assert listed.index("Edition 2") < listed.index("Edition 1")
    assert "Safety change: A new name." in listed
    response = client.get("/drugs/examplol/history/1/")
    assert "<h1>Examplol</h1>" in body(response)
    assert "This is an old text." in main_text(response)
    assert "Nobody had reviewed it. This text was AI-generated or crowd-sourced" in main_text(response)
    assert "noindex" in body(response)
    assert "This is the current text." in main_text(client.get("/drugs/examplol/history/2/"))


def test_old_addresses_lead_to_the_page_for_ever(client):
    publish_document()
    Publication.objects.update(old_address="e/Ex-Am")
    make_monograph(slug="whisperol", title="Whisperol")
    for address in ("/composition/e/Ex-Am/", "/composition/e/Ex-Am.html", "/composition/x/examplol/"):
        response = client.get(address)
        assert (response.status_code, response.headers["Location"]) == (301, "/drugs/examplol/")
    assert client.get("/composition/w/whisperol/").status_code == 404
