"""Side effects that labels list: names, frequencies by number only, and the label's own groups."""

import pytest

from drugs.formats.label import LabelSection
from drugs.labels import as_row, label_effects
from drugs.labels.side_effects import MOST, frequency_of


def listed(body, heading="4.8 Effects"):
    return [
        (effect.name, effect.frequency, effect.group)
        for effect in label_effects(LabelSection("side_effects", "", heading, body))
    ]


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        ("Very common (may affect more than 1 in 10 people)", "very_common"),
        ("Common (≥1/100 to <1/10)", "common"),
        ("may affect up to 1 in 10 people", "common"),
        ("Uncommon: may affect up to 1 in 100 people", "uncommon"),
        ("(≥ 1/10,000 to < 1/1,000)", "rare"),
        ("up to 1 in 1 000 people", "rare"),
        ("Very rare (<1/10,000)", "very_rare"),
        ("Not known (cannot be estimated from the available data)", "not_known"),
        ("Common", "not_stated"),
        ("up to 1 in 1000000 people", "not_stated"),
    ],
)
def test_frequencies_of_labels_go_by_number_never_by_word(text, frequency):
    assert frequency_of(text) == frequency


def test_side_effects_stand_below_a_line_with_their_frequency():
    body = "Common (may affect up to 1 in 10 people):\n\n- yawning\n- hiccups (at night, mostly)\n\n"
    body += "Rare (up to 1 in 1,000): sneezing, cold toes\n\nCall a doctor."
    common, rare = "Common (may affect up to 1 in 10 people)", "Rare (up to 1 in 1,000)"
    assert listed(body) == [
        ("yawning", "common", common),
        ("hiccups (at night, mostly)", "common", common),
        ("sneezing", "rare", rare),
        ("cold toes", "rare", rare),
    ]


def test_a_list_of_side_effects_without_numbers_has_no_frequency():
    body = "The most common side effects are:\n\n* Yawning\n* Hiccups\n\nWhat to do:\n\n* Take it with food"
    found = listed(body)
    assert found == [
        (name, "not_stated", "The most common side effects are") for name in ("Yawning", "Hiccups")
    ]
    row = as_row(label_effects(LabelSection("side_effects", "", "", body))[0])
    assert (row.group, row.urgency, row.frequency) == ("common", "unsorted", "not_stated")


def test_side_effects_of_a_table_have_the_number_of_its_first_column():
    body = "Reactions in 2% or more\n\n| Reaction | Examplol N=90 | Placebo |\n"
    body += "| --- | --- | --- |\n| **Nerves** |  |  |\n| Yawning | 12 | 1 |\n"
    body += "| **Skin** Rash* | 0.05 | 2 |\n| Total of the study | 9 | 9 |\n"
    assert listed(body) == [
        ("Yawning", "very_common", "4.8 Effects › Nerves"),
        ("Rash", "rare", "4.8 Effects › Skin"),
    ]


def test_numbers_that_are_no_percentages_say_no_frequency():
    body = "| Reaction | Patients |\n| --- | --- |\n| Yawning | 12 |\n"
    assert listed(body) == [("Yawning", "not_stated", "4.8 Effects")]


def test_tables_may_have_a_row_or_a_column_for_each_frequency():
    rows = "| Organs | Frequency | Reaction |\n| --- | --- | --- |\n"
    rows += "| Nerves | Common (≥1/100) | Yawning, hiccups |\n| | Rare (≥1/10,000) | Sleep |"
    assert [found[:2] for found in listed(rows)] == [
        ("Yawning", "common"),
        ("hiccups", "common"),
        ("Sleep", "rare"),
    ]
    columns = "| Organs | Common (≥1/100) | Rare (≥1/10,000) |\n"
    columns += "| --- | --- | --- |\n| Nerves | Yawning, hiccups | Sleep |"
    assert listed(columns)[2] == ("Sleep", "rare", "Nerves › Rare (≥1/10,000)")


def test_sentences_of_a_label_are_no_side_effects():
    body = "Side effects are:\n\n- See section 5.\n"
    body += "- This was found in a large study of people who had taken it for longer than a year\n- **x\x07**"
    assert listed(body) == [("x", "not_stated", "Side effects are")]


def test_a_label_with_thousands_of_side_effects_is_cut_short():
    body = "Side effects are:\n\n" + "\n".join(f"- effect {n}" for n in range(5000))
    assert len(listed(body)) == MOST
