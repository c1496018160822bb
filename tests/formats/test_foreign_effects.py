"""Side effects on pages of other people: an effect is an effect, and never a remark, a reference or half a mark."""

import pytest

from tests.support.legacy_pages import bodies, headings, read


def effects(text):
    found = read(f"## Side Effects\n{text}").side_effects
    return [(effect.name, effect.description, effect.label) for effect in found]


def names(text):
    return [name for name, _, _ in effects(text)]


@pytest.mark.parametrize(
    ("bullet", "label", "found"),
    [
        ("Can cause yawning", "Can cause", ["yawning"]),
        ("May also lead to [falls](https://example.org/falls)", "May also lead to", ["falls"]),
        ("Causes yawning, sighing and falls", "Causes", ["yawning", "sighing", "falls"]),
        ("(acid): Sore throat, Bad breath", "(acid)", ["Sore throat", "Bad breath"]),
        ("The most common ones are falls and yawning.", "The most common ones are", ["falls", "yawning"]),
    ],
)
def test_words_that_lead_to_effects_are_their_label(bullet, label, found):
    assert effects(f"- {bullet}\n") == [(name, "", label) for name in found]


@pytest.mark.parametrize(
    "bullet",
    [
        "See also Falls",
        "**See:** Falls",
        "Used to treat falls",
        "Treated with restol",
        "Monitor the liver",
        "Contraindicated in falls",
        "Avoid with restol",
        "Reverse with restol",
        "Reduce the dose",
        "Children <12: half of it",
    ],
)
def test_bullets_that_name_no_effect_stay_text(bullet):
    text = f"- yawning\n- {bullet}\n"
    assert names(text) == ["yawning"]
    assert bullet in bodies(read(f"## Side Effects\n{text}"), "side_effects")[-1]


@pytest.mark.parametrize(
    "bullet",
    ["Treatment-related falls", "Seeing halos", "Avoidant mood", "Managerial mania", "Reduced appetite"],
)
def test_effects_that_begin_like_advice_are_effects(bullet):
    assert names(f"- {bullet}\n") == [bullet]


@pytest.mark.parametrize("heading", ["### Treatment", "**Management**", "### Interactions", "Used to treat:"])
def test_lists_about_something_else_hold_no_effects(heading):
    assert names(f"- yawning\n\n{heading}\n\n- restol\n- falls\n") == ["yawning"]
    assert names(f"{heading}\n\n- restol\n\n### Serious\n\n- falls\n") == ["falls"]


@pytest.mark.parametrize(
    ("remark", "is_one"),
    [
        ("mostly in the evening", True),
        ("treat it with restol", True),
        ("Examplamine", True),
        ("Restol (a tablet) can cause it too", True),
        ("sore throat", False),
        ("pale skin", False),
    ],
)
def test_remarks_below_an_effect_are_its_description(remark, is_one):
    found = effects(f"- Falls:\n  - {remark}\n- Yawning\n")
    one = [("Falls", f"- {remark}", ""), ("Yawning", "", "")]
    assert found == (one if is_one else [(remark, "", "Falls"), ("Yawning", "", "")])


def test_bare_comma_lists_name_each_effect():
    assert names("- yawning, sighing, bad falls, and hiccups\n") == [
        "yawning",
        "sighing",
        "bad falls",
        "hiccups",
    ]
    assert names("*Yawning, Sighing, Falls.*\n\n- itch\n") == ["Yawning", "Sighing", "Falls", "itch"]


@pytest.mark.parametrize(
    "bullet",
    [
        "Pain, redness, or swelling where it goes in at the arm",
        "Swelling of the face, lips, or tongue",
        "Yawning, often",
    ],
)
def test_alternatives_of_one_effect_stay_together(bullet):
    assert names(f"- {bullet}\n") == [bullet]


def test_the_old_site_gave_each_effect_a_bullet():
    page = read("### Generic Name\nExamplol\n\n### Side Effects\n* yawning, sighing, falls\n")
    assert [effect.name for effect in page.side_effects] == ["yawning, sighing, falls"]


@pytest.mark.parametrize(
    "bullet", ["Water moves -> thick feet", "Water moves → thick feet", "Count < 5 => falls", "Pulse > 100"]
)
def test_arrows_and_comparisons_keep_their_signs(bullet):
    assert names(f"- {bullet}\n") == [bullet]
    assert effects(f"- {bullet}:\n  - yawning\n")[0][2] == bullet


def test_numbers_of_sections_are_no_description():
    found = effects("- falls ( 6.1 )\n- yawning [see Warnings (5.1, 5.12)]\n- sighing (2.5 times a day)\n")
    assert found == [("falls", "", ""), ("yawning", "", ""), ("sighing", "2.5 times a day", "")]


@pytest.mark.parametrize("bullet", ["*itch", "itch*", "*itch*", "==itch", "`itch", "~~itch", "itch_"])
def test_half_a_mark_is_no_part_of_a_name(bullet):
    assert names(f"- {bullet}\n- XYZ-B*57 rash\n") == ["itch", "XYZ-B*57 rash"]


def test_the_second_level_of_a_word_processor_is_one():
    assert effects("•\tfalls\no\tat night\n•\tyawning\n") == [
        ("falls", "* at night", ""),
        ("yawning", "", ""),
    ]


