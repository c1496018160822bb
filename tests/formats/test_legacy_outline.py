"""Outline of legacy pages: the sections that headings, labels and bullets start, in made-up texts."""

import pytest

from tests.support.legacy_pages import bodies, headings, kinds, page, read

CANONICAL = """# Examplol
### Generic Name
Examplol

### Usage
For testing.

### Dosage
One a day.

**Children:** Half of one.

### Side Effects
Some people feel it.

Common side effects may include:

* Tired eyes
* Itchy keyboard (from typing)

Tell someone.

### How it Works
By being read.

### Precautions
* **Dosage:** never guess it.

### FAQs

* **Q: Can I skip it?** A: No.

**Disclaimer:** Only a test.
"""


def test_a_canonical_page_has_its_kinds_under_blank_headings():
    document = read(CANONICAL)
    assert headings(document) == [
        ("uses", ""),
        ("dosage", ""),
        ("side_effects", ""),
        ("side_effects", ""),
        ("how_it_works", ""),
        ("precautions", ""),
        ("faqs", ""),
        ("notice", "Disclaimer"),
    ]
    assert document.generic_name == "Examplol"
    assert bodies(document, "dosage") == ["One a day.\n\n**Children:** Half of one."]
    assert bodies(document, "side_effects") == ["Some people feel it.", "Tell someone."]
    assert bodies(document, "notice") == ["Only a test."]


def test_each_piece_knows_the_line_it_came_from():
    found = page(CANONICAL)
    assert found.line_of("names.0") == 7
    assert found.line_of("sections.0.body") == 9
    assert found.line_of("side_effects.1") == 23
    assert found.line_of("faqs.0") == 35


def test_labels_start_sections_where_a_page_has_no_headings():
    document = read(
        "# Examplol\n\n**Generic Name: Examplol**\n\n**Usage:**\n\nFor testing.\n\n**Side Effects:** Some follow."
        "  Common ones include:\n\n* Sleep\n\n**Serious side effects include:**\n\n* Boredom\n\n**How it Works:** So."
        "\n\n**Popular Brand Names (India):** Exa, Mplol\n\n**FAQs:**\n\n* **Q: Why?** A: So.\n"
    )
    assert headings(document) == [
        ("uses", ""),
        ("side_effects", ""),
        ("how_it_works", ""),
        ("other", "Popular Brand Names (India)"),
        ("faqs", ""),
    ]
    assert [effect.group for effect in document.side_effects] == ["common", "serious"]
    assert bodies(document, "side_effects") == ["Some follow."]


COMPONENTS = """# Examplol + Testamine
Please note: two drugs.

### Examplol

**Generic Name:** Examplol

**Usage:** For tests.

**Side Effects:**

* **Common:** Yawning, sighing.

### Testamine

**Usage:** For exams.

**Side Effects:**

* Common: Sweating

### Combining Examplol and Testamine

Rarely wise.

**FAQs (Examplol):**

* **Q: When?** A: Now.

**FAQs (Testamine):**

* **Q: Where?** A: Here.
"""


def test_components_are_named_with_their_sections_and_effects():
    document = read(COMPONENTS, "Examplol + Testamine")
    assert document.ingredients == ("Examplol", "Testamine")
    assert document.components == ("Examplol", "Testamine")
    assert ("other", "Combining Examplol and Testamine") in headings(document)
    assert ("faqs", "FAQs (Testamine)") in headings(document)
    assert [effect.label for effect in document.side_effects] == [
        "Examplol › Common",
        "Examplol › Common",
        "Testamine › Common",
    ]
    assert [faq.question for faq in document.faqs] == ["When?", "Where?"]


@pytest.mark.parametrize("bold", ["**Examplol**", "**Examplol:**", "**1. Examplol:**"])
def test_labelled_bullets_are_sections_of_the_drug_above_them(bold):
    document = read(
        f"# Examplol + X\nTwo drugs.\n\n{bold}\n\n* **Generic Name:** Examplol\n* **Usage:** Tests.\n"
        "* **Side Effects:** Common side effects include sleep.\n* **FAQs:**\n    * **Q: Why?** A: So.\n\n"
        "**Testamine**\n\n* **Usage:** Exams.\n* **FAQs:** *Really?* Yes. *Surely?* No.\n",
        "Examplol + X",
    )
    assert kinds(document) == ["other", "other", "uses", "side_effects", "faqs", "uses", "faqs"]
    assert [section.component for section in document.sections] == ["", *["Examplol"] * 4, *["Testamine"] * 2]
    assert [(faq.question, faq.answer) for faq in document.faqs] == [
        ("Why?", "So."),
        ("Really?", "Yes."),
        ("Surely?", "No."),
    ]
    assert document.names == ()  # that of one ingredient is no name of the combination
    assert [faq.component for faq in document.faqs] == ["Examplol", "Testamine", "Testamine"]


