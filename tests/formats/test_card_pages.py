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
        "# A\n\n- **Uses**\n    - hiccups\n- **Side effects**\n    - falls\n- Take it daily\n",
        "# A\n\n- Adults\n    - one\n- Children\n    - half\n",
        "**Uses:** hiccups\n**Warning:** falls\n",
    ],
)
def test_what_has_headings_or_is_no_card_stays(text):
    assert with_headings(text) == text
