"""Countries: emergency numbers, poison lines and reporting schemes are right there, or the wording is safe."""

import dataclasses
import re

import pytest
from django.utils import translation

from drugs.content import URGENCIES
from drugs.content.countries import (
    COUNTRIES,
    EMERGENCY_NUMBERS,
    NUMBERS_BY_PLACE,
    country,
    foreign_emergency_numbers,
)

ALL = list(COUNTRIES.values())
by_code = pytest.mark.parametrize("here", ALL, ids=COUNTRIES)


def test_the_countries_are_those_that_the_settings_offer():
    assert set(COUNTRIES) == {
        "intl", "gb", "ie", "us", "ca", "au", "nz", "in", "za", "de", "fr", "es",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("intl", "Call your local emergency number now"),
        ("gb", "Call 999 now"),
        ("us", "Call 911 now"),
        ("de", "Call 112 now"),
        ("ie", "Call 112 or 999 now"),
    ],
)
def test_the_call_for_help_names_the_number_of_the_country(code, sentence):
    assert country(code).call_now == sentence


def test_without_a_country_no_number_is_printed_anywhere():
    here = country("intl")
    texts = [here.call_now, here.poison_advice, here.report_side_effects, here.ask_first]
    texts += [here.urgency_heading(urgency) for urgency in URGENCIES]
    assert not re.search(r"\d", " ".join(texts))
    assert EMERGENCY_NUMBERS["intl"] == frozenset()


def test_each_number_by_place_is_right_in_every_place_named():
    named = {str(place): number for number, places in NUMBERS_BY_PLACE for place in places}
    union = {"ie", "de", "fr", "es"}
    assert named.pop("European Union") == "112"
    assert all("112" in EMERGENCY_NUMBERS[code] for code in union)
    others = {str(here.name): here for here in ALL if here.code not in union | {"intl"}}
    assert named.keys() == others.keys()
    assert all(number == others[place].emergency[0] for place, number in named.items())
    assert [number for number, _ in NUMBERS_BY_PLACE[:3]] == ["112", "911", "999"]  # as far as pages say them


@by_code
def test_every_country_but_intl_has_a_number_and_a_scheme(here):
    if here.code != "intl":
        assert here.emergency and here.reporting


@by_code
def test_every_phrase_is_filled_in(here):
    texts = [here.call_now, here.poison_advice, here.report_side_effects, here.ask_first, here.reporting_name]
    texts += [here.urgency_heading(urgency) for urgency in URGENCIES if urgency != "unsorted"]
    for text in texts:
        assert isinstance(text, str)
        assert text and "%" not in text and "()" not in text and "  " not in text


@by_code
def test_numbers_and_web_addresses_have_their_shape(here):
    assert all(re.fullmatch(r"\d{2,5}", number) for number in here.emergency + here.other_numbers)
    assert len(here.emergency) <= 2
    assert re.fullmatch(r"(\d[\d -]*\d)?", here.poison_number)
    assert bool(here.poison_line) == bool(here.poison_number)
    assert re.fullmatch(r"(https://[a-z0-9./-]+)?", here.reporting_url)


def test_every_urgency_has_a_heading_but_unsorted():
    here = country("gb")
    assert [here.urgency_heading(urgency) for urgency in URGENCIES] == [
        "Call 999 now if you have",
        "Get medical help today if you have",
        "Tell your doctor or pharmacist if you have",
        "Often passes",
        "",
    ]
    with pytest.raises(KeyError):
        here.urgency_heading("perhaps")


def test_poison_advice_names_the_line_or_holds_everywhere():
    assert country("us").poison_advice == (
        "Call Poison Help on 1-800-222-1222 at once, even if nothing seems wrong. "
        "Call 911 if the person cannot be woken, has a fit or has trouble breathing."
    )
    assert country("in").poison_advice == (
        "Call a poison centre, a doctor or a hospital at once, even if nothing seems wrong. "
        "Call 112 if the person cannot be woken, has a fit or has trouble breathing."
    )


def test_a_poison_line_closed_at_night_is_not_the_only_advice():
    advice = country("ie").poison_advice
    assert "01 809 2166 (8 in the morning to 10 at night)" in advice
    assert "or go to a hospital at once" in advice


def test_side_effects_are_reported_to_the_scheme_of_the_country():
    assert (
        country("gb").report_side_effects
        == "You can report side effects yourself, to the Yellow Card scheme."
    )
    assert country("intl").reporting_name == "the medicines authority of your country"
    assert country("intl").reporting_url == ""


def test_whom_to_ask_is_called_as_the_texts_call_them():
    for code in ("nz", "gb", "us", "intl"):
        assert country(code).ask_first == "Ask your doctor or pharmacist"


@pytest.mark.parametrize("code", ["", "GB", "uk", "xx", None])
def test_an_unknown_country_is_refused_with_the_known_ones(code):
    for look_up in (country, foreign_emergency_numbers):
        with pytest.raises(ValueError, match="is not one of intl, gb, ie"):
            look_up(code)


def test_another_countrys_number_can_be_told_from_ones_own():
    assert {"911", "000", "10177"} <= foreign_emergency_numbers("gb")
    assert not {"999", "112", "111"} & foreign_emergency_numbers("gb")
    assert "999" in foreign_emergency_numbers("us")
    assert foreign_emergency_numbers("intl") == frozenset().union(*EMERGENCY_NUMBERS.values())


def test_a_country_cannot_be_changed_by_mistake():
    with pytest.raises(dataclasses.FrozenInstanceError):
        country("gb").emergency = ("911",)


def test_phrases_are_made_in_the_language_of_the_moment():
    here = country("gb")
    with translation.override("de"):
        assert "999" in here.call_now
    assert here.call_now == "Call 999 now"
