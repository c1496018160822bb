"""Questions and answers (FAQs) of legacy pages in each of their shapes, in made-up texts."""

import pytest

from tests.support.legacy_pages import bodies, page, read


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
        "1. Can I?\n   No.",
        "* Can I? No.",
        "Can I?\nNo.",
        "**Q. Can I?**\nA. No.",
        "**Q) Can I?**\nA) No.",
        "**Q**: Can I?\n**A**: No.",
        "* **Q: Can I?**: No.",
        "* **Q: Can I?** – No.",
        "- **Q: Can I?**\n\n  A: No.",
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


def test_a_question_may_end_in_brackets():
    assert questions("* **Can I? (children)** No.") == [("Can I? (children)", "No.")]


def test_the_name_of_a_germ_at_the_start_of_an_answer_is_no_mark():
    assert questions("* **What is it?** A. examplis is a germ.") == [
        ("What is it?", "A. examplis is a germ.")
    ]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("**Q: Why?**\n\nA: So.\n\nBecause of this.", "So.\n\nBecause of this."),
        ("**Q: Why?**\n\nA: For these:\n\n* one\n* two", "For these:\n\n* one\n* two"),
        ("**Q: Why?**\n\n* one\n* two", "* one\n* two"),
        ("1. Why?\n   - one\n   - two", "- one\n- two"),
        ("#### Why?\n\nSo.\n\n* one\n* two\n\nAnd so.", "So.\n\n* one\n* two\n\nAnd so."),
    ],
)
def test_an_answer_goes_on_until_the_next_question(text, answer):
    again = text.replace("Why?", "Who?").replace("1.", "2.")
    assert questions(f"{text}\n\n{again}\n")[0] == ("Why?", answer)


def test_an_answer_takes_the_last_list_that_it_leads_to():
    assert questions("**Q: Why?**\nA: For these:\n\n* one\n* two") == [("Why?", "For these:\n\n* one\n* two")]
    assert questions("#### Why?\nSo.\n\nAnd so.") == [("Why?", "So.\n\nAnd so.")]


def test_what_follows_the_last_answer_is_no_part_of_it():
    document = read("### FAQs\n\n* **Q: Why?** A: So.\n\nMore to know.\n\n* one\n* two\n")
    assert [faq.answer for faq in document.faqs] == ["So."]
    assert bodies(document, "faqs") == ["", "More to know.\n\n* one\n* two"]


@pytest.mark.parametrize(
    "text",
    [
        "**Q: {}**\nA: {}",
        "**Q: {}**\n\nA: {}",
        "**Q: {}** A: {}",
        "**Q: {}**\n\n**A:** {}",
        "**{}** {}",
        "**{}**\n\n{}",
        "#### {}\n\n{}",
        "Q: {}\nA: {}",
        "*{}* {}",
    ],
)
@pytest.mark.parametrize("end", ["", "\n\n**Disclaimer:** A test.", "\n\nThis is no medical advice."])
def test_a_last_answer_that_speaks_of_advice_is_no_notice(text, end):
    asked = ("Is it a substitute for sleep?", "No. Get professional medical advice.")
    document = read(f"### FAQs\n{text.format('Why?', 'So.')}\n\n{text.format(*asked)}{end}\n")
    assert [(faq.question, faq.answer) for faq in document.faqs][1:] == [asked]
    assert len(document.of_kind("notice")) == bool(end)


@pytest.mark.parametrize("label", ["**Testamine:**", "Testamine:", "**Ask someone.**"])
def test_a_label_between_two_questions_is_no_part_of_an_answer(label):
    assert questions(f"* **Q: Why?** A: So.\n\n{label}\n\n* **Q: Who?** A: I.") == [
        ("Why?", "So."),
        ("Who?", "I."),
    ]


def test_questions_below_the_bullet_of_their_drug():
    text = "* **Examplol:**\n    * **Q: Why?** A: So.\n    * **Q: Who?** A: I.\n* **Testamine:**\n    * **Can I?** No."
    assert questions(text) == [("Why?", "So."), ("Who?", "I."), ("Can I?", "No.")]


def test_a_section_without_questions_is_kept_and_reported():
    found = page("### FAQs\n\nNothing is asked.\n")
    assert bodies(found.document, "faqs") == ["Nothing is asked."]
    assert [finding.code for finding in found.findings] == ["no_question"]
