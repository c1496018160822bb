"""Remarks of a text that its combination is no approved product."""

import time

import pytest

from drugs.content.product_remarks import denial_of_product

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
