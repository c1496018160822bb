"""Questions: everyday words for kinds of section, and the medicine that is left of a query."""

import pytest

from drugs.content import Name
from drugs.search import questions
from drugs.search.names import NameHit
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
        ("2 much examplol", "overdose"),
        ("two examplol instead of one", "overdose"),
        ("a few bevs on examplol", "food_alcohol"),
        ("up the duff on examplol", "pregnancy"),
        ("do i have to finish examplol", "stopping"),
        ("the most examplol i can take", "dosage"),
        ("gap between examplol", "dosage"),
        ("can i take 2 examplol at once", "dosage"),
        ("can examplol get hot", "storage"),
        ("examplol ct scan", "precautions"),
        ("examplol for over 80s", "precautions"),
        ("who cant have examplol", "do_not_take"),
        ("runny tummy examplol", "side_effects"),
        ("how does examplol lower pain", "how_it_works"),
        ("is examplol a steroid", "uses"),
        ("examplol blood count how often", "monitoring"),
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


@pytest.mark.parametrize(
    ("words", "another"),
    [(["zentaprazole"], True), (["examplopril"], False), (["headache", "food"], False), ([], False)],
)
def test_a_word_may_end_as_names_of_medicines_do(words, another):
    hit = NameHit("examplopril", "Exampolpril", "Examplopryl", "title", "exact", 1.0)
    assert questions.names_another(words, hit) == another


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
