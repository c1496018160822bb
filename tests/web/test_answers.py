"""Answers: the section of the medicine's own page that a question is about, first and whole; and two medicines."""

import re

import pytest

from drugs.content import FAQ, Name, Section, SideEffect
from tests.support.builders import make_document, publish_document
from tests.support.combinations import PAIR
from tests.support.public_pages import body, main_text

pytestmark = pytest.mark.django_db
PLAIN = {"names": (), "side_effects": (), "faqs": ()}


def search(client, query):
    return client.get("/search/", {"q": query})


@pytest.fixture
def pages():
    publish_document(
        **PLAIN | {"names": (Name("Xamp", "brand"),), "faqs": (FAQ("Can I drive on it?", "After a week."),)},
        sections=(
            Section("food_alcohol", "", "A glass is fine.\n\nNever more than two."),
            Section("missed_dose", "", "Leave it out."),
            Section(
                "interactions", "", "Tell your doctor if you take:\n\n* zentapine,\n  for its dose\n* gold"
            ),
            Section("faqs"),
        ),
    )
    publish_document(
        **PLAIN,
        slug="zentapine",
        title="Zentapine",
        sections=(Section("food_alcohol", "", "No drink with examples."), Section("uses", "", "For pain.")),
    )
    publish_document(
        **PLAIN, slug="both", title="Examplol + Zentapine", sections=(Section("food_alcohol", "", "Oh."),)
    )


@pytest.mark.parametrize("query", ["can i drink on examplol", "beer with xamp", "exampol alchohol"])
def test_the_section_stands_first_whole_and_linked(client, pages, query):
    response = search(client, query)
    html, text = body(response), main_text(response)
    assert html.index('data-answer="food_alcohol"') < html.index('href="/drugs/examplol/#food-alcohol"')
    assert "Examplol Not yet reviewed Food, drink and alcohol A glass is fine. Never more than two." in text
    assert "We have no medicine called" not in text
    assert (
        html.index("/drugs/examplol/#food-alcohol") < html.find("/drugs/zentapine/")
        or "/zentapine/" not in html
    )


@pytest.mark.parametrize("query", ["examplol borafenac", "is examplol and borafenac safe"])
def test_a_medicine_that_the_site_has_no_page_of_is_asked_about(client, pages, query):
    assert 'href="/drugs/examplol/#interactions"' in body(search(client, query))


def test_a_misspelt_name_is_asked_about_before_its_answer(client, pages):
    text = main_text(search(client, "exampol missed dose"))
    assert text.index("Did you mean Examplol? Compare it with your pack") < text.index("Leave it out.")
    assert "Did you mean" not in main_text(search(client, "examplol missed dose"))


def test_a_question_of_the_page_answers_where_it_has_no_section(client, pages):
    text = main_text(search(client, "driving on examplol"))
    assert "Can I drive on it? After a week." in text


def test_the_nearest_section_says_that_it_is_only_that(client, pages):
    text = main_text(search(client, "zentapine dose"))
    assert (
        "This page has no section on what you ask." in text
        and "proves nothing" in text
        and "For pain." in text
    )


def test_of_two_medicines_each_page_says_what_it_says_of_the_other(client, pages):
    text = main_text(search(client, "can i take examplol and zentapine together"))
    assert "What the page of Examplol says of Zentapine" in text
    assert "Tell your doctor if you take: … zentapine, for its dose" in text
    other = text.partition("What the page of Zentapine says of Examplol")[2]
    assert "It does not name it." in other
    assert "That a page is silent proves nothing" in other


@pytest.mark.parametrize(
    ("query", "anchor"),
    [
        ("examplol brittle bones", "precautions"),
        ("soft bone and examplol", "interactions"),
        ("does examplol help with gripes", "uses"),
        ("examplol with goldleaf", "interactions"),
        ("is it usual to have loose stools on examplol", "side-effects"),
    ],
)
def test_what_no_topic_names_is_answered_by_the_section_that_says_it(client, query, anchor):
    publish_document(
        **PLAIN | {"side_effects": (SideEffect("Diarrhoea"),)},
        sections=(
            Section("uses", "", "For griping and aches."),
            Section("precautions", "", "If you are old.\n\nIf your bone is brittle."),
            Section("interactions", "", "Tell your doctor of zentapine."),
            Section("side_effects"),
        ),
    )
    answers = re.findall(r'data-answer="[^"]*".*?href="([^"]*)"', body(search(client, query)), re.DOTALL)
    assert answers == [f"/drugs/examplol/#{anchor}"]


