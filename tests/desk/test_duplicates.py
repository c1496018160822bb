"""Duplicate detection: pages likely on one medicine, told by names, noted with every change, settled by people."""

import dataclasses
from io import StringIO

import pytest
from django.core.management import call_command

from drugs import desk, publishing
from drugs.content import Name
from drugs.desk import duplicates
from drugs.models import DrugName, LikelyDuplicate, Monograph
from tests.support.builders import make_document, make_monograph, publish_document

pytestmark = pytest.mark.django_db


def make(slug, title, *names, ingredients=()):
    return make_monograph(slug=slug, title=title, names=names, ingredients=ingredients)


def pairs():
    found = LikelyDuplicate.objects.order_by("first__slug", "second__slug")
    return [(pair.first.slug, pair.second.slug, pair.reason) for pair in found]


ALIKE = {
    "the same title": (("Examplol",), ("EXÁMPLOL.",), "title"),
    "a title with something in it that nobody sees": (("Examplol",), ("Exam\u200bplol\u00ad",), "title"),
    "an ingredient with something unseen": (("A", ["Aol"]), ("B", ["A\u2060ol"]), "ingredients"),
    "one title is the other's ingredient": (("Examplol",), ("Xamp", ["examplol"]), "ingredients"),
    "the ingredients in another order": (("A", ["Aol", "Bol"]), ("B", ["bol", "AOL"]), "ingredients"),
    "the same generic name": (("Xamp", "generic Examplol"), ("Yamp", "generic examplol"), "generic"),
    "a title is the other's generic name": (("Examplol",), ("Xamp", "generic Examplol"), "name"),
    "a title is the other's synonym": (("Xamp", "synonym Examplol"), ("Examplol",), "name"),
}
DIFFERENT = {
    "other names": (("Examplol", "brand Xamp"), ("Otherol", "brand Xamp")),
    "a brand": (("Examplol",), ("Otherol", "brand Examplol")),
    "shared synonyms": (("Aol", "synonym Xol"), ("Bol", "synonym Xol")),
    "similar spelling": (("Examplol",), ("Examplal",)),
    "a combination that names its ingredient": (("Aol",), ("A and B", ["Aol", "Bol"], "generic Aol")),
    "two combinations with one ingredient in common": (
        ("A and B", ["Aol", "Bol"], "generic Aol"),
        ("A and C", ["Aol", "Col"], "generic Aol"),
    ),
    "titles without a letter": (("+",), ("%",)),
}


def page(slug, title, *rest):
    ingredients = next((item for item in rest if isinstance(item, list)), ())
    names = [Name(*item.split(" ", 1)[::-1]) for item in rest if isinstance(item, str)]
    return make(slug, title, *names, ingredients=tuple(ingredients))


@pytest.mark.parametrize("case", ALIKE)
def test_pages_alike_in_name_are_noted_with_the_reason(case):
    one, two, reason = ALIKE[case]
    page("a", *one)
    page("b", *two)
    assert pairs() == [("a", "b", reason)]


@pytest.mark.parametrize("case", DIFFERENT)
def test_other_pages_are_not(case):
    one, two = DIFFERENT[case]
    page("a", *one)
    page("b", *two)
    assert pairs() == []


def test_pages_that_come_together_are_compared_with_each_other():
    desk.create([make_document(slug=slug, title="Examplol") for slug in "abc"], by="import")
    assert [pair[:2] for pair in pairs()] == [("a", "b"), ("a", "c"), ("b", "c")]


def test_a_duplicate_goes_and_comes_with_the_names_of_a_page():
    first, second = make("a", "Examplol"), make("b", "Examplol")
    desk.write(make_document(slug="b", title="Otherol"), by="edith", monograph=second)
    assert pairs() == []
    desk.add_names(first, [Name("Otherol", "synonym")], source=DrugName.Source.EDITOR, by="edith")
    assert pairs() == [("a", "b", "name")]


def test_what_an_editor_settled_is_not_asked_again():
    make("a", "Examplol")
    second = make("b", "Examplol")
    LikelyDuplicate.objects.update(settled=True)
    desk.write(make_document(slug="b", title="Examplol"), by="edith", monograph=second)
    assert LikelyDuplicate.objects.get().settled
    assert not LikelyDuplicate.objects.open().exists()


def test_a_withdrawn_page_is_nobodys_duplicate():
    make("a", "Examplol")
    publication = publish_document(slug="b", title="Examplol")
    assert LikelyDuplicate.objects.open().count() == 1
    publishing.withdraw(publication, reason="One is enough.", by="test")
    assert LikelyDuplicate.objects.open().count() == 0


def test_many_pages_of_one_title_make_no_crowd_of_pairs(django_assert_num_queries):
    documents = [make_document(slug=f"e{number}", title="Examplol") for number in range(20)]
    monographs = desk.create(documents, by="import")
    assert LikelyDuplicate.objects.count() <= 20 * duplicates.MOST
    with django_assert_num_queries(7):  # a savepoint and its release among them
        duplicates.update_likely_duplicates(monographs)


def test_checking_all_desks_puts_right_what_the_lists_know():
    make("a", "Examplol")
    second = make("b", "Éxamplol-", Name("Xámp", "brand"))
    assert LikelyDuplicate.objects.exists()
    LikelyDuplicate.objects.all().delete()
    DrugName.objects.update(folded="")
    Monograph.objects.update(blocks=None, letter="", folded="", held_back="")
    call_command("check_monographs", stdout=StringIO())
    second.refresh_from_db()
    assert (second.letter, second.folded, second.blocks, second.version) == ("e", "examplol", 1, 1)
    assert "cut off" in second.held_back[0]
    assert DrugName.objects.get().folded == "xamp"
    assert pairs() == [("a", "b", "title")]


def test_a_desk_that_somebody_changes_meanwhile_is_left_to_them():
    monograph = make("a", "Examplol")
    stale, monograph.blocks = desk.read(monograph), None  # never checked
    theirs = dataclasses.replace(stale, title="Otherol")
    desk.write(theirs, by="edith", monograph=Monograph.objects.get())
    desk.refresh_derived([(monograph, stale)])
    assert Monograph.objects.get().folded == "otherol"
