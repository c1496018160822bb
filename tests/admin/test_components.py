"""Components at the desk: chosen or typed beside each section, side effect and question."""

import pytest

from drugs import desk
from drugs.content import FAQ, Section, SideEffect
from tests.support.builders import make_monograph
from tests.support.desk_posts import change_address, fields_of, make_user, read

pytestmark = pytest.mark.django_db
SECTIONS = (Section("uses", "", "Tests.", "Examplol"), Section("side_effects"), Section("faqs"))


@pytest.fixture
def pair(client):
    client.force_login(make_user("edith", "drugs.change_monograph", "drugs.view_monograph"))
    return make_monograph(
        ingredients=("Examplol", "Testamine"),
        title="Examplol + Testamine",
        sections=SECTIONS,
        side_effects=(SideEffect("Yawning"), SideEffect("Falls")),
        faqs=(FAQ("Why?", component="Testamine"),),
    )


def save(client, monograph, **changes):
    return client.post(change_address(monograph), {**fields_of(client, monograph), **changes})


def test_the_screen_offers_ingredients_as_components(client, pair):
    page = client.get(change_address(pair)).content.decode()
    listed = page[page.index('<datalist id="components">') : page.index("</datalist>")]
    assert listed.count("<option") == 2 and 'value="Testamine"' in listed
    assert page.count('list="components"') == 6 + 3  # the rows, and an empty one of each kind


def test_components_of_all_rows_are_saved(client, pair):
    changes = {
        "sections-1-component": "Testamine",
        "side_effects-0-component": "Testamine",
        "faqs-0-component": "",
    }
    answer = save(
        client, pair, **changes, **{"sections-0-component": "", "side_effects-1-component": "Typed"}
    )
    assert answer.status_code == 302
    document = read(pair)
    assert [section.component for section in document.sections] == ["", "Testamine", "", "Typed"]
    assert [(effect.name, effect.component) for effect in document.side_effects] == [
        ("Yawning", "Testamine"),
        ("Falls", "Typed"),
    ]
    assert document.faqs == (FAQ("Why?"),)


def test_rows_are_saved_in_the_order_of_their_places(client, pair):
    save(client, pair, **{"sections-1-component": "Examplol", "side_effects-1-component": "Examplol"})
    assert [effect.name for effect in read(pair).side_effects] == ["Falls", "Yawning"]
    assert [row.name for row in pair.side_effects.all()] == ["Falls", "Yawning"]
    assert save(client, pair).status_code == 302
    assert desk.read(pair).side_effects[0].component == "Examplol"


@pytest.mark.parametrize("field", ["sections-0-component", "side_effects-0-component", "faqs-0-component"])
def test_a_component_that_no_page_can_carry_is_an_error_beside_it(client, pair, field):
    page = save(client, pair, **{field: "Aol {x}"}).content.decode()
    assert "This must not hold { or }." in page
    assert read(pair).sections == SECTIONS
