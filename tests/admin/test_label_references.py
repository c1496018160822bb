"""References to labels on the change form: what is sent, and the numbers by which side effects name them."""

import pytest

from drugs import desk
from drugs.content import Document, Reference, Section, SideEffect
from drugs.models import Monograph
from tests.support.desk_posts import change_address, fields_of, make_user, read

pytestmark = pytest.mark.django_db

LABEL = Reference("EXAMPLOL", country="US", version="7", date="2026-03", source="dailymed", set_id="0f1e")
DOCUMENT = Document(
    slug="examplol",
    title="Examplol",
    sections=(Section("side_effects"),),
    side_effects=(SideEffect("Yawning", reference=2), SideEffect("Hiccups", reference=1)),
    references=(Reference("A handbook"), LABEL),
)


@pytest.fixture
def monograph(client):
    client.force_login(make_user("edith", "drugs.change_monograph", "drugs.view_monograph"))
    return desk.create([DOCUMENT], by="writer")[0]


def test_label_references_are_sent_and_saved_as_they_stand(client, monograph):
    fields = fields_of(client, monograph)
    assert fields["references-1-set_id"] == "0f1e" and fields["side_effects-0-reference"] == "2"
    client.post(change_address(monograph), fields)
    assert (read(monograph), Monograph.objects.get().version) == (DOCUMENT, 1)
    client.post(change_address(monograph), fields | {"references-1-version": "8"})
    assert read(monograph).references[1].version == "8"


def test_numbers_of_references_follow_rows_that_move(client, monograph):
    fields = fields_of(client, monograph)
    client.post(change_address(monograph), fields | {"references-0-position": "9"})
    document = read(monograph)
    assert document.references == (LABEL, Reference("A handbook"))
    assert [effect.reference for effect in document.side_effects] == [1, 2]


def test_a_reference_that_is_removed_is_named_no_more(client, monograph):
    fields = fields_of(client, monograph)
    client.post(change_address(monograph), fields | {"references-0-DELETE": "on"})
    assert [effect.reference for effect in read(monograph).side_effects] == [1, None]


def test_a_side_effect_may_name_a_reference_that_is_new(client, monograph):
    fields = fields_of(client, monograph)
    new = {"references-TOTAL_FORMS": "3", "references-2-title": "New book", "side_effects-1-reference": "3"}
    client.post(change_address(monograph), fields | new)
    document = read(monograph)
    assert document.references[document.side_effects[1].reference - 1].title == "New book"


def test_a_number_without_a_reference_is_an_error(client, monograph):
    fields = fields_of(client, monograph)
    page = client.post(change_address(monograph), fields | {"side_effects-0-reference": "7"}).content.decode()
    assert "7 is not in the list of references" in page
    assert read(monograph) == DOCUMENT
