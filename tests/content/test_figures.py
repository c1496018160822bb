"""Figures that differ: numbers with their units, negations and limits of two documents, in a list of their own."""

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
    ],
)
def test_numbers_units_and_negations_that_change_are_listed(before, after, figures):
    assert changes(before, after) == figures


def test_a_figure_is_listed_with_the_words_around_it():
    pages = (make_document(names=(), title=title) for title in ("Examplol 5 mg", "Examplol 50 mg"))
    change = figure_changes(*pages).listed[0]
    assert (change.what, change.context) == ("Title", "Examplol 50 mg")


def test_more_figures_than_people_read_are_counted():
    pages = ("\n\n".join(f"word{n} {n + add} mg" for n in range(MOST + 20)) for add in (0, 1))
    pages = (make_document(sections=(Section("uses", "", text), *REST)) for text in pages)
    found = figure_changes(*pages)
    assert len(found.listed) == MOST and found.more == 20
