"""Side effects of legacy pages in each of their shapes, in made-up texts."""

import pytest

from tests.support.legacy_pages import bodies, page, read

EFFECTS = "### Side Effects\n"


def effects(text, title="Examplol"):
    return read(EFFECTS + text, title).side_effects


def names(text, title="Examplol"):
    return [effect.name for effect in effects(text, title)]


def groups(text, title="Examplol"):
    return [(effect.label, effect.group, effect.name) for effect in effects(text, title)]


# Side effects: groups


@pytest.mark.parametrize(
    "text",
    [
        "Common side effects may include:\n\n* Yawning\n",
        "They vary. Common side effects may include:\n* Yawning\n",
        "**Common side effects may include:**\n\n* Yawning\n",
        "* **Common side effects may include:**\n    * Yawning\n",
        "* **Common side effects may include:**\n   * Yawning\n",
        "*   Common side effects may include:\n*   Yawning\n",
        "* **Common side effects may include:** Yawning.\n",
        "* Common side effects may include: Yawning\n",
        "**Common side effects may include:**  Yawning.\n",
        "#### Common side effects may include\n* Yawning\n",
        "Common side effects may include:\n    * Yawning\n",
    ],
)
def test_a_group_is_named_in_each_way(text):
    assert groups(text) == [("Common side effects may include", "common", "Yawning")]


@pytest.mark.parametrize(
    ("label", "group", "frequency", "urgency"),
    [
        ("Common (>10%)", "common", "very_common", "unsorted"),
        ("Common side effects (&gt;10% of patients)", "common", "very_common", "unsorted"),
        ("Common side effects (occurring in more than 10% of patients)", "common", "very_common", "unsorted"),
        ("Less common side effects (1-10%)", "less_common", "common", "unsorted"),
        ("Rare but Serious Side Effects (<1%)", "serious", "not_stated", "unsorted"),
        ("Rare side effects (0.01-0.1%)", "less_common", "rare", "unsorted"),
        ("Side effects in 1-10% or more", "other", "not_stated", "unsorted"),
        ("Side effects (frequency not known)", "other", "not_known", "unsorted"),
        ("Less common but serious side effects", "serious", "not_stated", "unsorted"),
        ("Common (more than 1 in 10 people)", "common", "very_common", "unsorted"),
        ("Common (may affect up to 1 in 10 people)", "common", "common", "unsorted"),
        ("Uncommon (up to 1 in 100)", "less_common", "uncommon", "unsorted"),
        ("Uncommon (≥1/1,000 to <1/100)", "less_common", "uncommon", "unsorted"),
        ("Rare (1 in 1,000 to 1 in 10,000)", "less_common", "rare", "unsorted"),
        ("Very rare (fewer than 1 in 10,000 people)", "less_common", "very_rare", "unsorted"),
        ("Common (10% or more)", "common", "very_common", "unsorted"),
        ("Common (more than 1 in every 10 people)", "common", "very_common", "unsorted"),
        ("Rare (less than 1 in 1,000)", "less_common", "not_stated", "unsorted"),
        ("Not known (cannot be estimated)", "other", "not_known", "unsorted"),
        ("Side effects that do not require immediate medical attention", "other", "not_stated", "unsorted"),
        ("Severe side effects requiring immediate medical attention", "serious", "not_stated", "emergency"),
        ("Less serious side effects", "other", "not_stated", "unsorted"),
        ("Common but not serious", "common", "not_stated", "unsorted"),
        ("Infrequent side effects", "less_common", "not_stated", "unsorted"),
        ("Possible side effects", "other", "not_stated", "unsorted"),
    ],
)
def test_labels_give_groups_by_words_and_frequencies_by_number(label, group, frequency, urgency):
    effect = effects(f"**{label}:**\n\n* Yawning\n")[0]
    assert (effect.label, effect.group, effect.frequency, effect.urgency) == (
        label,
        group,
        frequency,
        urgency,
    )


def test_the_heading_of_a_section_may_name_the_group():
    document = read("### Serious side effects\n* Falls\n")
    assert [(effect.label, effect.group) for effect in document.side_effects] == [
        ("Serious side effects", "serious")
    ]


