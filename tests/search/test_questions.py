"""Questions: everyday words for kinds of section, and the medicine that is left of a query."""

import pytest

from drugs.content import Name
from drugs.search import questions
from tests.support.builders import publish_document

PLAIN = {"names": (), "side_effects": (), "faqs": ()}


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("took double the examplol", "overdose"),
        ("examplol toxicity", "overdose"),
        ("can i drink on examplol", "food_alcohol"),
        ("examplol and a beer", "food_alcohol"),
        ("examplol while pregnent", "pregnancy"),
        ("breast feeding on examplol", "pregnancy"),
        ("i forgott my examplol", "missed_dose"),
        ("missed dose can i take double examplol", "missed_dose"),
        ("is it ok to drive after examplol", "driving"),
        ("examplol in the fridge", "storage"),
        ("come off examplol", "stopping"),
        ("how often can i take examplol", "dosage"),
        ("examplol for my toddler", "dosage"),
        ("does examplol cause hair loss", "side_effects"),
        ("what is examplol for", "uses"),
        ("how does examplol work", "how_it_works"),
        ("examplol alkohol", "food_alcohol"),
        ("doubled up on the examplol in my box by mistake", "overdose"),
        ("i keep forgetting examplol", "missed_dose"),
        ("does examplol interfere with birth control", "interactions"),
        ("what can't be taken with examplol", "interactions"),
        ("can my 6 year old have examplol", "dosage"),
        ("examplol a metallic taste", "side_effects"),
        ("purpose of examplol", "uses"),
    ],
)
def test_everyday_words_mean_a_kind_of_section(query, kind):
    question = questions.parse_question(query)
    assert question.kinds[0] == kind
    assert question.parts == ("examplol",)


@pytest.mark.parametrize(
    ("query", "kind"),
    [("left examplol in a hot car", "storage"), ("examplol if allergic to penicillin", "do_not_take")],
)
def test_words_beside_the_topic_are_left_for_names(query, kind):
    assert questions.parse_question(query).kinds[0] == kind


def test_a_name_alone_is_no_question():
    assert questions.parse_question("examplol") is None
    assert questions.parse_question("examplol 500") is None


def test_with_and_together_part_two_medicines():
    question = questions.parse_question("can I take examplol with zentapine?")
    assert question.pairs and question.parts == ("examplol", "zentapine")
    assert question.kinds == ()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("part", "slug"),
    [
        ("examplol", "examplol"),
        ("exampol", "examplol"),
        ("xamp suddenly", "examplol"),
        ("zentapine", "zentapine"),
    ],
)
def test_a_medicine_is_named_exactly_or_but_for_a_slip(part, slug):
    publish_document(**PLAIN | {"names": (Name("Xamp", "brand"),)}, slug="examplol", title="Examplol")
    publish_document(**PLAIN, slug="zentapine", title="Zentapine")
    publish_document(**PLAIN, slug="both", title="Examplol + Zentapine")
    assert [hit.slug for hit in questions.named_medicines([part])] == [slug]


@pytest.mark.django_db
def test_what_is_as_near_to_two_medicines_names_none():
    publish_document(**PLAIN, slug="a", title="Zentapine")
    publish_document(**PLAIN, slug="b", title="Zentatine")
    assert questions.named_medicines(["zentadine"]) == []
