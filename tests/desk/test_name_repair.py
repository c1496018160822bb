"""Repair of names that an older import took from one ingredient or from a sentence."""

import io

import pytest
from django.core.management import call_command

from drugs import desk
from drugs.content import Name, Section
from drugs.desk.imported_pages import Source
from drugs.models import AuditEntry, DrugName, Edition, Monograph
from drugs.search import index
from tests.support.builders import make_document, make_monograph, publish_document

pytestmark = pytest.mark.django_db
NAMES = (
    Name("Examplol", "generic"),
    Name("Testamine (Testex)", "generic"),
    Name("Varies by maker", "generic"),
    Name("Pairex", "brand"),
)
PAIR = {"title": "Examplol + Testamine", "ingredients": ("Examplol", "Testamine"), "names": NAMES}


def repair(**options):
    out = io.StringIO()
    call_command("repair_names", stdout=out, stderr=out, **options)
    return out.getvalue()


def test_names_of_one_ingredient_and_sentences_leave_the_desk():
    monograph = make_monograph(**PAIR)
    said = repair()
    document = desk.read(Monograph.objects.get(pk=monograph.pk))
    assert document.names == (Name("Pairex", "brand"),)
    assert document.sections[0] == Section("other", "Generic Name", "Testamine (Testex)\n\nVaries by maker")
    assert document.sections[1:] == make_document().sections
    assert "examplol: “Examplol” is an ingredient's name" in said and "1 desks repaired" in said
    assert AuditEntry.objects.filter(action="saved", who="repair_names").count() == 1
    call_command("verify", stdout=io.StringIO())
    assert "0 desks repaired" in repair()


def test_a_dry_run_says_all_and_changes_no_name():
    monograph = make_monograph(**PAIR)
    said = repair(dry_run=True)
    assert "“Varies by maker” is no name of the page, and is kept as text" in said
    assert desk.read(Monograph.objects.get(pk=monograph.pk)).names == NAMES
    assert not AuditEntry.objects.filter(who="repair_names").exists()


def test_a_name_that_an_editor_wrote_is_left():
    monograph = make_monograph(**PAIR)
    DrugName.objects.filter(monograph=monograph).update(source=DrugName.Source.EDITOR)
    assert "is left: an editor wrote it" in repair()
    assert desk.read(monograph).names == NAMES


def test_names_of_a_medicine_of_one_ingredient_stay():
    monograph = make_monograph(names=(Name("Examplol", "generic"),), ingredients=("Examplol",))
    assert "0 desks repaired" in repair()
    assert desk.read(monograph).names


def test_a_repaired_name_makes_the_next_import_no_conflict():
    source = Source("e/examplol.md", "old", "0" * 64)
    desk.save_page(make_document(**PAIR), source, by="test")
    repair()
    later = make_document(**{**PAIR, "names": ()})
    assert desk.save_page(later, source, by="test").outcome == "updated"


def test_editions_keep_their_names_and_are_found_by_none_of_them(client):
    publish_document(**PAIR)
    before = Edition.objects.get().document
    repair()
    index.rebuild()
    assert Edition.objects.get().document == before
    assert client.get("/search/suggest/", {"q": "testamine"}).json()["exact"] is False