def test_a_lead_in_that_points_back_takes_the_sentence_before_it():
    text = "It has some. Serious side effects require immediate medical attention. These include:\n\n* Fall\n"
    effect = effects(text)[0]
    assert effect.label == "Serious side effects require immediate medical attention. These include"
    assert (effect.group, effect.urgency) == ("serious", "emergency")
    assert bodies(read(EFFECTS + text), "side_effects") == ["It has some."]


def test_what_a_label_calls_common_is_common_however_rare():
    label = "Common side effects are mild and infrequent. However, some may feel"
    assert groups(f"{label}:\n\n* Sleepy\n") == [(label, "common", "Sleepy")]


def test_a_heading_that_is_not_known_is_reported_with_its_line():
    found = page("# Examplol\n### Weather\nSunny.\n")
    assert [(finding.code, found.line_of(finding.field)) for finding in found.findings] == [
        ("kept_as_other", 6)
    ]


def test_a_lead_in_without_a_group_completes_the_line_above():
    text = "**Less Common but Serious Side Effects:**\n\nWatch for these:\n\n* Fall\n"
    assert groups(text) == [("Less Common but Serious Side Effects: Watch for these", "serious", "Fall")]


def test_a_drug_stands_above_its_groups_until_the_next():
    text = "**Examplol:**\n\n* Common: Yawning, sighing\n* Serious: Falls\n\n**Testamine:**\n\n* Sweat\n"
    assert groups(text, "Examplol + Testamine") == [
        ("Examplol › Common", "common", "Yawning"),
        ("Examplol › Common", "common", "sighing"),
        ("Examplol › Serious", "serious", "Falls"),
        ("Testamine", "other", "Sweat"),
    ]


def test_the_label_of_a_drug_is_no_effect_and_its_text_is_kept():
    text = "**Common:**\n* **Examplol:** Yawning, sighing.\n* **Testamine:** Generally well-tolerated.\n"
    assert groups(text, "Examplol + Testamine") == [
        ("Common › Examplol", "common", "Yawning"),
        ("Common › Examplol", "common", "sighing"),
    ]


def test_parts_of_the_body_are_no_effects_but_reactions_are():
    systems = "* Nervous system: Headache, fatigue\n* Skin: Rash\n* Other: Fever\n"
    assert names(systems) == ["Headache", "fatigue", "Rash", "Fever"]
    mixed = (
        "* **Blood disorders:** Anemia, bruising\n* **Skin reactions:** Rash, hives\n* **Rash:** red spots\n"
    )
    assert names(mixed) == ["Blood disorders", "Skin reactions", "Rash"]
    assert names("* **Serious infections:** fever, chills\n") == ["Serious infections"]


@pytest.mark.parametrize(
    "line", ["Serious side effects", "*Serious side effects*", "*Serious side effects:*"]
)
def test_a_line_above_a_list_heads_it_without_bold_or_colon(line):
    assert groups(f"Common side effects:\n\n* Yawning\n\n{line}\n\n* Falls\n") == [
        ("Common side effects", "common", "Yawning"),
        ("Serious side effects", "serious", "Falls"),
    ]


def test_a_list_behind_other_text_has_left_the_group_before_it():
    text = "Common side effects (>10%):\n\n* Yawning\n\nSome people tell of more.\n\n* Falls\n"
    assert groups(text) == [("Common side effects (>10%)", "common", "Yawning"), ("", "other", "Falls")]


def test_advice_takes_the_group_of_the_sentence_before_it():
    label = "Serious side effects can happen. Call someone at once if you have"
    assert groups(f"It has some. {label}:\n\n* Falls\n") == [(label, "serious", "Falls")]


def test_groups_of_numbers_alone_stand_side_by_side():
    text = "**>10%:**\n* Yawning\n\n**1-10%:**\n* Sighing\n\n**Frequency not known:**\n* Falls\n"
    inline = "* >10%: Yawning\n* 1-10%: Sighing\n* **Frequency not known:** Falls\n"
    for shape in (text, inline):
        assert [(effect.label, effect.name, effect.frequency) for effect in effects(shape)] == [
            (">10%", "Yawning", "very_common"),
            ("1-10%", "Sighing", "common"),
            ("Frequency not known", "Falls", "not_known"),
        ]


