"""Texts of before that no act names: of a desk that could not be read, and of a program that knew no such fact."""

import pytest

from drugs import desk
from drugs.audit import facts
from drugs.content import Name
from drugs.models import DeskRevision, Section
from tests.support.builders import make_document, make_monograph
from tests.support.witnessed_site import found

pytestmark = pytest.mark.django_db


def test_names_reach_a_desk_whose_text_no_page_could_say():
    monograph, other = make_monograph(), make_monograph(slug="other", title="Otherol")
    Section.objects.filter(monograph=monograph).update(body="# Too high a heading")
    desk.add_names_each(
        [(monograph, [Name("Zampol", "brand")]), (other, [Name("Otheramp", "brand")])], source="file", by="ed"
    )
    assert monograph.names.filter(text="Zampol").exists() and other.names.filter(text="Otheramp").exists()
    assert not DeskRevision.objects.filter(monograph=monograph)


def without_revisions(stated):
    def desks(monographs):
        return {name: value for name, value in stated(monographs).items() if name != "revisions"}

    return desks


def test_a_save_by_a_program_that_names_no_text_is_no_fault(monkeypatch):
    monograph = save(make_monograph(), "One")
    with monkeypatch.context() as earlier:
        earlier.setattr(facts, "desks", without_revisions(facts.desks))
        monograph = save(monograph, "Two")
    save(save(monograph, "Three"), "Four")
    assert not found()
    DeskRevision.objects.filter(version=3).update(document="{}")
    assert "its text of before, version 3, is not one that a save replaced" in found()


def save(monograph, title):
    return desk.write(make_document(title=title), by="ed", monograph=monograph)
