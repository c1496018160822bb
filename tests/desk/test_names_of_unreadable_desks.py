"""Names for a desk that could not be read: no act names a text of before that was not kept."""

import pytest

from drugs import desk
from drugs.content import Name
from drugs.models import DeskRevision, Section
from tests.support.builders import make_monograph

pytestmark = pytest.mark.django_db


def test_names_reach_a_desk_whose_text_no_page_could_say():
    monograph, other = make_monograph(), make_monograph(slug="other", title="Otherol")
    Section.objects.filter(monograph=monograph).update(body="# Too high a heading")
    desk.add_names_each(
        [(monograph, [Name("Zampol", "brand")]), (other, [Name("Otheramp", "brand")])], source="file", by="ed"
    )
    assert monograph.names.filter(text="Zampol").exists() and other.names.filter(text="Otheramp").exists()
    assert not DeskRevision.objects.filter(monograph=monograph)
