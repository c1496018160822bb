"""Remarks of a text that its combination is no approved product, or its medicine not for people or off the market."""

import time

import pytest

from drugs.content.product_remarks import denial_of_product, refusal

PAIR = ("Examplol", "Testamine")


@pytest.mark.parametrize(
    "said",
    [
        "This combination is not a standard, approved medicine.",
        "There is no single FDA-approved drug that combines them.",
        "Examplol and Testamine are not usually combined into a single tablet.",
        "Examplol + Testamine isn't a recognised product.",
        "The combination has not been approved.",
        "They are prescribed together, not as a fixed-dose combination.",
        "Both are not sold as a pre-mixed, single-dose product.",
        "The combination is no longer widely available.",
    ],
)
def test_a_sentence_that_denies_an_approved_product_is_found(said):
    assert denial_of_product(f"It helps. {said} Ask first.", PAIR) == said
    assert denial_of_product(f"It helps. {said.replace('not', '*not*')} Ask first.", PAIR) == said
    assert denial_of_product(said, PAIR[:1]) == ""


@pytest.mark.parametrize(
    "said",
    [
        "This combination is an approved medicine.",
        "It is for people who are not controlled with a single medicine, and this combination helps.",
        "There is no standard dose of this combination.",
        "This combination is not approved for children.",
        "This combination is not a single drug with a name of its own.",
        "This combination has no generic name as it is not a single drug.",
        "Do not take these tablets together with another product.",
        "There is no standard IV formulation of this combination.",
        "This combination is not available as an oral medicine.",
    ],
)
def test_a_sentence_on_something_else_denies_nothing(said):
    assert denial_of_product(said, PAIR) == ""


def test_a_pronoun_stands_for_what_the_sentence_before_is_about():
    said = "It is not usually available as a single tablet."
    assert denial_of_product(f"The dose of this combination varies. {said}", PAIR) == said
    assert denial_of_product(f"Ask about Examplol. {said}", PAIR) == ""


@pytest.mark.parametrize(
    "text",
    [
        "not a " * 8000,
        "not " + "-" * 49_000,
        "with a " * 7000 + "not a single drug",
        "single drug " * 1600 + "not a single drug",
    ],
)
def test_a_hostile_text_costs_little_time(text):
    start = time.process_time()
    denial_of_product(text, PAIR)
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "said",
    [
        "Examplol is not approved for human use.",
        "While vets use it, Examplol is not currently licensed for use in humans.",
        "Examplol was withdrawn from the market in 1999.",
        "This medicine has been removed from the U.S. market.",
        "Examplol is not considered safe for human consumption.",
    ],
)
def test_a_sentence_that_it_is_not_for_people_or_sold_is_found(said):
    assert refusal(f"It helps. {said} Ask first.", ("Examplol",)) == said
    assert refusal(f"It helps. {said.replace('not', '**not**')} Ask first.", ("Examplol",)) == said


def test_a_pronoun_stands_for_the_refused_medicine_or_question():
    assert refusal("Examplol was a painkiller. It was withdrawn from the market.", ("Examplol",)) == (
        "It was withdrawn from the market."
    )
    assert refusal("Is Examplol still sold? No, it was withdrawn from the market.", ("Examplol",)) == (
        "No, it was withdrawn from the market."
    )
    assert refusal("Testamine was a painkiller. It was withdrawn from the market.", ("Examplol",)) == ""


@pytest.mark.parametrize(
    "said",
    [
        "Testamine was withdrawn from the market.",
        "Examplol is related to Testamine, which was withdrawn from the market.",
        "Unlike Testamine, which is off, Examplol was never withdrawn from the market.",
        "One brand of Examplol was withdrawn from the market.",
        "Examplol was not withdrawn from the market.",
        "Examplol was withdrawn from the market and later reintroduced.",
        "If Examplol is withdrawn from the market, ask your doctor.",
        "Examplol is not approved for use in humans under 12.",
        "Was Examplol withdrawn from the market?",
        "Tablets for dogs that contain Examplol are not intended for human use.",
    ],
)
def test_a_sentence_on_another_or_one_form_refuses_nothing(said):
    assert refusal(said, ("Examplol",)) == ""


def test_refusals_in_a_long_text_are_found_in_linear_time():
    start = time.process_time()
    refusal("Examplol is not " + "approved for any human " * 20_000, ("Examplol",))
    refusal("it which was " * 20_000 + "withdrawn from the market.", ("Examplol",))
    assert time.process_time() - start < 1