# Headings below headings


@pytest.mark.parametrize("top", ["#", "##"])
def test_a_heading_below_another_stays_with_it(top):
    page = read(
        f"{top} Uses\nA.\n{top} Not good for\n{top}# Children\nNo.\n{top}## Babies\nNever.\n{top}# Pregnancy\nNo.\n"
    )
    assert headings(page) == [("uses", "Uses"), ("other", "Not good for")]
    assert bodies(page, "other") == [
        "#### Children\n\nNo.\n\n##### Babies\n\nNever.\n\n#### Pregnancy\n\nNo."
    ]


def test_a_section_below_another_heading_keeps_its_name():
    text = "## Children\n### Dosage\n5 mg\n### Sleep\nLong.\n## Adults\n### Dosage\n10 mg\n### Side effects\n- falls\n"
    page = read(text)
    assert headings(page) == [
        ("other", "Children"),
        ("dosage", "Children › Dosage"),
        ("other", "Children › Sleep"),
        ("other", "Adults"),
        ("dosage", "Adults › Dosage"),
        ("side_effects", "Adults › Side effects"),
    ]
    assert [(effect.name, effect.label) for effect in page.side_effects] == [("falls", "Adults")]


@pytest.mark.parametrize("heading", ["Overview", "Examplol tablets", "Clinical particulars"])
def test_a_heading_that_only_says_where_one_is_takes_no_section(heading):
    page = read(f"## {heading}\n### Dosage\n5 mg\n### Pregnancy\nNo.\n")
    assert headings(page)[1:] == [("dosage", ""), ("pregnancy", "Pregnancy")]


def test_headings_that_repeat_stay_apart():
    page = read("## Not good for\n### Children\nA.\n## Good for\n### Children\nB.\n### Children\nC.\n")
    assert [section.body.count("#### Children") for section in page.sections] == [1, 2]


ROWS = """
| Adverse reaction | Frequency | What to do |
|:--|---|---|
| Yawning, falls | Common (1-10%) | Rest. |
| **Hiccups** | | |
| Sighing; Rare moods | Uncommon | Wait |
"""
COLUMNS = """
|Very common|Serious|
|---|---|
|Yawning|Falls, hiccups and moods|
|Sighing||
"""


def test_a_table_with_a_column_of_effects_names_each():
    label = "Frequency: Common (1-10%)"
    assert effects(ROWS) == [
        ("Yawning", "What to do: Rest.", label),
        ("falls", "What to do: Rest.", label),
        ("Hiccups", "", label),
        ("Sighing", "What to do: Wait", "Frequency: Uncommon"),
        ("Rare moods", "What to do: Wait", "Frequency: Uncommon"),
    ]
    first = read(f"## Side Effects\n{ROWS}").side_effects[0]
    assert (first.group, first.frequency) == ("common", "common")


def test_a_table_with_a_column_a_group_names_each():
    found = [("Yawning", "Very common"), ("Sighing", "Very common")]
    found += [("Falls", "Serious"), ("hiccups", "Serious"), ("moods", "Serious")]
    assert effects(COLUMNS) == [(name, "", label) for name, label in found]


def test_a_body_system_in_a_table_is_part_of_the_label():
    text = "| Systemorganklasse | Häufigkeit | Nebenwirkung |\n|---|---|---|\n| Haut | Selten | Ausschlag |\n"
    assert effects(text) == [("Ausschlag", "", "Systemorganklasse: Haut › Häufigkeit: Selten")]


@pytest.mark.parametrize("heading", ["Drug", "Dose", "Restol"])
def test_a_table_about_other_things_stays_a_table(heading):
    text = f"| Side effect | {heading} |\n|---|---|\n| Falls | 5 |\n"
    assert effects(text) == []
    assert "| Falls | 5 |" in bodies(read(f"## Side Effects\n{text}"), "side_effects")[0]


def test_a_group_of_one_effect_in_running_text_names_it():
    text = "### Rare\n\nDeep sighs\n\n### Very rare\n\nIt may do harm\n"
    assert effects(text) == [("Deep sighs", "", "Rare")]


def test_a_group_said_in_each_row_of_a_table_is_no_lost_word():
    rows = "".join(f"| {name} | uncommon |\n" for name in ("falls", "sighing", "florping", "yawning"))
    found = read(f"## Side Effects\n| Effect | Frequency |\n|---|---|\n{rows}").side_effects
    assert [(effect.name, effect.label) for effect in found][::3] == [
        ("falls", "Frequency: uncommon"), ("yawning", "Frequency: uncommon"),
    ]  # fmt: skip


def test_a_hyphen_in_a_name_sets_no_remark_apart():
    assert names("| Rare |\n|---|\n| Falls, Florp–Blorp syndrome, C. florpile |\n") == [
        "Falls", "Florp–Blorp syndrome", "C. florpile",
    ]  # fmt: skip


def test_what_is_said_to_be_well_tolerated_is_no_effect():
    told = ("**Examplol:** Generally well-tolerated but may tire.", "**Falls:** rare", "Effects vary. Ask.")
    assert names("".join(f"- {one}\n" for one in told)) == ["Falls"]
