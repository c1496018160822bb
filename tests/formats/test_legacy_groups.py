"""Groups, running lists and advice among the side effects of legacy pages from elsewhere, in made-up texts."""

import pytest

from tests.support.legacy_pages import read


def effects(text):
    found = read(f"### Side Effects\n{text}").side_effects
    return [(effect.label, effect.group, effect.urgency, effect.name) for effect in found]


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
def test_advice_above_a_list_ends_where_the_next_group_begins(advice):
    text = f"{advice}\n\n* Falls\n\n**Very common (may affect more than 1 in 10 people):**\n\n* Yawning\n"
    found = effects(text)
    assert [name for _, _, _, name in found] == ["Falls", "Yawning"]
    assert found[1][0] == "Very common (may affect more than 1 in 10 people)"


@pytest.mark.parametrize(
    "advice", ["**When to call your doctor**", "#### When to call your doctor", "**Tell a doctor.**"]
)
def test_advice_ends_the_group_above_it(advice):
    text = f"**Get emergency help for:**\n\n* Falls\n\n{advice}\n\n* Yawning\n"
    assert [(name, urgency) for _, _, urgency, name in effects(text)] == [
        ("Falls", "emergency"),
        ("Yawning", "unsorted"),
    ]


def test_advice_completes_the_group_above_it():
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
        "Serious (seek help immediately)",
        "🚨 Call 911 if you have",
        "Call an ambulance at once for",
        "Go to the emergency room for",
        "Call emergency services for",
    ],
)
def test_a_label_that_sends_for_help_at_once_is_an_emergency(label):
    assert effects(f"{label}:\n\n* Falls\n")[0][2] == "emergency"


@pytest.mark.parametrize(
    "label", ["You do not need emergency services for", "Tell your doctor at your next visit about"]
)
def test_other_advice_is_no_emergency(label):
    assert effects(f"{label}:\n\n* Falls\n")[0][2] == "unsorted"


def test_effects_to_report_if_severe_are_not_called_serious():
    label = "Tell your doctor if any of these symptoms are severe or do not go away"
    assert effects(f"{label}:\n\n* Yawning\n") == [(label, "other", "unsorted", "Yawning")]
    assert effects("Some side effects are severe:\n\n* Falls\n")[0][1] == "serious"
    assert effects("See somebody if severe side effects occur:\n\n* Falls\n")[0][1] == "serious"


# Side effects: groups


@pytest.mark.parametrize(
    "above",
    [
        "Tell somebody about these",
        "Tell somebody if you have:",
        "**Tell somebody if you have:**",
        "Some are listed here.\n\nThere may be others.",
    ],
)
def test_the_heading_of_a_section_holds_for_each_list_below_it(above):
    text = f"### Serious side effects\n\n{above}\n\n* Falls\n\nThis one too.\n\n* Fainting\n\n**Common:**\n* Yawning\n"
    found = read(text).side_effects
    assert [(effect.name, effect.group) for effect in found] == [
        ("Falls", "serious"),
        ("Fainting", "serious"),
        ("Yawning", "common"),
    ]
    assert found[0].label.startswith("Serious side effects")


@pytest.mark.parametrize(
    "text",
    [
        "**Serious side effects:**\n\nFalls, fainting.\n",
        "#### Serious side effects\n\nFalls, fainting\n",
        "* Serious side effects - Falls, fainting\n",
        "* Serious side effects — falls, fainting.\n",
    ],
)
def test_a_running_list_has_the_group_above_or_before_it(text):
    assert [(label, group, name.lower()) for label, group, _, name in effects(text)] == [
        ("Serious side effects", "serious", "falls"),
        ("Serious side effects", "serious", "fainting"),
    ]


@pytest.mark.parametrize(
    "bullet",
    [
        "More serious side effects need immediate medical attention. These include: falls, fainting.",
        "More serious side effects, while rare, warrant immediate medical attention and include falls, fainting.",
        "**More serious side effects are rare but need emergency care.** These include: falls, fainting",
    ],
)
def test_a_bullet_that_names_another_group_leaves_the_one_above(bullet):
    found = effects(f"Common side effects:\n\n* Yawning\n* {bullet}\n")
    assert [(group, urgency, name) for _, group, urgency, name in found] == [
        ("common", "unsorted", "Yawning"),
        ("serious", "emergency", "falls"),
        ("serious", "emergency", "fainting"),
    ]


def test_a_bullet_with_a_sentence_on_another_group_is_text():
    text = (
        "Common side effects:\n\n* Yawning\n* Serious side effects include those that nobody was told of.\n"
    )
    assert [name for _, _, _, name in effects(text)] == ["Yawning"]
    assert "that nobody was told of" in read(f"### Side Effects\n{text}").sections[-1].body


def test_a_sentence_under_a_group_is_no_list():
    text = "**Serious side effects:**\n\nNone are known, and nobody was asked.\n"
    assert effects(text) == []
    assert "None are known, and nobody was asked." in read(f"### Side Effects\n{text}").sections[-1].body


@pytest.mark.parametrize("mark", ["⚠️ {}:", "**⚠️ {}:**", "***{}:***", "**1. {}:**"])
def test_a_mark_before_a_group_does_not_change_what_it_says(mark):
    label = "Common side effects are mild and infrequent. However, some may feel"
    found = effects(f"{mark.format(label)}\n\n* Yawning\n")
    assert [group for _, group, _, _ in found] == ["common"]
    assert "*" not in found[0][0]


def test_what_joins_the_bullets_of_a_list_is_in_no_name():
    text = "Tell somebody if you have:\n\n* yawning;\n* sighing; or\n* falls, and\n* pins and needles.\n"
    assert [name for _, _, _, name in effects(text)] == ["yawning", "sighing", "falls", "pins and needles"]


def test_a_quoted_line_above_a_list_is_its_unquoted_label():
    assert effects("> Serious side effects:\n\n* Falls\n") == [
        ("Serious side effects", "serious", "unsorted", "Falls")
    ]
    assert effects("> 10%:\n\n* Yawning\n")[0][0] == "> 10%"


# How often


def test_a_number_that_fits_no_band_does_not_take_the_one_above():
    text = "### Side Effects\n**Common (>10%):**\n* Yawning\n* **Rare (<1%):** Fainting, sighing\n"
    found = [(effect.name, effect.frequency) for effect in read(text).side_effects]
    assert found == [
        ("Yawning", "very_common"),
        ("Fainting", "not_stated"),
        ("sighing", "not_stated"),
    ]
