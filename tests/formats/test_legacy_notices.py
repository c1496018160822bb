"""Notices of legacy pages: disclaimers and closing notes, in made-up texts."""

import pytest

from tests.support.legacy_pages import bodies, headings, page, read


@pytest.mark.parametrize(
    ("text", "heading", "body"),
    [
        ("**Disclaimer:** A test.", "Disclaimer", "A test."),
        ("**Important Disclaimer:**  A test.", "Important Disclaimer", "A test."),
        ("*Disclaimer: A test.*", "Disclaimer", "*A test.*"),
        ("Disclaimer: A test.", "Disclaimer", "A test."),
        ("**Disclaimer: A test.**", "Disclaimer", "**A test.**"),
        ("***Disclaimer:*** A test.", "Disclaimer", "A test."),
        ("**Disclaimer**: A test.", "Disclaimer", "A test."),
        ("**Disclaimer:**\n\nA test.\n\nOnly that.", "Disclaimer", "A test.\n\nOnly that."),
    ],
)
def test_a_disclaimer_is_a_notice_under_its_own_word(text, heading, body):
    notice = read(f"### Precautions\nFew.\n\n{text}\n").sections[-1]
    assert (notice.kind, notice.heading, notice.body) == ("notice", heading, body)


@pytest.mark.parametrize("gap", ["\n", "\n\n    ", "\n   ", "\n* ", "\n    * "])
@pytest.mark.parametrize(
    "before", ["* **Q: Why?** A: So.", "* **Q: Why?**\n    * **A:** So.", "**Q: Why?**\nA: So."]
)
def test_a_disclaimer_is_no_part_of_the_answer_above_it(before, gap):
    found = page(f"### FAQs\n{before}{gap}**Disclaimer:** A test.\nOnly that.\n")
    assert [(faq.question, faq.answer) for faq in found.document.faqs] == [("Why?", "So.")]
    assert bodies(found.document, "notice") == ["A test.\nOnly that."]
    line = 5 + f"### FAQs\n{before}{gap}".count("\n")
    assert found.line_of(f"sections.{len(found.document.sections) - 1}") == line


def test_a_disclaimer_in_the_middle_ends_no_section():
    document = read("### Usage\nOne.\n\n**Disclaimer:** Test.\n\nTwo.\n\n### Dosage\nThree.\n")
    assert headings(document) == [("uses", ""), ("notice", "Disclaimer"), ("uses", ""), ("dosage", "")]


def test_only_the_note_at_the_end_is_a_notice_of_the_page():
    document = read("### Usage\nA.\n\n**Note:** B.\n\n### Dosage\nC.\n\n**Disclaimer:** D.\n\n**Note:** E.\n")
    assert bodies(document, "uses") == ["A.\n\n**Note:** B."]
    assert headings(document)[-2:] == [("notice", "Disclaimer"), ("notice", "Note")]
