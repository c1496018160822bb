"""The board of side effects on the server: lists by urgency, light rows, mistakes in place, and the readers' view."""

import json
import re

import pytest
from django.urls import reverse

from drugs.admin.monographs.effect_board import MAX_BYTES
from drugs.content import SideEffect
from tests.support.builders import make_monograph
from tests.support.desk_posts import change_address, fields_of, make_user, read

pytestmark = pytest.mark.django_db
PREVIEW = "/admin/drugs/monograph/effects/"


@pytest.fixture(autouse=True)
def editor(client):
    client.force_login(make_user("edith", "drugs.change_monograph", "drugs.view_monograph"))


def board_of(response):
    formset = next(
        one.formset
        for one in response.context["inline_admin_formsets"]
        if one.formset.prefix == "side_effects"
    )
    return {urgency.key: [row.values["name"] for row in urgency.rows] for urgency in formset.board}


def test_rows_stand_by_urgency_and_keep_their_order(client):
    effects = [
        SideEffect(name, urgency=urgency)
        for name, urgency in zip("abcde", ("talk", "unsorted") * 3, strict=False)
    ]
    monograph = make_monograph(side_effects=effects)
    board = board_of(client.get(change_address(monograph)))
    assert list(board) == ["emergency", "urgent", "unsorted", "talk", "expected"]
    assert (board["talk"], board["unsorted"]) == (["a", "c", "e"], ["b", "d"])
    assert client.post(change_address(monograph), fields_of(client, monograph)).status_code == 302
    assert [effect.name for effect in read(monograph).side_effects] == list("abcde")


def test_the_button_that_unsorts_comes_last(client):
    page = client.get(change_address(make_monograph())).content.decode()
    order = re.findall('<button type="button" data-urgency="([a-z]+)"', page)
    assert order == ["emergency", "urgent", "talk", "expected", "unsorted"]


def test_every_field_of_a_row_is_sent_as_it_was(client):
    effect = SideEffect('A "b" <c>', "d\n\n- e", "serious", "f & g", "rare", "talk", "Alphol", 1)
    monograph = make_monograph(slug="other", title="Other", side_effects=(effect,))
    fields = fields_of(client, monograph)
    assert client.post(change_address(monograph), fields | {"title": "Else"}).status_code == 302
    assert read(monograph).side_effects == (effect,)


def test_a_mistake_opens_its_row_and_what_was_sent_stays(client):
    monograph = make_monograph()
    wrong = {
        "side_effects-0-reference": "7x",
        "side_effects-1-urgency": "nonsense",
        "side_effects-1-name": "<b>",
    }
    response = client.post(change_address(monograph), fields_of(client, monograph) | wrong)
    page = response.content.decode()
    assert page.count('<details class="effect-more" open>') == 2
    assert "Enter a whole number." in page and "nonsense is not one of the available choices" in page
    assert ">&lt;b&gt;</textarea>" in page
    assert board_of(response)["unsorted"] == ["<b>"]


def test_whoever_may_only_read_gets_no_fields(client):
    client.force_login(make_user("ron", "drugs.view_monograph"))
    page = client.get(change_address(make_monograph())).content.decode()
    assert "Feeling tired" in page and "side_effects-0-name" not in page


def ask(client, body, **more):
    return client.post(PREVIEW, body, content_type="application/json", **more)


def test_the_preview_shows_what_readers_will_see(client):
    assert reverse("admin:drugs_monograph_effects") == PREVIEW
    rows = [
        {
            "name": "Rash *<script>*",
            "description": "Ask a doctor.",
            "group": "other",
            "frequency": "rare",
            "urgency": "talk",
        },
        {"name": "", "group": "other", "frequency": "rare", "urgency": "talk"},
    ]
    answer = ask(client, json.dumps({"effects": rows})).content.decode()
    assert "Tell your doctor or pharmacist" in answer and "1 to 10 in 10,000 people" in answer
    assert "<em>&lt;script&gt;</em>" in answer and "1 row cannot be shown" in answer


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"effects": 5}',
        '{"effects": [1]}',
        '{"effects": "ab"}',
        "[" * 9000,
        "x" * (MAX_BYTES + 1),
    ],
)
def test_what_is_no_list_gets_a_sentence(client, body):
    answer = ask(client, body)
    assert answer.status_code == 400 and b"No preview" in answer.content


def test_the_preview_is_for_those_who_write(client):
    client.logout()
    assert ask(client, "{}").status_code in (302, 403)
    client.force_login(make_user("ron", "drugs.view_monograph"))
    assert ask(client, "{}").status_code == 403


def test_hundreds_of_rows_stay_light(client, django_assert_max_num_queries):
    monograph = make_monograph(side_effects=tuple(SideEffect(f"Effect {number}") for number in range(200)))
    with django_assert_max_num_queries(40):
        page = client.get(change_address(monograph)).content
    assert len(page) < 4_000 * 200
