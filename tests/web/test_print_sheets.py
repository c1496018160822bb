"""Paper: one sheet of essentials, large print, and the code that leads to the newest edition."""

import re
from dataclasses import replace

import pytest

from drugs import publishing
from drugs.content import FAQ, Section, SideEffect
from drugs.content.qr_code import qr_code
from tests.support.builders import make_document, publish_document
from tests.support.combinations import FIRST, PAIR, SECOND
from tests.support.public_pages import body, main_text

pytestmark = pytest.mark.django_db
EFFECTS = (
    SideEffect("Coma", "", "serious", "", "rare", "emergency"),
    SideEffect("Fever", "", "serious", "", "rare", "urgent"),
    SideEffect("Yawning", "", "common", "", "common", "expected"),
)


def whole_page():
    sections = [
        Section(kind, "", f"Words of {kind}.")
        for kind in ("warning", "uses", "dosage", "missed_dose", "side_effects", "storage")
    ]
    return publish_document(make_document(sections=sections, side_effects=EFFECTS, faqs=()))


def test_the_sheet_of_essentials_has_them_and_says_that_it_is_a_part(client):
    whole_page()
    text = main_text(client.get("/drugs/examplol/print/?as=essentials"))
    for words in ("Words of warning.", "Words of dosage.", "Words of missed_dose.", "Coma", "Fever"):
        assert words in text
    assert "Call a poison centre" in text and "only a part of the page" in text
    for words in ("Words of uses.", "Words of storage.", "Words of side_effects.", "Yawning"):
        assert words not in text
    assert text.count("This page has no current review.") == 1
    assert "Not yet reviewed by a clinician." in text


def test_the_sheet_of_essentials_shows_the_sites_signs_where_nobody_sorted(client):
    publish_document(make_document(side_effects=(SideEffect("Rash"),)))
    assert "the face, lips, tongue or throat swell" in main_text(
        client.get("/drugs/examplol/print/?as=essentials")
    )


def test_the_sheet_of_essentials_has_the_question_on_a_missed_dose(client):
    asked = (FAQ("What if I miss a dose?", "Leave it out."), FAQ("How do I store it?", "In a dry place."))
    publish_document(sections=(Section("faqs"),), side_effects=(), faqs=asked)
    text = main_text(client.get("/drugs/examplol/print/?as=essentials"))
    assert "Leave it out." in text and "In a dry place." not in text


def test_a_missed_dose_of_one_component_leaves_the_question_on_the_other(client):
    missed = "What if I miss a dose?"
    sections = (Section("missed_dose", "", "Take it late.", FIRST), Section("faqs"))
    faqs = (FAQ(missed, "Leave it out.", SECOND), FAQ(missed, "Take it soon.", FIRST))
    publish_document(replace(PAIR, sections=sections, side_effects=(), faqs=faqs))
    text = main_text(client.get("/drugs/pair/print/?as=essentials"))
    assert "Take it late." in text and f"{SECOND}: {missed} Leave it out." in text
    assert "Take it soon." not in text


def test_every_sheet_says_what_the_text_denies_of_the_combination(client):
    publish_document(PAIR)
    for shape in ("essentials", "large", ""):
        text = main_text(client.get("/drugs/pair/print/", {"as": shape}))
        assert "The text of this page says: The combination is not an approved product." in text


@pytest.mark.parametrize(("shape", "kind"), [("large", "large"), ("", "whole"), ("nonsense", "whole")])
def test_other_sheets_have_the_whole_page(client, shape, kind):
    whole_page()
    response = client.get("/drugs/examplol/print/", {"as": shape})
    assert f'class="{kind}"' in body(response)
    assert all(words in main_text(response) for words in ("Words of uses.", "Words of storage.", "Yawning"))


def test_sheets_are_no_pages_of_their_own_for_search_engines(client):
    html = body(client.get(whole_page().get_absolute_url() + "print/"))
    assert '<meta name="robots" content="noindex">' in html
    assert '<link rel="canonical" href="http://127.0.0.1:8000/drugs/examplol/">' in html


def test_sheets_of_a_withdrawn_page_are_gone(client):
    publishing.withdraw(whole_page(), reason="Wrong.", by="test")
    assert client.get("/drugs/examplol/print/?as=essentials").status_code == 410
    assert client.get("/drugs/nowhere/print/").status_code == 404


def test_the_code_on_paper_leads_to_the_newest_edition(client):
    html = body(client.get(whole_page().get_absolute_url()))
    code = qr_code("http://127.0.0.1:8000/drugs/examplol/")
    assert code.path in html and f'viewBox="0 0 {code.width} {code.width}"' in html
    assert re.search(r'href="/drugs/examplol/print/\?as=essentials"', html)
