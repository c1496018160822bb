"""Normalisation of names: case, accents, strengths, dosage forms and salts are set aside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugs.content import normalisation
from drugs.content.normalisation import base, core, fold, forms, without_strengths
from drugs.search.names import query_parser, terms
from drugs.search.names.phonetics import phonetic_key, phonetic_spelling


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Éxamplöl-HCl ", "examplol hcl"),
        ("St. Eva's Balm", "st evas balm"),
        ("α-examplene", "alpha examplene"),
        ("Экзамплол", "экзамплол"),
        ("例药", "例药"),
        ("Ærosøl Straße", "aerosol strasse"),
        ("ｅｘａｍｐ", "examp"),
        ("!?… --", ""),
        ("exam\u200bplol hydro\u00adchloride\u2060\U000e0041", "examplol hydrochloride"),
        ("می\u200cخواهم", "میخواهم"),
    ],
)
def test_spelling_habits_go_and_no_script_vanishes(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("examplol 500 mg tablets", ("examplol",)),
        ("examplol 2.5mg/3ml nebs", ("examplol",)),
        ("Examplol 1,000 IU", ("examplol",)),
        ("examplol sodium oral solution", ("examplol", "sodium")),
        ("500 mg", ("500",)),
        ("tablets", ("tablets",)),
    ],
)
def test_strengths_and_dosage_forms_go_unless_nothing_is_left(typed, kept):
    assert core(fold(without_strengths(typed)).split()) == kept


def test_a_salt_is_set_aside_unless_it_is_the_medicine():
    assert base(["examplol", "hydrochloride"]) == ("examplol",)
    assert base(["sodium", "chloride"]) == ("sodium", "chloride")


def test_a_name_has_forms_without_brackets_and_of_either_name():
    assert [form.text for form in forms("Examplol/ Exampline (Nasal)")] == [
        "examplol exampline nasal",
        "examplol",
        "exampline",
    ]
    assert [form.text for form in forms("Examplol [Zamplol] + Borol")] == [
        "examplol zamplol + borol",
        "examplol + borol",
        "zamplol + borol",
    ]
    assert [form.whole for form in forms("Examplol (Nasal)")] == [True, False]
    assert forms("?!") == []


def test_what_sounds_alike_has_one_key():
    assert phonetic_key(phonetic_spelling("fenoxilin")) == phonetic_key(phonetic_spelling("phenoxyllin"))
    assert phonetic_key(phonetic_spelling("zantrax")) == phonetic_key(phonetic_spelling("santracks"))
    assert phonetic_key(phonetic_spelling("ab")) == ""


@given(st.text(max_size=700))
def test_any_text_can_be_a_name_and_a_query(text):
    for form in forms(text):
        found, size = terms.index_terms(form)
        assert found and size and all(0 < len(mark) <= normalisation.MARK_CHARS for mark in found)
        assert "\0" not in form.text
    typed = query_parser.parse_query(text)
    assert typed is None or typed.squashed


@given(st.text(max_size=100))
def test_folding_twice_changes_nothing(text):
    assert normalisation.fold(fold(text)) == fold(text)
