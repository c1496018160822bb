"""Figures that differ: numbers with their units, negations and limits of two documents, in a list of their own."""

from dataclasses import replace

import pytest

from drugs.content import Section
from drugs.content.figures import MOST, figure_changes
from tests.support.builders import make_document


def changes(before, after):
    pages = (make_document(sections=(Section("uses", "", text), *REST)) for text in (before, after))
    return [(change.before, change.after) for change in figure_changes(*pages).listed]


REST = make_document().sections[4:]


@pytest.mark.parametrize(
    ("before", "after", "figures"),
    [
        ("Take 500 mg a day.", "Take 5000 mg a day.", [("500 mg", "5000 mg")]),
        ("Take 5 mg weekly.", "Take 5 mg daily.", [("weekly", "daily")]),
        ("At most 1,000 mg.", "At most 1.000 mg.", [("1,000 mg", "1.000 mg")]),
        ("Give 10 mg/kg.", "Give 10 micrograms/kg.", [("10 mg/kg", "10 micrograms/kg")]),
        ("Do not take it.", "Take it.", [("not", "")]),
        ("You cannot drive.", "You can drive.", [("cannot", "")]),
        ("If you weigh <50 kg.", "If you weigh >50 kg.", [("<", ">")]),
        ("Less than one tablet.", "More than one tablet.", [("Less", "More")]),
        ("Take 7.5\u00a0mg.", "Take 7.5 mg.", []),
        ("A nice medicine.", "A good medicine.", []),
        ("It eases.", "It eases, https://a.example/?id=12-5 says.", []),
        ("It eases.", "See [it](https://a.example/12)5 mg.", [("", "5 mg")]),
        ("It eases.", "It eases, 00653b7c-7099-487e-9a01-e89781c21323.", []),
        ("It eases.", "| https://a.example/1|5 mg |", [("", "5 mg")]),
        ("Keep it below 25 °C.", "Keep it below 25 °F.", [("25 °C", "25 °F")]),
        ("Keep it below 25°C.", "Keep it below 30°C.", [("25°C", "30°C")]),
        ("Keep it at 25 ℃.", "Keep it at 8 ℃.", [("25 ℃", "8 ℃")]),
        ("Take 12345678 mg.", "Take 12345679-1234 mg.", [("12345678 mg", "12345679-1234 mg")]),
    ],
)
def test_numbers_units_and_negations_that_change_are_listed(before, after, figures):
    assert changes(before, after) == figures


def test_a_figure_is_listed_with_the_words_around_it():
    pages = (make_document(names=(), title=title) for title in ("Examplol 5 mg", "Examplol 50 mg"))
    change = figure_changes(*pages).listed[0]
    assert (change.what, change.context) == ("Title", "Examplol 50 mg")


@pytest.mark.parametrize(
    ("urgencies", "said"),
    [
        (("unsorted", "expected"), ("not sorted by urgency", "often passes")),
        (("emergency", "expected"), ("call for help now", "often passes")),
    ],
)
def test_an_urgency_that_changes_is_listed_in_whole_words(urgencies, said):
    effect = make_document().side_effects[0]
    pages = (make_document(side_effects=(replace(effect, urgency=urgency),)) for urgency in urgencies)
    change = figure_changes(*pages).listed[0]
    assert (change.before, change.after) == said


def test_the_words_around_a_figure_have_no_marks_of_emphasis():
    pages = (make_document(sections=(Section("uses", "", f"**Take** {dose} mg."), *REST)) for dose in (5, 50))
    assert figure_changes(*pages).listed[0].context == "Take 50 mg."


def test_more_figures_than_people_read_are_counted():
    pages = ("\n\n".join(f"word{n} {n + add} mg" for n in range(MOST + 20)) for add in (0, 1))
    pages = (make_document(sections=(Section("uses", "", text), *REST)) for text in pages)
    found = figure_changes(*pages)
    assert len(found.listed) == MOST and found.more == 20
