"""Marked article: sections that changed, came, went, or only look otherwise."""

from dataclasses import replace

from drugs.content import Section
from drugs.web.marked_article import marked_article
from tests.support.builders import make_document

SECTIONS = make_document().sections


def states(before, after):
    pages = (make_document(sections=sections) for sections in (before, after))
    return {section.heading: section.state for section in marked_article(*pages).sections}


def test_each_section_says_whether_it_changed_came_or_went():
    new = (*SECTIONS[1:-1], Section("uses", "More", "Also for cats."), SECTIONS[-1])
    found = states(SECTIONS, new)
    assert found["Most important warning"] == "removed" and found["More"] == "new"
    assert list(found)[0] == "Most important warning"
    assert {found[heading] for heading in list(found)[1:] if heading != "More"} == {"same"}


def test_the_same_words_in_another_layout_are_said_to_be_so():
    listed = (Section("warning", "", "- Do not\n- stop it suddenly."), *SECTIONS[1:])
    plain = (Section("warning", "", "Do not\nstop it suddenly."), *SECTIONS[1:])
    assert states(plain, listed)["Most important warning"] == "layout"


def test_a_section_with_another_heading_is_compared_with_itself():
    renamed = (SECTIONS[0], Section("uses", "Reasons", SECTIONS[1].body), *SECTIONS[2:])
    page = marked_article(make_document(), make_document(sections=renamed))
    section = next(section for section in page.sections if section.anchor == "uses")
    assert section.state == "changed" and section.marks[1][1:] == ("ins", "Reasons")


def test_names_and_title_stand_before_the_sections():
    page = marked_article(make_document(), make_document(title="Otherol"))
    assert [change.what for change in page.head] == ["Title"]


def test_each_mark_of_a_section_has_an_id_of_its_own():
    changed = (SECTIONS[0], Section("uses", "", "For <sup>cats</sup> & mice."), *SECTIONS[2:])
    page = marked_article(make_document(), make_document(sections=changed), prefix="p-")
    section = next(section for section in page.sections if section.anchor == "uses")
    assert [f'id="{mark.id}"' in section.html for mark in section.marks] == [True] * len(section.marks)
    assert {mark.kind for mark in section.marks} == {"ins", "del"} and section.marks[0].id == "p-mark-uses-1"
    assert any("&" in mark.text for mark in section.marks) and section.fields == {"sections.1"}


def test_a_section_names_the_rows_that_it_shows():
    effect, *others = make_document().side_effects
    page = marked_article(
        make_document(), make_document(side_effects=(replace(effect, name="Cold"), *others))
    )
    fields = {section.heading: section.fields for section in page.sections if section.fields}
    assert ["side_effects.0" in names for names in fields.values()] == [True]
