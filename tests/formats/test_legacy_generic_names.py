"""Generic names and ingredients of legacy pages, in made-up texts."""

import pytest

from tests.support.legacy_pages import bodies, headings, read


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("### Generic Name\nExamplol (EX-1)", "Examplol (EX-1)"),
        ("### Generic Name:  Examplol + Testamine", "Examplol + Testamine"),
        ("### Generic Name\n*Exampla vera* extract", "Exampla vera extract"),
        ("**Generic Name: Examplol**", "Examplol"),
        ("* **Generic Name:** Examplol", "Examplol"),
        ("### Generic Name: Examplol *(Note: not a single, approved drug)*", "Examplol"),
    ],
)
def test_the_generic_name_is_found_in_each_place(text, name):
    assert read(text).generic_name == name


def test_text_behind_the_name_is_kept_and_not_glued_to_it():
    document = read(
        "### Generic Name: Examplol (Note: never approved)\n\n**Note:** Not made any more.\n\n### Usage\nX"
    )
    assert document.generic_name == "Examplol"
    assert bodies(document, "other") == ["(Note: never approved)\n\n**Note:** Not made any more."]


def test_a_sentence_or_qualified_heading_is_kept_but_is_no_name():
    document = read("### Generic Name\nThere is no single generic name for this kind of mixture.\n")
    assert document.names == ()
    assert headings(document) == [("other", "Generic Name")]
    assert headings(read("### Generic Names (Components)\n\n* **A:** one\n")) == [
        ("other", "Generic Names (Components)")
    ]


@pytest.mark.parametrize(
    ("title", "ingredients"),
    [
        ("Examplol", ()),
        ("A + B", ("A", "B")),
        ("Amol  + Bmol +", ("Amol", "Bmol")),
        ("Amol + Bmol .", ("Amol", "Bmol")),
        ("Calcium (Ca++)", ()),
    ],
)
def test_a_combination_gives_its_ingredients(title, ingredients):
    assert read("Text.", title).ingredients == ingredients
