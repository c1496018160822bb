"""Shapes that pages from elsewhere have and the old site's own did not, as facts about made-up texts."""

import pytest

from drugs.formats.old import read_old


def page(body, title="Examplol"):
    return read_old(body, slug="examplol", title=title, first_line=5)


def read(body, title="Examplol"):
    return page(body, title).document


def headings(document):
    return [(section.kind, section.heading) for section in document.sections]


def effects(text):
    found = read(f"### Side Effects\n{text}").side_effects
    return [(effect.label, effect.group, effect.urgency, effect.name) for effect in found]


def questions(document):
    return [(faq.question, faq.answer) for faq in document.faqs]


# Side effects: what to do


@pytest.mark.parametrize(
    "advice",
    [
        "**Stop taking it and see somebody if you have:**",
        "**Tell your doctor if:**",
        "#### When to call a doctor",
        "🚨 **Call 911 if you have:**",
        "**Get help if you have:**",
        "**Go to the hospital if you have:**",
    ],
)
def test_a_line_that_says_what_to_do_ends_where_the_next_group_begins(advice):
    text = f"{advice}\n\n* Falls\n\n**Very common (may affect more than 1 in 10 people):**\n\n* Yawning\n"
    found = effects(text)
    assert [name for _, _, _, name in found] == ["Falls", "Yawning"]
    assert found[1][0] == "Very common (may affect more than 1 in 10 people)"


def test_a_line_that_says_what_to_do_completes_the_group_above_it():
    text = "#### Serious side effects\n\n**Tell your doctor if you have:**\n\n* Falls\n"
    assert effects(text) == [
        ("Serious side effects: Tell your doctor if you have", "serious", "unsorted", "Falls")
    ]


@pytest.mark.parametrize(
    "label",
    [
        "Seek medical attention immediately if you have",
        "Get medical help right away if you have",
        "Seek immediate help for",
        "🚨 Call 911 if you have",
        "Call an ambulance at once for",
        "Go to the emergency room for",
        "Call emergency services for",
    ],
)
def test_a_label_that_sends_for_help_at_once_is_an_emergency_in_each_wording(label):
    assert effects(f"{label}:\n\n* Falls\n")[0][2] == "emergency"


@pytest.mark.parametrize(
    "label", ["You do not need emergency services for", "Tell your doctor at your next visit about"]
)
def test_other_advice_is_no_emergency(label):
    assert effects(f"{label}:\n\n* Falls\n")[0][2] == "unsorted"


def test_effects_that_matter_only_once_they_are_severe_are_not_called_serious():
    label = "Tell your doctor if any of these symptoms are severe or do not go away"
    assert effects(f"{label}:\n\n* Yawning\n") == [(label, "other", "unsorted", "Yawning")]
    assert effects("Some side effects are severe:\n\n* Falls\n")[0][1] == "serious"
    assert effects("See somebody if severe side effects occur:\n\n* Falls\n")[0][1] == "serious"
