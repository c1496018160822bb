"""White space: folding of Unicode spaces, and excerpts that are cut at words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugs.content import diff, normalisation
from drugs.content.whitespace import excerpt, fold_numbers, fold_spaces, shortened
from tests.support.builders import make_document
from tests.support.spaces import EVERY_SPACE, set_in_document


@pytest.mark.parametrize(
    "space", [chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) == "Zs"]
)
def test_every_space_of_unicode_is_folded(space):
    assert fold_spaces(f"10{space}mg") == "10 mg"


def test_tabs_and_line_ends_stay():
    assert fold_spaces("a\tb\u00a0c\nd\u200be") == "a\tb c\nd\u200be"


@given(st.text())
def test_folding_moves_no_character(text):
    assert len(fold_spaces(text)) == len(text)


@EVERY_SPACE
def test_thousands_are_one_number(space):
    assert fold_numbers(f"1 in 10{space}000 people, 1{space}000{space}000 in all") == (
        "1 in 10000 people, 1000000 in all"
    )
    assert fold_numbers(f"Take 2{space}10{space}mg tablets") == "Take 2 10 mg tablets"


@given(st.text("ab1 \n", max_size=60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 20))
def test_an_excerpt_holds_only_whole_words(text, start, end, around):
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    words = excerpt(text, start, end, before=around, after=around).split()
    if all(len(word) < 40 for word in text.split()):
        assert set(words) <= set(text.split())
    assert " ".join(text[start:end].split()) in " ".join(words)


def test_a_shortened_text_ends_with_a_word():
    assert shortened("Take 500 mg", 6) == "Take"
    assert shortened("Take 500 mg", 8) == "Take 500"
    assert shortened("Take 500 mg", 99) == "Take 500 mg"
    assert shortened("Donaudampfschifffahrt", 5) == "Donau"


@EVERY_SPACE
@pytest.mark.parametrize("name", ["Examplol 500{}mg", "Examplol{}acid", "Alpha{}and{}Beta 5{}mg"])
def test_names_are_folded_the_same_before_any_space(name, space):
    spaced, plain = name.format(*[space] * 3), name.format(*"   ")
    assert normalisation.fold(spaced) == normalisation.fold(plain)
    assert normalisation.forms(spaced) == normalisation.forms(plain)
    assert normalisation.fold(normalisation.without_strengths(spaced)) == normalisation.fold(
        normalisation.without_strengths(plain)
    )


DOSED = make_document(title="Examplol 5 mg")


@EVERY_SPACE
def test_a_space_of_another_width_is_no_difference(space):
    spaced = set_in_document(DOSED, space)
    assert spaced != DOSED
    assert diff.compare(DOSED, spaced) == diff.compare(spaced, DOSED) == []


@EVERY_SPACE
def test_a_dose_stands_alone_among_changed_spaces(space):
    before = make_document(title="Take 5 mg or 10 mg of Examplol")
    after = make_document(title=f"Take 5{space}mg or 100{space}mg of Examplol")
    (change,) = diff.compare(before, after)
    assert [tuple(piece) for piece in change.words] == [
        ("same", f"Take 5{space}mg or "),
        ("removed", "10"),
        ("added", "100"),
        ("same", f"{space}mg of Examplol"),
    ]