def test_repeated_headings_take_the_drug_from_the_line_above():
    document = read(
        "# A + B\n\n**Alphamol**\n\n### Usage:\nOne.\n\n### Side Effects:\n* Common: Sleep, rest\n\n### Precautions:\n"
        "Few.\n\n---\n\n**Betamol**\n\n### Generic Name: Betamol\n\n### Usage:\nTwo.\n\n### Side Effects:\n* Hurry\n",
        "A + B",
    )
    assert [section.component for section in document.sections] == ["Alphamol"] * 3 + ["Betamol"] * 3
    assert ("other", "Generic Name") in headings(document)
    assert bodies(document, "precautions") == ["Few."]
    assert [effect.label for effect in document.side_effects] == ["Alphamol › Common"] * 2 + ["Betamol"]


@pytest.mark.parametrize(
    ("heading", "kind", "stored"),
    [
        ("Usage:", "uses", ""),
        ("Examplol Usage", "uses", "Examplol Usage"),
        ("Examplol: Usage", "uses", "Examplol: Usage"),
        ("Usage (Not Applicable)", "uses", "Usage (Not Applicable)"),
        ("Dosage: (Examplol and Testamine)", "dosage", "Dosage: (Examplol and Testamine)"),
        ("FAQs (Combined Therapy)", "faqs", "FAQs (Combined Therapy)"),
        ("Examplol: Usage, Dosage, Side Effects", "other", "Examplol: Usage, Dosage, Side Effects"),
        ("Combined Use of A and B", "other", "Combined Use of A and B"),
        ("Interactions", "interactions", "Interactions"),
        ("**Usage:**", "uses", ""),
        ("**Side Effects**", "side_effects", ""),
        ("2. Usage", "uses", "2. Usage"),
        ("How Examplol Works", "how_it_works", "How Examplol Works"),
        ("Dosing", "dosage", "Dosing"),
        ("Serious side effects", "side_effects", "Serious side effects"),
        ("Weather", "other", "Weather"),
    ],
)
def test_a_heading_names_its_kind(heading, kind, stored):
    assert headings(read(f"# Examplol\n### {heading}\nText.\n")) == [(kind, stored)]


@pytest.mark.parametrize("mark", ["##", "###\xa0", "#### ", "###   "])
def test_a_heading_is_one_however_its_marks_are_spaced(mark):
    assert headings(read(f"# Examplol\n{mark}Usage\nText.\n\n{mark}Precautions\nFew.\n")) == [
        ("uses", ""),
        ("precautions", ""),
    ]


@pytest.mark.parametrize("mark", ["•", "• ", "*\xa0", "+ ", "◦ "])
def test_a_bullet_is_one_whatever_its_mark(mark):
    document = read(f"### Side Effects\n{mark}Yawning\n{mark}Falls\n")
    assert [effect.name for effect in document.side_effects] == ["Yawning", "Falls"]


def test_labels_with_their_line_to_themselves_need_no_colon():
    document = read("**Usage**\nFor tests.\n\n**Side Effects**\n* Sleep\n\n**FAQs**\n**Q: Why?**\nA: So.\n")
    assert kinds(document) == ["uses", "side_effects", "faqs"]
    assert bodies(document, "uses") == ["For tests."]


def test_a_rule_between_a_drug_and_its_sections_parts_nothing():
    document = read(
        "**Alphamol:**\n\n---\n\n### Usage\nA.\n### Side Effects\n* Sleep\n\n**Betamol:**\n\n---\n\n### Usage\nB.\n",
        "Alphamol + Betamol",
    )
    assert [section.component for section in document.sections] == ["Alphamol", "Alphamol", "Betamol"]
    assert document.side_effects[0].label == "Alphamol"


def test_groups_under_headings_of_any_level_stay_in_the_section():
    document = read("**Usage:** A.\n\n**Side Effects:**\n\n### Common\n* Sleep\n\n### Serious\n* Falls\n")
    assert kinds(document) == ["uses", "side_effects"]
    assert [effect.label for effect in document.side_effects] == ["Common", "Serious"]


@pytest.mark.parametrize("heading", ["Exampl's  ol", "EXAMPL'S OL", '"Exampl\'s ol"', "**Exampl's ol**"])
def test_the_title_is_told_from_a_section_however_it_is_set(heading):
    assert kinds(read(f"# {heading}\n### Usage\nA.\n", "Exampl's ol")) == ["uses"]


def test_text_on_the_line_of_a_heading_is_its_body():
    assert bodies(read("### Dosage: **None.** Never take it.\n"), "dosage") == ["**None.** Never take it."]


def test_a_page_without_shape_is_kept_in_place():
    assert bodies(read("# Examplol\nPlease provide the name.\n\nThen ask again.\n"), "other") == [
        "Please provide the name.\n\nThen ask again."
    ]


def test_deeper_headings_stay_in_their_section_below_its_level():
    document = read("## Usage\nText.\n\n### Adults\nMore.\n\n## Dosage\nTwo.\n")
    assert bodies(document, "uses") == ["Text.\n\n#### Adults\n\nMore."]
    assert kinds(document) == ["uses", "dosage"]
