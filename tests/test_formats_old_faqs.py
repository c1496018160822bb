"""Every shape of questions and answers in the old pages, as facts about made-up texts."""

import pytest

from drugs.formats.old import read_old


def page(body, title="Examplol"):
    return read_old(body, slug="examplol", title=title, first_line=5)


def read(body, title="Examplol"):
    return page(body, title).document


def bodies(document, *wanted):
    return [section.body for section in document.of_kind(*wanted)]


def questions(text):
    return [(faq.question, faq.answer) for faq in read("### FAQs\n\n" + text).faqs]


# Questions


@pytest.mark.parametrize(
    "text",
    [
        "* **Q: Can I?** A: No.",
        "* **Q:  Can I?**  A:  No.",
        "**Q: Can I?**\nA: No.",
        "**Q: Can I?**\n\nA: No.",
        "* **Can I?** No.",
        "* **Q: Can I?**\n    * **A:** No.",
        "* **Q: Can I?**\n   * **A:** No.",
        "**Q: Can I?** A: No.",
        "* **Q: Can I?**\n    * A: No.",
        "* **Q: Can I?**\n    *A: No.*",
        "* **Q: Can I?**\n    *A: No.",
        "* **Q: Can I?**\n* **A:** No.",
        "**Q: Can I?**\n\n**A:** No.",
        "**Q: Can I?**\n**A:** No.",
        "**Q: Can I?** No.",
        "* **Q: Can I?**\nA: No.",
        "* **Q: Can I?**\n   A: No.",
        "* **Q: Can I?**\n*A: No.",
        "*Can I?* No.",
        "#### Can I?\n\nNo.",
        "Q: Can I?\nA: No.",
        "1. **Can I?** No.",
        "**Q1: Can I?**\n\nA1: No.",
        "**Q: Can I? A: No.**",
    ],
)
def test_a_question_is_found_in_each_shape(text):
    again = text.replace("Can I", "May I").replace("No.", "Yes.").replace("Q1", "Q2").replace("A1", "A2")
    found = questions(f"{text}\n\n{again}\n")
    assert [(question, answer.rstrip("*")) for question, answer in found] == [
        ("Can I?", "No."),
        ("May I?", "Yes."),
    ]


def test_questions_nested_under_a_labelled_bullet():
    document = read(
        "# E\n**1. Examplol:** a drug:\n\n* **Usage:** Tests.\n* **FAQs:**\n    * **Can I?** No.\n"
    )
    assert [faq.question for faq in document.faqs] == ["Can I?"]


def test_italics_in_a_question_stay():
    assert questions("* **Q: Does it cure *E. examplis* fever?** A: No.") == [
        ("Does it cure *E. examplis* fever?", "No.")
    ]


def test_what_stands_around_questions_is_no_part_of_them():
    document = read(
        "### FAQs\n\nFor history only.\n\n**Examplol FAQs:**\n\n* **Q: Can I?** A: No.\n\n**Testamine FAQs:**\n\n"
        "* **Q: May I?** A: Yes.\n\n**Remember:** This is for general knowledge only.\n"
    )
    assert bodies(document, "faqs") == ["For history only.\n\n**Examplol FAQs:**", "**Testamine FAQs:**"]
    assert [faq.answer for faq in document.faqs] == ["No.", "Yes."]
    assert [(section.heading, section.body) for section in document.of_kind("notice")] == [
        ("Remember", "This is for general knowledge only.")
    ]


def test_a_section_without_questions_is_kept_and_reported():
    found = page("### FAQs\n\nNothing is asked.\n")
    assert bodies(found.document, "faqs") == ["Nothing is asked."]
    assert [finding.code for finding in found.findings] == ["no_question"]
