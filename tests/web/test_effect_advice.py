"""Advice in the description of a side effect: what to do apart from what explains it, and not a word lost."""

import pytest

from drugs.content import SideEffect
from drugs.web.effect_advice import advice
from drugs.web.effect_cards import cards, plain_labels


@pytest.mark.parametrize(
    ("description", "act", "explanation"),
    [
        ("may be a clot. Take no more of it.", "Take no more of it.", "may be a clot."),
        ("a severe allergic reaction.", "", "a severe allergic reaction."),
        ("if it lasts, call the ward the same day.", "if it lasts, call the ward the same day.", ""),
        ("brush your teeth well.", "brush your teeth well.", ""),
        ("rinse with water and see a dentist.", "rinse with water and see a dentist.", ""),
        ("you may see a faint rash.", "", "you may see a faint rash."),
    ],
)
def test_advice_is_told_apart_from_explanation(description, act, explanation):
    assert advice(description, english=True) == (act, explanation, "")


@pytest.mark.parametrize(
    "description",
    [
        "may be a clot. It needs to be seen. Call the ward.",  # the call leans on what was said before
        "mostly when you stand. Sit down slowly.",  # a condition may belong to the act
        "**Stop** it. May be a clot.",
        "usually passes when you are used to it.",
        "often without signs, so have it checked.",
        "with prolonged use.",  # a noun, not what to do
        "such as contact dermatitis.",
        "Stop it. " * 40,
    ],
)
def test_advice_in_doubt_stays_in_one_piece(description):
    assert advice(description, english=True).text == description


def test_advice_in_other_languages_is_left_as_it_is():
    assert advice("Stop! Das Mittel absetzen.", english=False).text == "Stop! Das Mittel absetzen."


def test_labels_that_say_only_the_group_stand_once_below():
    effects = [
        SideEffect("Coma", "", "serious", "Serious side effects", "rare", "emergency"),
        SideEffect("Fits", "", "serious", "Very rarely", "rare", "emergency"),
        SideEffect("Itch", "", "common", "Common side effects", "rare", "talk"),
    ]
    shown = [group.label for card in cards(effects) for group in card.groups]
    assert shown == ["", "Very rarely", ""]
    assert plain_labels(effects) == ("Serious side effects", "Common side effects")