def test_other_effects_stand_beside_the_groups_not_above_them():
    text = "**Common:**\n* Yawning\n\n**Other side effects:**\n* Sighing\n\n**Serious:**\n* Falls\n"
    assert [label for label, _, _ in groups(text)] == ["Common", "Other side effects", "Serious"]


def test_the_strength_of_a_medicine_is_no_frequency():
    effect = effects("**Examplol 5% solution:**\n\n* Stinging (with the 10% cream)\n")[0]
    assert (effect.label, effect.frequency) == ("Examplol 5% solution", "not_stated")


@pytest.mark.parametrize(
    ("said", "frequency"),
    [
        ("more than 10% of users", "very_common"),
        ("10%", "very_common"),
        ("about 3% of patients", "common"),
        ("reported in 1 in 1,000 people", "uncommon"),
        ("frequency not known", "not_known"),
        ("up to 15%", "not_stated"),
        ("less than 1%", "not_stated"),
        ("rare", "not_stated"),
        ("very rarely", "not_stated"),
    ],
)
def test_an_effects_own_frequency_in_brackets_counts_first(said, frequency):
    assert effects(f"* Yawning ({said})\n")[0].frequency == frequency
    assert effects(f"**Common (1-10%):**\n* Yawning ({said})\n")[0].frequency == frequency


@pytest.mark.parametrize(
    "said", ["after 24 hours", "in 2 patients", "with the 10% cream", "common", "a rare sign"]
)
def test_any_other_bracket_leaves_the_groups_frequency(said):
    assert effects(f"* Yawning ({said})\n")[0].frequency == "not_stated"
    assert effects(f"**Common (1-10%):**\n* Yawning ({said})\n")[0].frequency == "common"


@pytest.mark.parametrize(
    "text",
    [
        "* **Falls:** This requires immediate medical attention.\n",
        "* Falls (seek emergency help)\n",
        "**Serious:** Falls, cuts. These require immediate medical attention.\n",
    ],
)
def test_an_effect_is_an_emergency_where_its_source_says_so(text):
    assert {effect.urgency for effect in effects(text)} == {"emergency"}
    assert effects("* Yawning (does not require immediate care)\n")[0].urgency == "unsorted"


def test_the_drug_in_a_sections_heading_is_above_its_effects():
    body = "### Examplol Side Effects\n* Common: Sleep, rest\n\n### Side Effects of Testamine\n* Hurry\n"
    assert groups_of(read(body, "Examplol + Testamine")) == [
        ("Examplol › Common", "Sleep"),
        ("Examplol › Common", "rest"),
        ("Testamine", "Hurry"),
    ]
    assert groups_of(read("### Examplol Side Effects\n* Sleep\n")) == [("", "Sleep")]


def test_a_heading_that_names_no_drug_stands_above_no_effects():
    body = "### Usage\nA.\n### Usage (children)\nB.\n### Weather\nC.\n### Side Effects\n* Sleep\n"
    assert groups_of(read(body)) == [("", "Sleep")]


def groups_of(document):
    return [(effect.label, effect.name) for effect in document.side_effects]


@pytest.mark.parametrize("between", ["", "### Precautions\nFew.\n\n### Side Effects\n"])
def test_a_group_that_is_named_twice_in_a_row_is_one(between):
    text = f"Common side effects:\n\n* Yawning\n\n{between}Common side effects:\n\n* Sighing\n"
    assert groups(text) == [("Common side effects", "common", name) for name in ("Yawning", "Sighing")]
    assert [body.strip("*:") for body in bodies(read(EFFECTS + text), "side_effects") if body] == [
        "Common side effects"
    ]


def test_a_list_directly_followed_by_the_next_lead_in():
    text = "Common side effects:\n* Falling\nMore serious side effects may include:\n* Breaking\n"
    assert [(group, name) for _, group, name in groups(text)] == [
        ("common", "Falling"),
        ("serious", "Breaking"),
    ]


def test_two_lists_in_one_running_text():
    text = "Common side effects may include: yawning, sighing, and sleep. Serious side effects include: falls, cuts.\n"
    assert [(group, name) for _, group, name in groups(text)] == [
        ("common", "yawning"),
        ("common", "sighing"),
        ("common", "sleep"),
        ("serious", "falls"),
        ("serious", "cuts"),
    ]


# Side effects: items


