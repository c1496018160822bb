"""Differences of lines and names: what stays is not struck out because something follows it."""

from dataclasses import replace

import pytest

from drugs.content import Name
from drugs.content.diff import compare, word_changes
from tests.support.builders import make_document


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("Axol\nBxol", "Axol\nBxol\nCxol", "Cxol"),
        ("Axol\nBxol\nCxol", "Axol\nBxol", "Cxol"),
        ("Bxol\nCxol", "Axol\nBxol\nCxol", "Axol"),
        ("Axol\nBxol", "Bxol", "Axol"),
        ("\nBxol", "\nBxol\nCxol", "Cxol"),
        ("Axol\n\nBxol", "\nBxol", "Axol"),
    ],
)
def test_a_line_that_stays_is_never_struck_out(before, after, changed):
    pieces = word_changes(before, after)
    assert "".join(text for kind, text in pieces if kind != "same").strip() == changed
    assert "".join(text for kind, text in pieces if kind != "added") == before
    assert "".join(text for kind, text in pieces if kind != "removed") == after


def names(*texts):
    return tuple(Name(text, "brand") for text in texts)


def test_only_names_that_changed_are_listed():
    before = make_document(names=names("Axol", "Bxol", "Cxol"))
    (change,) = compare(before, replace(before, names=names("Axol", "Dxol", "Cxol")))
    assert [(kind, text.partition(" (")[0]) for kind, text in change.words] == [
        ("removed", "Bxol"),
        ("added", "Dxol"),
    ]


def test_another_order_of_names_is_still_a_change():
    before = make_document(names=names("Axol", "Bxol"))
    assert compare(before, replace(before, names=names("Bxol", "Axol")))
