"""Table of contents: grouped by what readers want to know, and reached from anywhere on a telephone."""

import pytest

from drugs import content
from drugs.content import Section
from drugs.web import article
from drugs.web.contents import GROUPS
from tests.support.builders import make_document, publish_document


def test_every_kind_of_section_has_a_group_of_contents():
    grouped = [kind for kinds in GROUPS.values() for kind in kinds]
    assert sorted(grouped) == sorted([*content.SECTION_KINDS, "unwell"])


def test_contents_name_every_section_once_by_group():
    kinds = (*content.SECTION_KINDS, "dosage")
    shown = article.build(
        make_document(sections=tuple(Section(kind, "", f"Words of {kind}.") for kind in kinds))
    )
    assert [group.label for group in shown.outline] == list(GROUPS)
    anchors = [entry.anchor for group in shown.outline for entry in group.entries]
    assert sorted(anchors) == sorted(entry.anchor for entry in shown.contents)
    taking = next(group for group in shown.outline if group.label == "Taking it")
    assert [entry.anchor for entry in taking.entries] == ["dosage", "missed-dose", "stopping", "dosage-2"]


def test_a_group_of_contents_without_sections_is_left_out():
    shown = article.build(
        make_document(sections=(Section("uses", "", "Pain."),), side_effects=(), faqs=(), references=())
    )
    assert [group.label for group in shown.outline] == ["Danger", "About"]
    assert shown.outline[0].entries[0].heading == "Signs of danger"


@pytest.mark.django_db
def test_the_button_for_contents_is_a_link_without_scripts(client):
    html = client.get(publish_document().get_absolute_url()).content.decode()
    assert '<a class="to-contents" href="#contents"' in html and html.count('id="contents"') == 1
