"""Other people's shapes of combinations: how headings, plain lines and tables name the drug that they are about."""

import pytest

from tests.support.legacy_pages import read

TITLE = "Examplol + Testamine"
NAMES = ("Examplol", "Testamine")


@pytest.mark.parametrize(
    ("uses", "effects"),
    [
        ("## Uses ({})", "## Side effects ({})"),
        ("## Uses of {}", "## Side effects of {}"),
        ("## {} – Uses", "## {} – Side effects"),
        ("## {}: Indications", "## {}: Adverse reactions"),
        ("## {}'s uses", "## {}’s side effects"),
        ("**{} – Uses**", "**{} – Side effects**"),
    ],
)
def test_a_component_is_called_by_its_name_alone(uses, effects):
    text = "".join(
        f"{uses.format(name)}\nOf {name}.\n\n{effects.format(name)}\n- Yawning\n\n" for name in NAMES
    )
    document = read(f"{text}## Storage\nDry.\n", TITLE)
    found = [(section.component, section.kind) for section in document.sections]
    assert found == [(name, kind) for name in NAMES for kind in ("uses", "side_effects")] + [("", "storage")]
    assert [effect.component for effect in document.side_effects] == list(NAMES)


@pytest.mark.parametrize("kind", ["Contraindications", "Missed dose", "Storage", "How to take it"])
def test_any_section_may_stand_beside_the_name_of_its_drug(kind):
    text = "".join(f"## {name} - {kind}\nOf {name}.\n\n" for name in NAMES)
    document = read(text, TITLE)
    assert [section.component for section in document.sections] == list(NAMES)
    assert {section.kind for section in document.sections} != {"other"}


@pytest.mark.parametrize(
    ("heading", "kind"), [("Children – Uses", "other"), ("Examplol – Examplol", "other")]
)
def test_what_is_no_drug_of_the_title_makes_no_section(heading, kind):
    assert [section.kind for section in read(f"## {heading}\nAsk.\n", TITLE).sections] == [kind]


@pytest.mark.parametrize(
    "between", ["Uses: Of {}.\n\nSide effects: yawning, sighing.\n\n", "## Uses\nOf {}.\n\n"]
)
def test_a_plain_line_above_its_sections_announces_a_drug(between):
    text = "".join(f"{name.upper()}\n\n{between.format(name)}" for name in NAMES)
    document = read(text, TITLE)
    assert document.components == NAMES
    assert [section.component for section in document.of_kind("uses")] == list(NAMES)


def test_one_plain_line_announces_nothing():
    document = read("Examplol\n\n## Uses\nTwo.\n\n## Dosage\nOne.\n", TITLE)
    assert document.components == ()
    assert document.sections[0].body == "Examplol"


def test_the_name_below_generic_name_stays_its_text():
    text = "".join(f"**{name}**\n\n### Generic Name\n{name}\n\n### Usage\nOf {name}.\n\n" for name in NAMES)
    document = read(text, TITLE)
    assert [section.body for section in document.of_kind("other")] == list(NAMES)


@pytest.mark.parametrize(
    "table",
    [
        "| Drug | Common | Rare |\n|---|---|---|\n| Examplol | Yawning | Falls |\n| **Testamine** (Tex) | Naps | |\n",
        "| | Examplol | Testamine |\n|---|---|---|\n| Common | Yawning | Naps |\n| Rare | Falls | |\n",
        "| Medicine | Side effects |\n|---|---|\n| Examplol | Yawning; Falls |\n| Testamine | Naps |\n",
    ],
)
def test_a_table_says_of_which_drug_its_effects_are(table):
    document = read(f"## Uses\nTwo.\n\n## Side effects\n{table}", TITLE)
    found = {effect.name: effect.component for effect in document.side_effects}
    assert found == {"Yawning": "Examplol", "Falls": "Examplol", "Naps": "Testamine"}


def test_a_table_of_other_drugs_holds_no_effects():
    table = "| Medicine | Side effects |\n|---|---|\n| Otherol | Bleeding |\n"
    document = read(f"## Uses\nTwo.\n\n## Side effects\n{table}", TITLE)
    assert document.side_effects == () and "Otherol" in document.of_kind("side_effects")[0].body


def test_a_dash_behind_the_drug_is_no_part_of_its_effect():
    document = read("### Usage\nTwo.\n\n### Side Effects\n* **Examplol** – Yawning, sighing\n", TITLE)
    assert [effect.name for effect in document.side_effects] == ["Yawning", "sighing"]
