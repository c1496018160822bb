"""Shown sections: which say something, and where the page, its search and its answers say that they stand."""

from drugs.content import Section, SideEffect
from drugs.content.shown_sections import shown_sections
from drugs.search.snippets import plain_text
from tests.support.builders import make_document
from tests.support.combinations import FIRST, PAIR, SECOND


def test_a_section_that_says_nothing_is_not_shown_and_counts_for_no_anchor():
    sections = (Section("uses"), Section("uses", "", "Pain."), Section("uses", "More uses"), Section("faqs"))
    document = make_document(sections=(*sections, Section("side_effects")), faqs=())
    assert [(shown.at, shown.anchor) for shown in shown_sections(document)] == [
        (1, "uses"),
        (2, "uses-2"),
        (4, "side-effects"),
    ]


def test_rows_stand_in_the_first_section_of_their_component():
    listed = {shown.anchor: [effect.name for effect in shown.side_effects] for shown in shown_sections(PAIR)}
    assert listed["side-effects-examplol"] == ["Yawning", "Sighing"]
    assert listed["side-effects-testamine-testex"] == ["Falls"]
    assert listed["side-effects-testamine-testex-2"] == listed["faqs"] == []


def test_the_name_of_a_component_alone_is_shown_by_nobody():
    sections = (
        Section("other", "Generic Name", "examplol", FIRST),
        Section("other", "Generic Name", "Testamine", SECOND),
        Section("other", "", "New.", SECOND),
    )
    document = make_document(
        title="Examplol + Testamine",
        ingredients=("Examplol", "Testamine"),
        sections=(*sections, Section("side_effects")),
        side_effects=(SideEffect("Rash"),),
        faqs=(),
    )
    assert [shown.anchor for shown in shown_sections(document)] == ["other-testamine-testex", "side-effects"]
    assert "Generic Name" not in plain_text(document)
