"""Side effects that labels list: names, frequencies by number only, and the label's own groups."""

import pytest

from drugs.formats.label import LabelSection
from drugs.labels import as_row, label_effects
from drugs.labels.effect_frequencies import frequency_of
from drugs.labels.side_effects import MOST


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
        ("pueden afectar hasta 1 de cada 10 personas", "common"),
        ("podem afetar mais de 1 em 10 pessoas", "very_common"),
        ("peuvent affecter jusqu’à 1 personne sur 100", "uncommon"),
        ("kann bis zu 1 von 1.000 Behandelten betreffen", "rare"),
        ("Incidence greater than 0.1% to less than or equal to 1%", "uncommon"),
        ("in 1% to 10% of patients", "common"),
        ("(≥10%)", "very_common"),
        ("(≥5%)", "not_stated"),
        ("in 0.5% to 3%", "not_stated"),
        ("in less than 1%", "not_stated"),
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


def table(*rows):
    """A table of Markdown whose first row is its head; two spaces stand where a line of a cell ends."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], ["---"] * len(rows[0]), *rows[1:]))


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("yawning  hiccups, cold toes", ["yawning", "hiccups", "cold toes"]),
        ("• yawning  • hiccups (at night)", ["yawning", "hiccups (at night)"]),
        ("Yawning  (at night)  and by day  Hiccups", ["Yawning (at night) and by day", "Hiccups"]),
        ("None known", []),
    ],
)
def test_side_effects_stacked_in_a_cell_are_told_apart(cell, names):
    of_columns = table(["Organs", "Common (≥1/100)"], ["Nerves", cell])
    assert listed(of_columns) == [(name, "common", "Nerves › Common (≥1/100)") for name in names]
    of_rows = table(["Organs", "Frequency", "Reaction"], ["Nerves", "Common (≥1/100)", cell])
    assert listed(of_rows) == [(name, "common", "Nerves › Common (≥1/100)") for name in names]


def test_stacked_side_effects_have_the_number_of_their_line():
    rows = (["**Nerves**  Yawning  Hiccups", "12%  8%", "1%  0%"], ["Rash  Tears", "2%", "1%"])
    assert listed(table(["Reaction", "Examplol", "Placebo"], *rows)) == [
        ("Yawning", "very_common", "4.8 Effects › Nerves"),
        ("Hiccups", "common", "4.8 Effects › Nerves"),
        ("Rash Tears", "common", "4.8 Effects › Nerves"),
    ]


@pytest.mark.parametrize(
    ("head", "cell", "frequency", "said"),
    [
        ("Examplol n (%)", "24 (12)", "very_common", "24 (12)"),
        ("Examplol n (%)", "24", "not_stated", "24"),
        ("Examplol % (n)", "2 (24)", "common", "2 (24)"),
        ("Examplol", "24 (1.5%)", "common", "24 (1.5%)"),
        ("Examplol", "2% (24/1200)", "common", "2% (24/1200)"),
        ("Examplol", "24 (12)", "not_stated", "24 (12)"),
        ("Examplol %", "12", "very_common", "12 %"),
    ],
)
def test_a_number_beside_a_count_is_a_share_only_where_that_is_said(head, cell, frequency, said):
    body = table(["Reaction", "Placebo", head], ["Yawning", "1", cell])
    [effect] = label_effects(LabelSection("side_effects", "", "", body))
    assert (effect.frequency, effect.said) == (frequency, f"{said} ({head})")


def test_organs_in_bold_before_side_effects_of_a_cell_are_their_group():
    body = table(["Common (≥1/100)", "Rare (≥1/10,000)"], ["**NERVES**  Yawning, sleep", "Tears"])
    assert [(name, group) for name, _, group in listed(body)] == [
        ("Yawning", "NERVES › Common (≥1/100)"),
        ("sleep", "NERVES › Common (≥1/100)"),
        ("Tears", "NERVES › Rare (≥1/10,000)"),
    ]


def test_what_nobody_had_who_took_it_is_no_side_effect():
    head = ["Reaction", "Examplol 1 mg %", "Examplol 2 mg %", "Placebo %"]
    rows = (["Yawning", "0", "3", "1"], ["Hiccups", "0.0", "0 (0)", "2"], ["No cases of rash", "1", "1", "1"])
    assert [name for name, *_ in listed(table(head, *rows))] == ["Yawning"]
    denied = "No cases of the following adverse reactions were reported:\n\n" + table(
        head, ["Rash", "1", "1", "1"]
    )
    assert listed(denied) == []


def test_columns_named_by_words_list_side_effects_without_frequency():
    rows = table(["Organs", "Common", "Rare"], ["Nerves", "Yawning  Hiccups", "Sleep"])
    assert listed(rows) == [
        ("Yawning", "not_stated", "Nerves › Common"),
        ("Hiccups", "not_stated", "Nerves › Common"),
        ("Sleep", "not_stated", "Nerves › Rare"),
    ]
    rows = table(["Organs", "Adverse reactions"], ["Nerves", "yawning, hiccups"], ["Skin", ""])
    assert [found[0] for found in listed(rows)] == ["yawning", "hiccups"]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Common adverse reactions (≥5%) are yawning, hiccups and cold toes.", ["yawning", "hiccups", "cold toes"]),
        ("Adverse reactions reported since then include the following: rash, and pain or stiffness.",
         ["rash", "pain or stiffness"]),
        ("Side effects were observed: rash (see 5.1), and yawning [see Warnings (5)].", ["rash", "yawning"]),
        ("The most common side effects were yawning and hiccups.", ["yawning", "hiccups"]),
        ("Adverse reactions are discussed in greater detail, and reported, elsewhere.", []),
        ("The most common adverse reactions were similar in adults, children and infants.", []),
        ("Reported doses were 5 mg, 10 mg and 20 mg.", []),
        ("Tell a doctor about common side effects.", []),
    ],
)  # fmt: skip
def test_side_effects_that_a_sentence_lists_are_its_names(sentence, names):
    assert [name for name, *_ in listed(f"It was tried. {sentence} More is known, in part, now.")] == names


def test_side_effects_of_a_sentence_have_the_share_beside_their_names():
    body = "Common adverse reactions (≥2%) were: yawning (12% vs. 3%), hiccups [4.5%], and rash (rarely)."
    lead = "Common adverse reactions (≥2%) were"
    assert listed(body) == [
        ("yawning", "very_common", lead), ("hiccups", "common", lead), ("rash (rarely)", "not_stated", lead),
    ]  # fmt: skip


def test_organs_before_colons_are_groups_of_what_stands_above_them():
    body = "**Incidence greater than 1% to 3%**\n\nNerves:Yawning, sleep.\n\nSkin: Rash; Eyes: Tears\n\n"
    body += "**Later**\n\nMore words\n"
    assert [(name, frequency, group.rpartition(" › ")[2]) for name, frequency, group in listed(body)] == [
        ("Yawning", "common", "Nerves"), ("sleep", "common", "Nerves"), ("Rash", "common", "Skin"),
        ("Tears", "common", "Eyes"),
    ]  # fmt: skip
    body = "Other adverse reactions include:\n\nNerves: yawning, sleep; Skin: rash\n"
    assert [found[0] for found in listed(body)] == ["yawning", "sleep", "rash"]


def test_an_item_of_a_list_may_state_its_own_frequency():
    body = "- Muito frequentes (podem afetar mais de 1 em 10 pessoas): bocejo, soluços\n"
    assert [found[:2] for found in listed(body)] == [("bocejo", "very_common"), ("soluços", "very_common")]


def test_sentences_of_a_label_are_no_side_effects():
    body = "Side effects are:\n\n- See section 5.\n"
    body += "- This was found in a large study of people who had taken it for longer than a year\n- **x\x07**"
    assert listed(body) == [("x", "not_stated", "Side effects are")]


def test_a_label_with_thousands_of_side_effects_is_cut_short():
    body = "Side effects are:\n\n" + "\n".join(f"- effect {n}" for n in range(5000))
    assert len(listed(body)) == MOST


@pytest.mark.parametrize(
    "body",
    [
        "These adverse reactions were not observed: yawning, hiccups and rash.",
        "No adverse reactions including yawning, hiccups, and rash were reported.",
        "Common adverse reactions did not include yawning, hiccups, or rash.",
        "Adverse reactions reported: no yawning, hiccups, or rash.",
        "Adverse reactions including yawning, hiccups and rash were not observed.",
        "These adverse reactions have not been reported:\n\n- yawning\n- hiccups",
        "There were no cases of adverse reactions, including yawning, hiccups, or rash.",
        "Adverse reactions are:\n\n- None known\n- no cases of rash\n- Not reported",
        "Treatment of common adverse reactions includes sleep, water, and rest.",
        "Patients at higher risk of adverse reactions include smokers, children, and drivers.",
    ],
)
def test_what_a_label_denies_or_does_about_side_effects_is_none(body):
    assert listed(body) == []


def test_effects_that_trials_did_not_see_are_listed():
    body = "Adverse reactions that were not observed in trials include yawning, hiccups, and rash."
    assert [name for name, *_ in listed(body)] == ["yawning", "hiccups", "rash"]
    body = "At a risk that is higher, the reported adverse reactions include yawning, hiccups, and rash."
    assert [name for name, *_ in listed(body)] == ["yawning", "hiccups", "rash"]


def test_a_share_of_those_who_stopped_is_no_frequency():
    body = "The most common adverse reactions leading to discontinuation were yawning (1.5%) and rash (1%)."
    assert [found[:2] for found in listed(body)] == [("yawning", "not_stated"), ("rash", "not_stated")]
