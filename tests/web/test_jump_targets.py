"""Targets of jumps: a question or sentence that is about something else answers none of them."""

import time

import pytest

from drugs.content import FAQ, Section
from drugs.web import article
from tests.support.builders import make_document


def target(label, *sections, asked=(), **more):
    faqs = tuple(FAQ(question, "Ask.") for question in asked)
    document = make_document(sections=(*sections, Section("faqs")), side_effects=(), faqs=faqs, **more)
    return {link.label: link.anchor for link in article.build(document).jumps.links}[label]


@pytest.mark.parametrize(
    ("label", "question", "answers"),
    [
        ("Alcohol and food", "Can I drink Examplol?", False),
        ("Alcohol and food", "Can I take Examplol for a hangover?", False),
        ("Alcohol and food", "Can I get enough Examplol from my diet?", False),
        ("Alcohol and food", "How much water should I drink with it?", False),
        ("Alcohol and food", "Can I drink while taking Examplol?", True),
        ("Alcohol and food", "Are there foods I should avoid?", True),
        ("Alcohol and food", "Can I take it on an empty stomach?", True),
        ("Other medicines", "Can I take this combination without a prescription?", False),
        ("Other medicines", "Is it safe to take this supplement for long?", False),
        ("Other medicines", "Can I take Examplol with other painkillers?", True),
        ("Other medicines", "Can I take antacids with it?", True),
        ("How to take it", "What if my child has a reaction?", False),
        ("How to take it", "How often should I take it?", True),
        ("Pregnancy", "Can I use it to prevent migraines?", False),
        ("Pregnancy", "Is it safe while breastfeeding?", True),
    ],
)
def test_only_a_question_that_says_so_answers_a_jump(label, question, answers):
    anchor = target(label, asked=("Is it a tablet?", question))
    quoted = {"Pregnancy": "said-on-pregnancy", "Other medicines": "said-on-interactions"}
    assert anchor == (quoted.get(label, "faqs-question-2") if answers else "not-on-this-page")


def test_a_use_in_pregnancy_is_no_word_of_caution():
    assert target("Pregnancy", Section("uses", "", "It treats sickness in pregnancy.")) == "not-on-this-page"
    cautious = Section("uses", "", "It treats sickness, and should not be used in pregnancy.")
    assert target("Pregnancy", cautious) == "said-on-pregnancy"


def test_what_prevents_pregnancy_is_not_about_pregnancy():
    ring = Section("uses", "", "The ring is used to prevent pregnancy.")
    assert target("Pregnancy", ring) == "not-on-this-page"


@pytest.mark.parametrize(
    ("said", "warns"),
    [
        ("If there is any chance of pregnancy, tell your doctor.", True),
        ("Patients are advised against pregnancy.", True),
        ("Use effective contraception to prevent pregnancy.", True),
        ("You have to prevent pregnancy during treatment.", True),
        ("It lowers your chance of pregnancy.", False),
        ("The pill protects against pregnancy.", False),
    ],
)
def test_a_caution_against_becoming_pregnant_is_found(said, warns):
    anchor = target("Pregnancy", Section("precautions", "", said))
    assert anchor == ("said-on-pregnancy" if warns else "not-on-this-page")


def test_what_only_a_question_says_of_danger_is_quoted_with_its_answer():
    faqs = (FAQ("Is it *safe* in pregnancy?", "No. It harms the unborn."),)
    document = make_document(
        sections=(Section("uses", "", "Gout."), Section("faqs")), side_effects=(), faqs=faqs
    )
    said = [(found.kind, one) for found in article.build(document).floor.found for one in found.said]
    assert [(kind, one.sentence, one.address) for kind, one in said] == [
        ("pregnancy", "Is it safe in pregnancy? No. It harms the unborn.", "faqs-question-1")
    ]


def test_many_long_questions_are_looked_through_soon():
    asked = [f"Posology {number}: {(270 * 'how do ').strip()}?" for number in range(60)]
    start = time.process_time()
    assert target("How to take it", asked=asked) == "not-on-this-page"
    assert time.process_time() - start < 1


def test_questions_in_another_language_are_told_by_its_words():
    asked = ("Kann ich Alkohol trinken?",)
    assert target("Alcohol and food", asked=asked, language="de") == "faqs-question-1"


@pytest.mark.parametrize(
    ("label", "sentence"),
    [
        ("Alcohol and food", "Take care after alcohol or drug dependence."),
        ("Alcohol and food", "Ask about drug and alcohol abuse in the family."),
        ("Alcohol and food", "Avoid soaps with a high alcohol content."),
        ("Driving", "It may cause sleep-driving and sleep-eating."),
    ],
)
def test_a_word_in_another_sense_is_no_target(label, sentence):
    assert target(label, Section("precautions", "", sentence)) == "not-on-this-page"


@pytest.mark.parametrize(
    "whom",
    [
        "with alcohol dependence",
        "who are alcohol-dependent",
        "with alcoholism",
        "with alcohol use disorder",
        "with a drinking problem",
        "who are heavy drinkers",
    ],
)
def test_who_cannot_stop_drinking_is_told_of_alcohol(whom):
    shown = target("Alcohol and food", Section("precautions", "", f"People {whom} must not take it."))
    assert shown.startswith("precautions:~:text=People")


@pytest.mark.parametrize(
    ("sentence", "is_found"),
    [
        ("This information must not be used for self-treatment.", False),
        ("It should not be used instead of a vaccine.", False),
        ("It should not be used by children.", True),
    ],
)
def test_what_must_not_be_used_is_the_medicine(sentence, is_found):
    document = make_document(sections=(Section("precautions", "", sentence),), side_effects=(), faqs=())
    kinds = [found.kind for found in article.build(document).floor.found]
    assert ("do_not_take" in kinds) is is_found


def test_rows_are_as_high_as_the_jump_that_names_a_component():
    faq = FAQ("Can I drink alcohol?", "No.", component="Aol")
    sections = (
        Section("uses", "", "Pain.", "Aol"),
        Section("uses", "", "Fits.", "Bol"),
        Section("faqs", component="Aol"),
    )
    both = make_document(
        title="Aol + Bol", ingredients=("Aol", "Bol"), sections=sections, side_effects=(), faqs=(faq,)
    )
    assert article.build(both).jumps.tall and not article.build(make_document()).jumps.tall
