"""Section kinds that the headings of legacy pages name, in made-up texts."""

import pytest

from tests.support.legacy_pages import headings, read


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (
            "uses",
            "Medical Uses|Use|Uses of Examplol|Examplol uses|What is Examplol used for?|Uses and Benefits"
            "|Why is this medicine prescribed?|Therapeutic indications|1. What Examplol is and what it is used for",
        ),
        (
            "dosage",
            "How to take Examplol|How should Examplol be taken?|How should this medicine be used?|Administration"
            "|How and when to take it|Dosing Information|Recommended dose|Directions|How do I use it?",
        ),
        (
            "side_effects",
            "Adverse Effects of Examplol|Undesirable effects|Unwanted Effects|Adverse Drug Reactions|⚠️ Side effect"
            "|What side-effects can it have?|Possible adverse reactions",
        ),
        (
            "how_it_works",
            "How does Examplol Hydrochloride XR work?|Mechanism|Mode of Action|Mechanism of action (MOA)"
            "|How Examplol-D works|Pharmacology|Pharmacodynamics",
        ),
        (
            "precautions",
            "Cautions|Safety Information|Important Safety Information|Before taking Examplol|Important warnings"
            "|Warnings for Examplol",
        ),
        (
            "faqs",
            "Questions and Answers|Frequently Asked Questions about Examplol|FAQ's|Q&A|Questions|Patient questions"
            "|Frequently asked questions (FAQ)",
        ),
        (
            "do_not_take",
            "Contraindications of Examplol|Who should not take Examplol|Who can and cannot take it",
        ),
        ("pregnancy", "Pregnancy & Lactation|Use in pregnancy|Breast-feeding"),
        ("interactions", "Interactions with other medicines|Examplol interactions"),
        ("overdose", "In case of overdose|What if I take too much?"),
        ("missed_dose", "Missed doses|What should I do if I forget a dose?|What if I miss a dose?"),
        ("storage", "How to store Examplol|Storage and handling"),
        ("warning", "Boxed Warning|Black box warnings|⚠️ Black-Box Warning|Boxed warning for Examplol (FDA)"),
    ],
)
def test_headings_name_their_section_in_many_words(kind, names):
    for name in names.split("|"):
        document = read(f"# Examplol\n## Start\nSo.\n\n## {name}\nSome text.\n\n## End\nSo.\n")
        assert headings(document)[1:2] in ([(kind, name)], [(kind, "")]), name
        assert document.sections[1].body == "Some text."


@pytest.mark.parametrize(
    "name",
    ["Combined use", "What is Examplol?", "Brand names", "Overview", "Examplol"],
)
def test_other_headings_keep_a_section_of_their_own(name):
    assert headings(read(f"# Examplol\n## Start\n\n## {name}\nSome text.\n"))[1:] == [("other", name)]


def test_a_heading_before_two_names_of_one_kind_is_no_drug():
    document = read(
        "# Examplol\n## Overview\nA test.\n\n## Uses\nTests.\n\n## Warnings\nFew.\n\n## Precautions\nSome.\n\n"
        "## Side effects\n* Falls\n"
    )
    assert [effect.label for effect in document.side_effects] == [""]


@pytest.mark.parametrize("name", ["### Generic Name 💊\nExamplol", "### 💊 Generic Name: Examplol"])
def test_a_symbol_behind_generic_name_is_not_the_name(name):
    assert read(f"{name}\n\n### Usage\nTests.\n").generic_name == "Examplol"


@pytest.mark.parametrize("faqs", ["**FAQs:**", "**FAQs**", "FAQs:", "3. **FAQs**", "#### FAQs"])
def test_headings_that_ask_do_not_take_the_work_of_labels(faqs):
    document = read(
        "# Examplol\n\n**Usage:** Tests.\n\n**Side Effects:**\n\n* Falls\n\n"
        f"{faqs}\n\n#### What are the side effects?\n\nFalls.\n\n#### What is it used for?\n\nTests.\n"
    )
    assert [kind for kind, _ in headings(document)] == ["uses", "side_effects", "faqs"]
    assert [effect.name for effect in document.side_effects] == ["Falls"]
    assert [faq.question for faq in document.faqs] == ["What are the side effects?", "What is it used for?"]


def test_a_numbered_label_starts_a_section_of_numbered_questions():
    document = read(
        "# Examplol\n\n1. **Usage**\n\nTests.\n\n2. **FAQs**\n\n1. **Why?** So.\n2. **When?** Now.\n"
    )
    assert [kind for kind, _ in headings(document)] == ["uses", "faqs"]
    assert [(faq.question, faq.answer) for faq in document.faqs] == [("Why?", "So."), ("When?", "Now.")]


def test_a_disclaimer_holds_no_section_below_its_heading():
    document = read(
        "# Examplol\n## Disclaimer\nNo advice.\n\n### Usage\nTests.\n\n### Side Effects\n* Falls\n"
    )
    assert [kind for kind, _ in headings(document)] == ["notice", "uses", "side_effects"]
    assert [effect.name for effect in document.side_effects] == ["Falls"]


def test_a_rule_below_the_one_line_of_a_section_makes_no_heading():
    document = read("# Examplol\n\n### Generic Name\nExamplol\n---\n### Usage\nTests\n---\n### Dosage\nOne\n")
    assert document.generic_name == "Examplol"
    assert headings(document) == [("uses", ""), ("dosage", "")]
    assert [section.body for section in document.sections] == ["Tests", "One"]


@pytest.mark.parametrize(
    "name",
    [
        "## Examplol: Uses, Dosage, Side Effects, and More",
        "# Examplol: Dosage and Side Effects",
        "## Examplol – Uses, Side Effects & Interactions",
    ],
)
def test_a_heading_over_the_whole_page_is_no_section(name):
    document = read(f"{name}\n\n### Uses\nTests.\n\n### Dosage\nOne.\n\n### Side Effects\n* Falls\n")
    assert [kind for kind, _ in headings(document)] == ["other", "uses", "dosage", "side_effects"]


def test_sections_may_all_have_headings_of_the_first_level():
    document = read("# Examplol\n\n# Uses of Examplol\nTests.\n\n# Side Effects of Examplol\n* Falls\n")
    assert [kind for kind, _ in headings(document)] == ["uses", "side_effects"]