EFFECTS = (
    SideEffect("Swelling of the throat", urgency="emergency"),
    SideEffect("Blisters", "or a spreading rash with fever", urgency="emergency"),
    SideEffect("Skin rash", "Take no more of it until you have asked.", urgency="urgent"),
    SideEffect("Dry mouth", urgency="expected"),
)


@pytest.mark.parametrize(
    "query", ["rash after examplol", "does examplol cause rashes", "examplol side effects rash"]
)
def test_a_side_effect_that_is_named_stands_apart_from_the_others(client, query):
    sections = (Section("side_effects", "", "Not everyone gets these."), Section("side_effects", "", "More."))
    publish_document(sections=sections, side_effects=EFFECTS, faqs=())
    text = main_text(search(client, query))
    assert "Skin rash Take no more" in text and "a spreading rash with fever" in text
    assert "Swelling of the throat" not in text and "Dry mouth" not in text
    assert "All its side effects, and when to call" in text
    assert "If you feel very unwell, call" in text


@pytest.mark.parametrize("query", ["side effects of examplol", "examplol side effects moonlight"])
def test_side_effects_of_no_name_stand_whole(client, query):
    publish_document(sections=(Section("side_effects"),), side_effects=EFFECTS, faqs=())
    text = main_text(search(client, query))
    assert "Swelling of the throat" in text and "Dry mouth" in text


def test_a_named_side_effect_says_of_which_component_it_is(client):
    publish_document(PAIR)
    text = main_text(search(client, "falls after pairex"))
    assert text.index("Testamine: side effects") < text.index("Falls") and "Yawning" not in text


@pytest.mark.parametrize("query", ["examplol moonlight", "examplol moonlight and sunsets seen"])
def test_what_the_page_does_not_say_is_not_answered(client, pages, query):
    assert 'data-answer="uses"' not in body(search(client, query))


def test_two_medicines_side_by_side_are_asked_for_together(client, pages):
    assert "What the page of Examplol says of Zentapine" in main_text(
        search(client, "zentapine examplol advice")
    )


def test_an_exact_name_is_no_question(client):
    publish_document(**PLAIN, slug="drink", title="Drink of examplol")
    assert "data-answer" not in body(search(client, "drink of examplol"))


def test_pages_by_route_stand_together_and_open(client):
    for route in ("Nasal", "Systemic", "Topical"):
        publish_document(**PLAIN, slug=route.lower(), title=f"Zentapine ({route})")
    html = body(search(client, "zentapine"))
    assert html.count('<details class="routes">') == 1
    assert "2 more pages, for other ways to take it" in " ".join(html.split())


def test_a_near_miss_is_asked_in_kind_words(client, pages):
    text = main_text(search(client, "zentapin e"))
    assert "We have no medicine called" not in text
    text = main_text(search(client, "zenntapine"))
    assert "Did you mean Zentapine? Compare it with your pack" in text
    assert "We have no medicine called" not in text and "Not the same as" not in text


@pytest.mark.parametrize(
    "query", ["xerostomia", "dry mouth", "which drugs cause dry mouth", "medicines that cause xerostomia"]
)
def test_a_side_effect_is_found_by_its_everyday_and_clinical_names(client, query):
    publish_document(**PLAIN | {"side_effects": (SideEffect("Dry mouth"),)})
    publish_document(**PLAIN | {"side_effects": (SideEffect("Xerostomia"),)}, slug="z", title="Zentapine")
    html = body(search(client, query))
    assert 'href="/side-effects/dry-mouth/"' in html and 'href="/side-effects/xerostomia/"' not in html
    assert all(
        name in main_text(client.get("/side-effects/dry-mouth/")) for name in ("Zentapine", "Examplol")
    )
    assert "We have no medicine called" not in html


def test_of_a_combination_each_component_answers_under_its_name(client):
    sections = (
        Section("uses", "", "Pain.", "Bol"),
        Section("overdose", "", "Too much of Bol makes drowsy.", "Bol"),
        Section("uses", "", "Fever.", "Col"),
        Section("overdose", "", "Too much of Col hurts the liver.", "Col"),
    )
    parts = {"slug": "both", "title": "Bol + Col", "ingredients": ("Bol", "Col"), "names": ()}
    publish_document(make_document(sections=sections, side_effects=(), faqs=(), **parts))
    text = main_text(client.get("/search/", {"q": "bol + col overdose"}))
    assert "Bol: if you take too much" in text and "Too much of Bol makes drowsy." in text
    assert "Col: if you take too much" in text and "Too much of Col hurts the liver." in text
