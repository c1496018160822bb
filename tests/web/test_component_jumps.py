"""Jumps of a combination's page: what only one of its components answers says which, and leads there."""

from dataclasses import replace

from drugs.content import FAQ, Section
from drugs.web import article
from tests.support.combinations import FIRST, PAIR, SECOND


def jumps_of(*sections, **more):
    document = replace(PAIR, sections=sections, **{"faqs": (), "side_effects": (), **more})
    return article.build(document).jumps


def test_a_jump_that_one_component_answers_says_which():
    found = jumps_of(
        Section("dosage", "", "One.", FIRST),
        Section("precautions", "", "**Examplol (Ex):** Sleep.\n\n**Testamine:** Avoid driving with it."),
        Section("missed_dose", "", "Leave it out.", SECOND),
        Section("faqs"),
        faqs=(FAQ("Can I drink alcohol with it?", "No.", FIRST), FAQ("Is alcohol allowed?", "No.", SECOND)),
    )
    assert [(link.label, link.component, link.anchor) for link in found.links if link.component] == [
        ("Missed a dose", "Testamine", "missed-dose-testamine-testex"),
        ("How to take it", "Examplol", "dosage-examplol"),
        ("Alcohol and food", "Examplol", "faqs-question-1"),
        ("Alcohol and food", "Testamine", "faqs-question-2"),
        ("Driving", "Testamine", "precautions:~:text=Testamine%3A%20Avoid%20driving%20with%20it."),
    ]
    assert [said for said in found.missing if "only" in said or "alcohol" in said] == [
        "a missed dose (only on Testamine)",
        "how to take it (only on Examplol)",
        "driving (only on Testamine)",
    ]


def test_a_jump_leads_to_what_is_about_all_before_one_component():
    found = jumps_of(Section("precautions", "", "**Examplol:** Avoid alcohol.\n\n**Both:** Alcohol harms."))
    (led,) = (link for link in found.links if link.label == "Alcohol and food")
    assert (led.component, led.anchor) == ("", "precautions:~:text=Both%3A%20Alcohol%20harms.")


def test_the_name_of_a_single_medicine_is_no_component_of_a_jump():
    found = jumps_of(Section("precautions", "", "**Examplol:** Avoid alcohol."), ingredients=("Examplol",))
    (led,) = (link for link in found.links if link.label == "Alcohol and food")
    assert led.component == "" and led.anchor.startswith("precautions")


def test_what_the_text_says_on_one_component_alone_is_not_that_of_all():
    one = Section("precautions", "", "Not for pregnant people.", FIRST)
    found = jumps_of(one)
    (led,) = (link for link in found.links if link.label == "Pregnancy")
    assert (led.component, led.anchor) == ("Examplol", "said-on-pregnancy")
    assert "pregnancy and breastfeeding (only on Examplol)" in found.missing
    found = jumps_of(one, Section("precautions", "", "Ask first when pregnant.", SECOND))
    (led,) = (link for link in found.links if link.label == "Pregnancy")
    assert (led.component, led.anchor) == ("", "said-on-pregnancy")
    assert not [said for said in found.missing if "pregnancy" in said]


def test_a_question_on_the_whole_goes_before_a_sentence_on_one_component():
    one = Section("precautions", "", "Not for pregnant people.", FIRST)
    asked = (FAQ("Are they safe in pregnancy?", "Ask."), FAQ("And when breastfeeding?", "No.", SECOND))
    found = jumps_of(one, Section("faqs"), faqs=asked)
    (led,) = (link for link in found.links if link.label == "Pregnancy")
    assert (led.component, led.anchor) == ("", "faqs-question-1")
    found = jumps_of(one, Section("faqs"), faqs=asked[1:])
    led = {link.component: link.anchor for link in found.links if link.label == "Pregnancy"}
    assert led == {"Examplol": "said-on-pregnancy", "Testamine": "faqs-question-1"}
    assert not [said for said in found.missing if "pregnancy" in said]
