"""Card pages of other people: bullets, labels and terms that do the work of headings."""

import pytest

from drugs.formats import read
from drugs.formats.foreign.card_pages import with_headings

OUTLINE = """# Examplol

- **Uses**
    - hiccups
    - yawning
- ## Side effects
    - falls
    - sighing
- [[Mechanism of action]]:
    - blocks florp
- Mnemonic
    - FLORP
"""
CARD = """**Examplol**

**Class:** sedative
**MOA:** blocks florp
**Side effects:** falls, sighing, moods
**Contraindications:** hiccups
"""
TERMS = """# Examplol

Uses
: Hiccups.

Contraindications
: Yawning.

Side effects
: falls, sighing, moods
"""


LOOSE = """## Examplol

Class: sedative

MOA - blocks florp

**Contraindications** – hiccups

S/E:
Common: falls, sighing

Serious: moods, florping
"""
OVER_LISTS = """Notes of mine

**MOA**
- blocks florp

**SEs**
- falls
- sighing
"""
LEAFLET = """Examplol tablets

1. What Examplol is used for

Hiccups.

4. Possible side effects

Common:
- falls

5. How to store Examplol

Below 25 °C.
"""
ROWS = """# Examplol

| Field | What it says |
|---|:--|
| **Mechanism of action** | blocks florp |
| Adverse effects | falls; sighing; moods |
| Class | sedative |
"""
ORG = """#+TITLE: Examplol
#+FILETAGS: :pill:

* Mechanism of action
blocks florp
* Side effects
** Common
- falls
** Serious
- moods
"""


def page(text):
    return read(text.encode(), stem="examplol")


def sections(text):
    return [(section.kind, section.body) for section in page(text).document.sections]


def effects(text):
    return [effect.name for effect in page(text).document.side_effects]


def test_bullets_over_bullets_are_sections():
    found = sections(OUTLINE)
    assert found[0] == ("uses", "- hiccups\n- yawning")
    assert ("how_it_works", "- blocks florp") in found and ("other", "- FLORP") in found
    assert effects(OUTLINE) == ["falls", "sighing"]


def test_labels_without_blank_lines_are_sections():
    assert {"how_it_works": "blocks florp", "do_not_take": "hiccups"}.items() <= dict(sections(CARD)).items()
    assert effects(CARD) == ["falls", "sighing", "moods"]


def test_terms_over_what_they_mean_are_sections():
    found = dict(sections(TERMS))
    assert (found["uses"], found["do_not_take"]) == ("Hiccups.", "Yawning.")
    assert effects(TERMS) == ["falls", "sighing", "moods"]


def test_no_line_moves():
    for text in (OUTLINE, CARD, TERMS):
        assert with_headings(text).count("\n") == text.count("\n")
    assert page(TERMS).line_of("sections.1") == 6


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\n## Uses\n\n" + CARD,
        "# A\n\n- **Uses**\n    - hiccups\n- **Side effects**\n    - falls\n- " + "Take it daily. " * 10,
        "# A\n\nUses: hiccups\nAdults: one a day\n",
        "Generic Name: A\n\nUses: hiccups\n\nSide effects: falls\n",
        "# A\n\n| Uses | Dose |\n|---|---|\n| hiccups | one |\n",
        "# A\n\n| Uses | hiccups | one |\n|---|---|---|\n| Side effects | falls | two |\n",
        "# A\n\n- Adults\n    - one\n- Children\n    - half\n",
        "**Uses:** hiccups\n**Warning:** falls\n",
    ],
)
def test_what_has_headings_or_is_no_card_stays(text):
    assert with_headings(text) == text


def test_lines_that_begin_with_the_names_of_sections_are_sections():
    found = dict(sections(LOOSE))
    assert (found["how_it_works"], found["do_not_take"]) == ("blocks florp", "hiccups")
    assert [(effect.name, effect.group) for effect in page(LOOSE).document.side_effects] == [
        ("falls", "common"), ("sighing", "common"), ("moods", "serious"), ("florping", "serious"),
    ]  # fmt: skip
    assert effects(OVER_LISTS) == ["falls", "sighing"]


def test_lines_of_their_own_that_name_sections_are_headings():
    found = dict(sections(LEAFLET))
    assert (found["uses"], found["storage"]) == ("Hiccups.", "Below 25 °C.")
    assert effects(LEAFLET) == ["falls"]


def test_a_short_bullet_with_nothing_below_is_a_heading_of_its_own():
    text = "# A\n\n- pill\n- **Uses**\n    - hiccups\n- **Side effects**\n    - falls\n- Ask Ann\n"
    assert effects(text) == ["falls"]
    headings = [section.heading for section in page(text).document.sections]
    assert headings[-1] == "Ask Ann" and "pill" not in headings


def test_rows_of_two_columns_are_sections():
    assert dict(sections(ROWS))["how_it_works"] == "blocks florp"
    assert effects(ROWS) == ["falls", "sighing", "moods"]
    assert with_headings(ROWS).count("\n") == ROWS.count("\n")


def test_stars_of_org_mode_are_headings():
    found = page(ORG)
    assert (found.document.title, effects(ORG)) == ("Examplol", ["falls", "moods"])
    assert dict(sections(ORG))["how_it_works"] == "blocks florp"
    assert any("FILETAGS" in kept for kept in found.kept)


def test_bullets_over_the_labels_of_sections_are_drugs():
    below = (
        "    - **Usage:** For {0}.\n    - **Dosage:** One.\n    - **Side Effects:** Yawning, sighing, naps\n"
    )
    names = ("Examplol", "Testamine")
    text = "".join(f"- **{name}**\n" + below.format(name) for name in names)
    document = page(f"# Examplol + Testamine\n\n{text}").document
    found = [(section.component, section.kind) for section in document.sections]
    assert found == [(name, kind) for name in names for kind in ("uses", "dosage", "side_effects")]
    assert [effect.component for effect in document.side_effects] == [names[0]] * 3 + [names[1]] * 3
