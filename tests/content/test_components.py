"""Components of a combination: places of rows, schema, and which names are those of one ingredient."""

import pytest

from drugs.content import FAQ, Document, DocumentError, Name, Section, SideEffect, with_places
from drugs.content.components import same_component
from drugs.content.names import is_sentence, own_names

PLAIN = Document(slug="x", title="A", sections=(Section("side_effects"),), side_effects=(SideEffect("a"),))


def document(**rest):
    return Document(slug="x", title="Aol + Bol", ingredients=("Aol", "Bol citrate"), **rest)


def test_a_document_without_components_keeps_the_bytes_of_schema_1():
    assert PLAIN.to_dict()["schema"] == 1
    assert "component" not in PLAIN.to_json()


def test_a_document_with_components_is_schema_2():
    one = document(sections=(Section("uses", component="Aol"), Section("uses")))
    assert one.to_dict()["schema"] == 2
    assert [section.get("component") for section in one.to_dict()["sections"]] == ["Aol", None]
    assert Document.from_json(one.to_json()) == one


def test_rows_are_kept_in_the_order_of_the_places_of_components():
    sections = (Section("faqs", component="Bol"), Section("faqs"))
    asked = (FAQ("a"), FAQ("b", component="Aol"), FAQ("c", component="Bol"), FAQ("d"))
    one = document(sections=sections, faqs=asked)
    assert [faq.question for faq in one.faqs] == ["c", "a", "b", "d"]


@pytest.mark.parametrize("component", ["Aol", ""])
def test_rows_without_a_place_for_their_component_are_refused(component):
    effect = SideEffect("a", component=component)
    with pytest.raises(DocumentError):
        document(sections=(Section("side_effects", component="Bol"),), side_effects=(effect,))


def test_places_are_made_among_the_sections_of_the_component():
    sections = (Section("uses"), Section("uses", component="Aol"), Section("storage", component="Aol"))
    made = with_places(sections, [SideEffect("a", component="Aol")], [])
    assert [(section.kind, section.component) for section in made[1:3]] == [
        ("uses", "Aol"),
        ("side_effects", "Aol"),
    ]


@pytest.mark.parametrize("component", ["A\nB", " A", "A{", "}", "A" * 501, "Aol + Bol"])
def test_what_cannot_name_a_component_is_refused(component):
    with pytest.raises(DocumentError):
        document(sections=(Section("uses", component=component),))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Aol", "aol", True),
        ("Aol hydrochloride", "Aol", True),
        ("Aol (Cool)", "Cool", True),
        ("Aol", "Bol", False),
        ("Aol + Bol", "Aol", False),
        ("Aol + Zinc Oxide", "Aol", False),
        ("Sodium chloride", "Sodium citrate", False),
    ],
)
def test_components_are_the_same_by_their_own_words(one, other, same):
    assert same_component(one, other) is same


def test_the_name_of_one_ingredient_is_none_of_the_combination():
    names = ("Bol", "Aol (Cool)", "AOL", "Aol + Bol", "Co-aol (Aol)", "Aolex", "Varies by maker")
    one = document(names=tuple(Name(text, "generic") for text in names))
    assert [name.text for name in own_names(one)] == ["Aol + Bol", "Co-aol (Aol)", "Aolex"]
    single = Document(slug="x", title="Aol", ingredients=("Aol",), names=(Name("aol", "synonym"),))
    assert own_names(single) == single.names


@pytest.mark.parametrize(
    ("ingredients", "name", "own"),
    [
        (("Aol", "Zinc Oxide"), "Aol + Zinc Oxide", True),
        (("Aol", "Calcium Carbonate", "Sodium Chloride"), "Aol + Calcium Carbonate (Tablets)", True),
        (("Aol", "Zinc Oxide"), "Aol citrate", False),
        (("Aol", "Zinc Oxide"), "Zinc Oxide", False),
        (("Calcium", "Calcium Carbonate"), "Calcium carbonate", False),
    ],
)
def test_an_ingredient_that_looks_like_a_salt_is_told_from_one(ingredients, name, own):
    page = Document(slug="a", title="Co", ingredients=ingredients, names=(Name(name, "generic"),))
    assert bool(own_names(page)) == own


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Varies depending on the maker", True),
        ("(This varies greatly)", True),
        ("Not applicable (several drugs)", True),
        ("There is no generic name", True),
        ("Examplol (varies by maker)", False),
        ("Examplol and no more", False),
    ],
)
def test_a_sentence_is_no_name(text, sentence):
    assert is_sentence(text) is sentence


def test_a_document_names_no_more_components_than_a_page_can_show():
    many = [SideEffect("a", component=str(number)) for number in range(20_000)]
    assert len(with_places((), many, [])) == 101
    with pytest.raises(DocumentError):
        document(sections=tuple(Section("uses", component=str(number)) for number in range(101)))
