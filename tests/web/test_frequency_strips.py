"""Side effects to look at: one number for a group that shares it, and strips of squares for what is not rare."""

import pytest

from drugs.content import SideEffect
from drugs.content.countries import country
from drugs.content.phone_links import with_calls
from drugs.web import article
from drugs.web.effect_cards import cards
from drugs.web.frequency_strips import strips
from tests.support.builders import make_document


def effect(name, frequency, urgency="talk"):
    return SideEffect(name, "Why.", frequency=frequency, urgency=urgency)


def test_a_group_that_shares_one_number_says_it_once():
    document = make_document(side_effects=(effect("Itch", "common"), effect("Rash", "common")))
    body = article.build(document).body
    assert body.count("1 to 10 in 100 people</p>") == 1


@pytest.mark.parametrize("second", ["rare", "not_stated"])
def test_numbers_that_differ_stand_with_each_effect(second):
    (card,) = cards([effect("Itch", "common"), effect("Rash", second)])
    assert card.groups[0].often == ""


def test_the_number_stands_below_name_and_explanation():
    body = article.build(make_document(side_effects=(effect("Itch", "rare"),))).body
    assert body.index("Itch") < body.index("Why.") < body.index("1 to 10 in 10,000 people")


def test_strips_are_drawn_for_bands_that_squares_can_show():
    found = strips(
        [effect(str(at), band) for at, band in enumerate(("rare", "common", "very_common", "common"))]
    )
    assert [(strip.often, strip.effects) for strip in found] == [
        ("More than 10 in 100 people", 1),
        ("1 to 10 in 100 people", 2),
    ]
    assert (found[1].dark, found[1].light) == ("M0 5h10", "M10 5h90")


def test_strips_are_hidden_from_screen_readers_not_their_words():
    body = article.build(make_document(side_effects=(effect("Itch", "uncommon"),))).body
    assert body.count("<svg") == body.count('aria-hidden="true"') and "Each square" in body
    assert "Dark:" not in body  # in dark colours the squares of whoever is certain are the light ones
    assert "1 to 10 in 1,000 people: 1 side effect below" in body


@pytest.mark.parametrize(
    ("code", "links"),
    [
        ("gb", ["999", "111"]),
        ("us", ["911", "18002221222"]),
        ("fr", ["15"]),
        ("ie", ["112", "999", "018092166"]),
        ("intl", []),
    ],
)
def test_every_number_of_a_country_can_be_tapped(code, links):
    here = country(code)
    html = with_calls(here.poison_advice, here, "/help/")
    assert all(f'href="tel:{number}"' in html for number in links)
    assert bool(links) == ("tel:" in html)


def test_what_is_no_number_is_escaped_and_no_link():
    assert with_calls("<b> from 8 to 10", country("gb"), "/help/") == "&lt;b&gt; from 8 to 10"
