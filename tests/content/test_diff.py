"""Word diff of two documents: nothing that differs is left out."""

import dataclasses

import pytest

from drugs.content import FAQ, Name, Reference, Section, SideEffect, diff
from tests.support.builders import make_document


def compare(**changes):
    return diff.compare(make_document(), dataclasses.replace(make_document(), **changes))


def words(change, *kinds):
    return [text for kind, text in change.words if kind in kinds]


def test_the_same_document_differs_in_nothing():
    assert compare() == []


def test_one_word_in_a_section_is_all_that_is_marked():
    sections = list(make_document().sections)
    sections[1] = Section("uses", "", "It lowers high blood pressure. It also calms a slow heart.")
    (change,) = compare(sections=tuple(sections))
    assert (change.what, change.field) == ("Section “What it is used for”", "sections.1")
    assert words(change, "removed") == ["racing"] and words(change, "added") == ["slow"]


def test_a_dose_is_one_word():
    old = make_document(sections=(Section("dosage", "", "Take 1 mg twice a day, not more."),), **EMPTY)
    new = make_document(sections=(Section("dosage", "", "Take 1.5 mg twice a day, not more."),), **EMPTY)
    (change,) = diff.compare(old, new)
    assert words(change, "removed", "added") == ["1", "1.5"]


EMPTY = {"side_effects": (), "faqs": ()}


def test_two_spaces_in_a_line_are_as_one():
    old = make_document(sections=(Section("dosage", "", "Take  1 mg twice a day."),), **EMPTY)
    assert (
        diff.compare(old, make_document(sections=(Section("dosage", "", "Take 1 mg twice a day."),), **EMPTY))
        == []
    )
    new = make_document(sections=(Section("dosage", "", "Take 1 mg once   a day."),), **EMPTY)
    (change,) = diff.compare(old, new)
    assert words(change, "removed", "added") == ["twice", "once"]


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"title": "Other"}, "Title"),
        ({"language": "fr"}, "Language"),
        ({"origin": "label"}, "Origin"),
        ({"names": (Name("Xamp", "synonym"),)}, "Names"),
        ({"ingredients": ("A",)}, "Ingredients"),
        ({"classes": ()}, "Classes"),
        ({"references": (Reference("Examplol leaflet", "Some agency", year=2025),)}, "Reference"),
        ({"faqs": (FAQ("Can I drive?", "No."),)}, "Question “Can I drive?”"),
    ],
)
def test_every_part_is_compared(changes, what):
    assert [change.what for change in compare(**changes)] == [what]


@pytest.mark.parametrize("field", ["name", "description", "group", "label", "frequency", "urgency"])
def test_every_field_of_a_side_effect_is_compared(field):
    values = {"group": "other", "frequency": "rare", "urgency": "talk"}
    first, *rest = make_document().side_effects
    changed = dataclasses.replace(first, **{field: values.get(field, "Something else")})
    assert len(compare(side_effects=(changed, *rest))) == 1


def test_another_order_is_said_once():
    effects = make_document().side_effects
    (change,) = compare(side_effects=effects[::-1])
    assert change.what == "Order of the side effects"


def test_a_renamed_effect_is_one_change_and_a_lost_one_is_seen():
    effects = make_document().side_effects
    renamed = dataclasses.replace(effects[0], name="Feeling very tired")
    (change,) = compare(side_effects=(renamed, effects[1]))
    assert words(change, "added") == [
        "very ",
    ] or "very" in "".join(words(change, "added"))
    (lost,) = compare(side_effects=effects[:1])
    assert "Swelling of the face" in "".join(words(lost, "removed")) and not words(lost, "added")


def test_before_and_after_are_the_two_texts():
    old = SideEffect("Ache", "in the left arm, mostly at night", urgency="talk")
    new = SideEffect("Ache", "in the right arm, mostly at night", urgency="talk")
    (change,) = diff.compare(make_document(side_effects=(old,)), make_document(side_effects=(new,)))
    assert "left" in "".join(text for _, text in change.before)
    assert "right" in "".join(text for _, text in change.after)


def test_a_long_text_that_repeats_itself_takes_no_time():
    body = "a b " * 12_000
    old = make_document(sections=(Section("uses", "", body.strip()),), **EMPTY)
    new = make_document(sections=(Section("uses", "", ("b a " * 12_000).strip()),), **EMPTY)
    (change,) = diff.compare(old, new)
    assert len(change.words) == 2


@pytest.mark.parametrize("shift", range(1, 13))
def test_a_long_unchanged_passage_is_shortened_between_words(shift):
    text = " ".join(["x" * shift, *["never"] * 200])
    before = make_document(sections=(Section("uses", "", f"{text} one"),), **EMPTY)
    after = make_document(sections=(Section("uses", "", f"{text} two"),), **EMPTY)
    [change] = diff.compare(before, after)
    around = change.words[0][1]
    assert "[…]" in around and len(around) < 340
    assert set(around.split()) - {"x" * shift} == {"never", "[…]"}
