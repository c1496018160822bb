"""Card of help: whom to call, before all else, for whoever is in a crisis; and the page of help in an emergency."""

import pytest
from django.utils import translation

from drugs.content import Section
from drugs.content.countries import COUNTRIES
from drugs.models.search import UnansweredQuery
from drugs.search import unanswered
from tests.support.builders import publish_document
from tests.support.public_pages import body, main_text

pytestmark = pytest.mark.django_db
CARD = 'data-card="crisis"'
PLAIN = {"names": (), "side_effects": (), "faqs": ()}


def search(client, query):
    return client.get("/search/", {"q": query})


def test_the_card_comes_first_and_nobody_is_taught_to_spell(client, settings):
    settings.COUNTRY = "gb"
    publish_document(**PLAIN)
    response = search(client, "i want to kil myself")
    html, text = body(response), main_text(response)
    assert html.index("<main") < html.index(CARD) < html.index("<h1")
    assert 'href="tel:116123"' in html and 'href="tel:999"' in html and 'href="tel:111"' in html
    for harsh in ("We have no medicine called", "how it is spelt", "only similar", "Did you mean"):
        assert harsh not in text


def test_the_emergency_number_comes_first_on_the_card(client, settings):
    settings.COUNTRY = "us"
    card = body(search(client, "took too many pills")).partition(CARD)[2].partition("</section>")[0]
    assert card.index("tel:911") < card.index("tel:18002221222") < card.index("tel:988")
    assert card.count("tel:911") == 1


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("i want to kill myself", "want to die"),
        ("ich will nicht mehr leben", "want to die"),
        ("took 30 examplol, i want to die", "took or swallowed"),
        ("suicide by overdose", "took or swallowed"),
        ("took too many pills", "took or swallowed"),
    ],
)
def test_the_part_of_the_card_that_answers_comes_first(client, query, first):
    card = body(search(client, query)).partition(CARD)[2].partition("</section>")[0]
    headings = [part.partition("</h3>")[0] for part in card.split("<h3>")[1:]]
    assert len(headings) == 2 and first in headings[0]


def test_without_a_country_the_card_says_which_crisis_line_is_where(client, settings):
    card = body(search(client, "i want to die")).partition(CARD)[2].partition("</section>")[0]
    wish = card.partition("want to die")[2].partition("<h3>")[0]
    assert '<a class="call" href="tel:988">988</a> United States, Canada' in wish
    for here in COUNTRIES.values():
        assert not here.crisis_number or f">{here.crisis_number}</a>" in wish
    assert 'href="/emergency/#numbers"' in wish
    settings.COUNTRY = "gb"
    assert "tel:988" not in body(search(client, "i want to end my life"))


def test_without_a_country_the_card_says_which_number_is_right_where(client):
    html = body(search(client, "took too many pills"))
    assert CARD in html
    assert '<a class="call" href="tel:112">112</a> European Union' in html
    assert '<a class="call" href="tel:000">000</a> Australia' in html
    assert 'href="/emergency/#numbers">Other countries</a>' in html
    assert '<a class="call" href="/emergency/#numbers">your local emergency number</a>' in html


def test_the_named_medicine_s_own_overdose_section_follows_the_card(client):
    publish_document(**PLAIN, sections=(Section("overdose", "", "Go to a hospital now."),))
    publish_document(
        **PLAIN, slug="other", title="Zentapine", sections=(Section("overdose", "", "Call the ward."),)
    )
    html = body(search(client, "took a whole packet of exampol"))
    assert html.index(CARD) < html.index('data-answer="overdose"') < html.index("Go to a hospital now.")
    assert 'href="/drugs/examplol/#overdose"' in html and "Call the ward." not in html


def test_the_title_of_a_page_is_no_crisis(client):
    publish_document(**PLAIN, slug="kit", title="Opioid overdose kit")
    assert CARD not in body(search(client, "opioid overdose kit"))
    assert CARD in body(search(client, "opioid overdose"))


def test_suggestions_carry_the_card_and_its_line(client, settings):
    settings.COUNTRY = "us"
    answer = client.get("/search/suggest/?q=overdosed").json()
    assert answer["card"] == "crisis" and answer["card_url"] == "/emergency/"
    assert "911" in answer["card_line"]
    assert "card" not in client.get("/search/suggest/?q=examplol").json()


def test_queries_of_a_crisis_are_counted_nowhere(client):
    for _ in range(5):
        search(client, "i want to dye suicide")
        search(client, "qwxzvb")
    assert unanswered.flush() == 1
    assert list(UnansweredQuery.objects.values_list("text", flat=True)) == ["qwxzvb"]


def test_what_was_counted_before_its_words_were_known_is_deleted(client):
    UnansweredQuery.objects.create(text="examplol overdose", count=9, last_seen="2026-01-01", kind="nothing")
    unanswered._forget_crises.cache_clear()
    for _ in range(3):
        unanswered.count("qwxzvb", [])
    unanswered.flush()
    assert not UnansweredQuery.objects.filter(text="examplol overdose").exists()


def test_the_page_of_help_has_the_numbers_of_every_country(client):
    html = body(client.get("/emergency/"))
    with translation.override("en"):
        for here in COUNTRIES.values():
            for number in (*here.emergency, here.poison_number, here.crisis_number):
                assert number in html
    assert 'href="tel:18002221222"' in html


def test_numbers_stand_under_their_country_and_what_is_missing_is_no_empty_line(client):
    text = main_text(client.get("/emergency/"))
    assert "Germany Emergency 112 Crisis" in text
    assert "Australia Emergency 000 Poisoning 13 11 26 Crisis" in text


def test_an_ordinary_search_has_no_card(client):
    publish_document()
    for query in ("examplol", "examplol side effects", "painkiller", ""):
        assert CARD not in body(search(client, query))


def test_a_number_in_a_note_can_be_tapped_and_no_number_is_promised(client):
    html = body(client.get("/emergency/"))
    assert 'href="tel:18004635060"' in html
    assert "Call this number" not in html  # the site has no country, so what follows is no number


@pytest.mark.parametrize("country", ["intl", "gb"])
def test_the_page_of_help_leads_to_no_page_that_it_is_itself(client, settings, country):
    settings.COUNTRY = country
    html = body(client.get("/emergency/")).partition("<main")[2].partition("</main>")[0]
    assert "/emergency/" not in html and html.count("danger-line") == 1
    crisis = html.partition('id="crisis"')[2].partition("</section>")[0]
    assert ("tel:999" if country == "gb" else "your local emergency number") in crisis
    poison = html.partition('id="poison"')[2].partition("<h2")[0]
    assert ("tel:999" if country == "gb" else "tel:112") in poison
