"""The outline of the change form: the states of its parts, and where mistakes are, in words and as addresses."""

import pytest

from drugs import desk
from drugs.content import Section, SideEffect
from tests.support.builders import make_document, make_monograph, publish_document
from tests.support.desk_posts import change_address, fields_of, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def editor(client):
    client.force_login(make_user("edith", "drugs.change_monograph", "drugs.view_monograph"))


def outline_of(client, monograph):
    """The states of the parts in words, by their address."""
    parts = client.get(change_address(monograph)).context["outline"]
    return {part.anchor: ", ".join(state.words for state in part.states) for part in parts}


def test_a_part_is_empty_changed_or_has_points_of_the_checks(client):
    monograph = publish_document().monograph
    sections = (*make_document().sections, Section("storage"), Section("overdose", "", "Call. Take 1.0 mg."))
    desk.write(make_document(sections=sections, references=()), by="writer", monograph=monograph)
    states = outline_of(client, monograph)
    assert states["sections-0"] == "checks clear"
    assert states["sections-7"] == "empty, changed"
    assert states["sections-8"] == "1 point of the checks, changed"
    assert states["references-group"] == "empty, 1 point of the checks, changed"
    assert states["side_effects-group"] == "checks clear"


def test_nothing_has_changed_where_there_is_no_edition(client):
    assert not [words for words in outline_of(client, make_monograph()).values() if "changed" in words]


def test_a_section_before_others_does_not_make_them_changed(client):
    monograph = publish_document().monograph
    sections = (Section("storage", "", "Keep it dry."), *make_document().sections)
    desk.write(make_document(sections=sections), by="writer", monograph=monograph)
    states = outline_of(client, monograph)
    assert (states["sections-0"], states["sections-1"]) == ("changed", "checks clear")


def test_parts_name_components_and_begin_with_their_words(client):
    sections = (
        Section("uses", "", "#### Adults\n\n- For **pain** and fever.", component="Alphol"),
        Section("side_effects"),
    )
    effects = tuple(SideEffect(f"Effect {number}") for number in range(6))
    monograph = make_monograph(sections=sections, side_effects=effects, faqs=())
    parts = client.get(change_address(monograph)).context["outline"]
    named = {part.anchor: (part.name, part.begins) for part in parts}
    assert named["sections-0"] == ("Alphol: What it is used for", "Adults For pain and fever.")
    assert named["side_effects-group"] == (
        "List of side effects",
        "6: Effect 0, Effect 1, Effect 2, Effect 3",
    )


def test_sections_of_one_name_are_told_apart_in_the_outline(client):
    sections = (Section("side_effects", "", "One."), Section("side_effects", "", "Two."), Section("uses"))
    parts = client.get(change_address(make_monograph(sections=sections, faqs=()))).context["outline"]
    names = [part.name for part in parts]
    assert len(names) == len(set(names)) and "Side effects (2)" in names


def test_save_stands_once_on_the_form(client):
    page = client.get(change_address(make_monograph())).content.decode()
    assert page.count('name="_continue"') == 1 and ">Save</button>" in page


def test_mistakes_name_section_row_and_field_and_lead_there(client):
    monograph = make_monograph()
    wrong = {"sections-1-body": "## Dosage", "side_effects-1-name": "**bold**", "title": ""}
    response = client.post(change_address(monograph), fields_of(client, monograph) | wrong)
    page = response.content.decode()
    where = {mistake.anchor: mistake.where for mistake in response.context["mistakes"]}
    assert where == {
        "id_title": "Title",
        "id_sections-1-body": "What it is used for: Body",
        "id_side_effects-1-name": "List of side effects, row 2: Name",
    }
    for anchor in where:
        assert f'<a href="#{anchor}">' in page and f'id="{anchor}"' in page
    assert page.count('<details name="section" open>') == 1


def test_whoever_may_only_read_finds_the_outline_without_a_button(client):
    client.force_login(make_user("ron", "drugs.view_monograph"))
    response = client.get(change_address(make_monograph()))
    assert "What it is used for" in [part.name for part in response.context["outline"]]
    assert 'name="_continue"' not in response.content.decode()
