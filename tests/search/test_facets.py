"""Facets: the names that lists keep of a page, how they are folded, and when they are written."""

import re

import pytest
from django.core.management import call_command

from drugs import desk, publishing
from drugs.content import DrugClass, Section, SideEffect
from drugs.models import PublishedClass, PublishedEffect, PublishedIngredient
from drugs.search import effect_names, facets
from tests.support.builders import make_document, make_review, publish_document


def effects_of(*effects):
    document = make_document(side_effects=effects)
    return [(row.slug, row.name) for row in facets.facets_of(1, document)[PublishedEffect]]


def rows():
    return [set(table.objects.values_list(*row._fields)) for table, row in facets.TABLES.items()]


@pytest.mark.parametrize(
    "name",
    [
        "Mood swing",
        "mood swings",
        "MOOD SWINGS",
        "Mood swings (in 1 of 10 people)",
        "*Mood* swings:",
        "Mood  swing (a) (b).",
    ],
)
def test_case_number_mark_up_and_end_brackets_are_one_effect(name):
    assert [slug for slug, _ in effects_of(SideEffect(name))] == ["mood-swing"]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Headaches", "headache"),
        ("Rashes", "rash"),
        ("Allergies", "allergy"),
        ("Weakness", "weakness"),
        ("Arthritis", "arthritis"),
        ("Tinnitus", "tinnitus"),
        ("Diabetes", "diabetes"),
        ("Gas", "gas"),
        ("Guillain-Barré syndrome", "guillain-barre-syndrome"),
        ("Тошнота", "тошнота"),
    ],
)
def test_a_name_is_folded_by_number_only_where_it_is_a_plural(name, slug):
    assert facets.facet_slug(name) == slug


@pytest.mark.parametrize(
    ("slug", "names"),
    [
        ("diarrhoea", ["Diarrhea", "Diarrhoea", "loose stools"]),
        ("dry-mouth", ["Xerostomia", "Dry mouth"]),
        ("oesophageal-ulcer", ["Esophageal ulcer", "Oesophageal ulcer"]),
        ("peripheral-oedema", ["Peripheral edema"]),
    ],
)
def test_lay_clinical_and_american_names_have_one_entry(slug, names):
    assert {row[0] for row in effects_of(*map(SideEffect, names))} == {slug}


def test_names_of_other_effects_keep_entries_of_their_own():
    names = [
        "Nausea",
        "Nausea and vomiting",
        "Severe nausea",
        "Chest pain",
        "Angina",
        "Depression",
        "Low mood",
    ]
    assert len(effects_of(*map(SideEffect, names))) == len(names)


def test_no_name_of_an_effect_stands_twice_in_the_file():
    names = [name for line in effect_names.FILE.read_text().splitlines() for name in re.split("[|~]", line)]
    assert len(names) == len(set(names)) and all(name == name.strip() for name in names)
    assert effect_names.other_slugs("angina") == ["chest-pain"]


@pytest.mark.parametrize(
    "name",
    [
        "Nausea, vomiting and headache",
        "Very rarely the following has been seen in people of any age",
        "x" * 61,
        "10% of people",
        "Swelling (of the face) or hands",
        "(unknown)",
        "!!!",
    ],
)
def test_what_is_a_sentence_or_a_list_gets_no_page(name):
    assert effects_of(SideEffect(name)) == []


def test_a_facet_name_has_a_capital_and_no_mark_up():
    assert effects_of(SideEffect("*clostridioides difficile* infections (bowel)")) == [
        ("clostridioides-difficile-infection", "Clostridioides difficile infections")
    ]


def test_a_side_effect_listed_twice_keeps_the_higher_frequency():
    document = make_document(
        side_effects=(
            SideEffect("Rash"),
            SideEffect("rashes", frequency="common"),
            SideEffect("Rash", frequency="rare"),
        )
    )
    [row] = facets.facets_of(1, document)[PublishedEffect]
    assert row.band == 1


def test_classes_keep_what_stands_in_brackets():
    document = make_document(classes=(DrugClass("Exampines (first)"), DrugClass("Exampines (second)")))
    slugs = [row.slug for row in facets.facets_of(1, document)[PublishedClass]]
    assert slugs == ["exampine-first", "exampine-second"]


def test_only_combinations_have_ingredients():
    document = make_document(ingredients=("Aol",))
    assert facets.facets_of(1, document)[PublishedIngredient] == []
    document = make_document(ingredients=("Aol", "Bol", "AOL"))
    assert {row.folded for row in facets.facets_of(1, document)[PublishedIngredient]} == {"aol", "bol"}


def test_the_current_edition_alone_decides_what_is_kept(db):
    publication = publish_document(ingredients=("Aol", "Bol"))
    new = make_document(
        title="Other",
        classes=(DrugClass("Gamma blockers"),),
        ingredients=("Aol", "Col"),
        side_effects=(SideEffect("Rash"),),
    )
    desk.write(new, by="writer", monograph=publication.monograph)
    assert PublishedEffect.objects.filter(slug="tiredness").exists()
    publishing.publish(publication.monograph, by="test", kind="safety", note="New.")
    assert list(PublishedEffect.objects.values_list("slug", "sort_key")) == [("rash", "other")]
    assert list(PublishedClass.objects.values_list("slug", flat=True)) == ["gamma-blocker"]
    assert set(PublishedIngredient.objects.values_list("folded", flat=True)) == {"aol", "col"}


def test_a_withdrawn_page_leaves_every_facet_until_republished(db):
    apart = Section("interactions", "", "Testamine makes it stronger.")
    publication = publish_document(ingredients=("Aol", "Bol"), sections=(*make_document().sections, apart))
    before = rows()
    assert all(before)
    publishing.withdraw(publication, reason="Wrong.", by="test")
    assert not any(rows())
    publishing.publish(publication.monograph, by="test", kind="safety", note="Right after all.")
    assert rows() == before


def test_an_edition_that_names_the_same_writes_nothing(db, django_assert_num_queries):
    publication = publish_document(ingredients=("Aol", "Bol"))
    with django_assert_num_queries(4):
        facets.write([(publication, make_document(ingredients=("Aol", "Bol")))])


def test_all_names_of_a_page_are_written_at_once(db, django_assert_num_queries):
    publication = publish_document(
        classes=(), side_effects=(), faqs=(), sections=(Section("uses", "", "Pain."),)
    )
    effects = tuple(SideEffect(f"Effect {'x' * number}") for number in range(1, 51))
    with django_assert_num_queries(4 + 4):
        facets.write([(publication, make_document(side_effects=effects, ingredients=("Aol", "Bol")))])


def test_a_rebuild_rights_every_row_without_withdrawn_pages(db):
    publish_document(ingredients=("Aol", "Bol"), review=make_review())
    publishing.withdraw(publish_document(slug="gone", title="Gone"), reason="Wrong.", by="test")
    right = rows()
    PublishedEffect.objects.filter(slug="tiredness").delete()
    PublishedClass.objects.update(name="Nonsense")
    PublishedIngredient.objects.all().delete()
    call_command("rebuild_index")
    assert rows() == right