@pytest.mark.parametrize(
    ("bullet", "name", "description"),
    [
        ("Yawning", "Yawning", ""),
        ("Yawning.", "Yawning", ""),
        ("Yawning (often loud)", "Yawning", "often loud"),
        ("Yawning (often; loud) (jaw)", "Yawning", "(often; loud) (jaw)"),
        ("Yawning – mostly at night", "Yawning", "mostly at night"),
        ("Yawning - mostly at night", "Yawning", "mostly at night"),
        ("Yawning (including sighs – long ones)", "Yawning", "including sighs – long ones"),
        ("**Yawning:** Mostly at night.", "Yawning", "Mostly at night."),
        ("**Yawning**: Mostly at night.", "Yawning", "Mostly at night."),
        ("**Yawning**", "Yawning", ""),
        ("**Yawning** (often loud)", "Yawning", "often loud"),
        ("**Yawning (loud).** It passes.", "Yawning", "(loud) It passes."),
        ("**Yawning**\n  Mostly at night.", "Yawning", "Mostly at night."),
        ("Big yawns (BY): Rare but long.", "Big yawns", "(BY) Rare but long."),
        ("Swelling of the face, lips, or tongue", "Swelling of the face, lips, or tongue", ""),
        (
            "**<em>E. examplis</em>-associated yawning:** Long.",
            "<em>E. examplis</em>-associated yawning",
            "Long.",
        ),
        ("Yawning of the mouth (wide) at night", "Yawning of the mouth (wide) at night", ""),
        ("Non-stop yawning", "Non-stop yawning", ""),
        ("\tYawning", "Yawning", ""),
        ("    Yawning", "Yawning", ""),
    ],
)
def test_a_bullet_is_one_effect_with_its_description(bullet, name, description):
    effect = effects(f"Common side effects:\n\n* Sleep\n* {bullet}\n")[1]
    assert (effect.name, effect.description) == (name, description)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yawning (a, b; c), sighing, and sleep.", ["Yawning", "sighing", "sleep"]),
        ("These include yawning, sighing and sleep.", ["yawning", "sighing", "sleep"]),
        (
            "Burning, stinging, or itching; dry eyes; tears.",
            ["Burning, stinging, or itching", "dry eyes", "tears"],
        ),
        ("Swelling of the face, lips, or throat, hives", ["Swelling of the face, lips, or throat", "hives"]),
        ("Rash, hives, and wheals are possible.", ["Rash", "hives", "wheals"]),
        ("These are rare: cuts, falls.", ["cuts", "falls"]),
        ("Sleep, low zinc, iron, and lead levels.", ["Sleep", "low zinc, iron, and lead levels"]),
        ("Low zinc count, sleep, and high lead levels", ["Low zinc count", "sleep", "high lead levels"]),
    ],
)
def test_a_list_behind_a_label_is_split_at_its_own_commas(text, expected):
    assert names(f"* **Less common:** {text}\n") == expected


def test_a_list_may_have_a_line_for_each_effect():
    assert names("Common side effects:\nYawning\nSighing\nSleep\n") == ["Yawning", "Sighing", "Sleep"]


def test_what_follows_a_list_is_kept_as_text_under_its_label():
    document = read(EFFECTS + "* **Common:** Yawning, sighing. These are usually mild.\n")
    assert bodies(document, "side_effects") == ["", "**Common:** These are usually mild."]


@pytest.mark.parametrize(
    "text",
    [
        "**Common Side Effects:** Yawning is often seen. Sleep may occur.",
        "* **Serious:** Information is lacking.",
        "* **Note:** This is not a full list.",
        "* If you fall, call someone.",
        "More serious effects may include falls and cuts.",
        "* Generally well-tolerated.",
    ],
)
def test_sentences_and_advice_are_text_and_no_effects(text):
    document = read(EFFECTS + text)
    assert document.side_effects == ()
    assert bodies(document, "side_effects") == [text]


def test_contact_dermatitis_is_an_effect_and_no_advice():
    assert names("* Contact dermatitis\n* Contact your doctor if it stays.\n") == ["Contact dermatitis"]


def test_a_list_is_all_a_section_may_say():
    assert names("Yawning, sighing, or sleep. Falls are possible.") == ["Yawning", "sighing", "sleep"]
