"""Legacy pages from elsewhere: shapes that the old site's own pages did not have, in made-up texts."""

import pytest

from tests.support.legacy_pages import headings, page, read


def effects(text):
    found = read(f"### Side Effects\n{text}").side_effects
    return [(effect.label, effect.group, effect.urgency, effect.name) for effect in found]


def questions(document):
    return [(faq.question, faq.answer) for faq in document.faqs]


# Sections: numbers, labels, symbols


KINDS = [("uses", ""), ("side_effects", ""), ("how_it_works", ""), ("faqs", "")]


def plain_headings(document):
    """The headings of the sections, without the number that a page gives them."""
    return [(kind, heading.lstrip("1234567. ")) for kind, heading in headings(document)]


@pytest.mark.parametrize(
    "label",
    [
        "\n**{n}. {name}:**\n",
        "\n**{n}. {name}**\n",
        "\n**{n}) {name}**\n",
        "\n{n}. **{name}:**\n\n",
        "\n{n}. **{name}**\n\n",
        "\n**{name}**\n\n",
        "\n### 💊 {name}\n",
        "\n### {n}. {name}\n",
        "\n### {n}. **{name}**\n",
        "**{name}:**\n",
    ],
)
def test_sections_are_known_under_numbers_symbols_and_bold(label):
    texts = {
        "Generic Name": "Examplol",
        "Usage": "Tests.",
        "Side Effects": "Serious side effects:\n\n* Falls",
        "How it Works": "So.",
        "FAQs": "* **Q: Why?** A: So.",
    }
    parts = [label.format(n=n, name=name) + text + "\n" for n, (name, text) in enumerate(texts.items(), 1)]
    document = read("# Examplol\n" + "".join(parts))
    found = [(kind, heading.strip("💊1234567.) ")) for kind, heading in headings(document)]
    names = dict(zip(("uses", "side_effects", "how_it_works", "faqs"), list(texts)[1:], strict=True))
    assert [kind for kind, _ in found] == list(names)
    assert all(heading in ("", names[kind]) for kind, heading in found)
    assert document.generic_name == "Examplol"
    assert [(effect.name, effect.group) for effect in document.side_effects] == [("Falls", "serious")]
    assert questions(document) == [("Why?", "So.")]


def test_a_numbered_list_of_sections_is_read_like_a_bulleted_one():
    document = read(
        "# Examplol\n\n1. **Generic Name:** Examplol\n2. **Usage:** Tests.\n3. **Side Effects:**\n"
        "   - Common: yawning, sighing\n4. **FAQs:**\n   - **Q: Why?** A: So.\n\n**Disclaimer:** No advice.\n"
    )
    assert headings(document) == [
        ("uses", ""),
        ("side_effects", ""),
        ("faqs", ""),
        ("notice", "Disclaimer"),
    ]
    assert [effect.name for effect in document.side_effects] == ["yawning", "sighing"]
    assert questions(document) == [("Why?", "So.")]


def test_labels_start_sections_without_a_blank_line_between_them():
    document = read(
        "# Examplol\n**Generic Name:** Examplol\n**Usage:** Tests.\n**Side Effects:**\n- Yawning\n- Sighing\n"
        "**How it Works:** So.\n**Precautions:** Few.\n**FAQs:**\n- **Q: Why?** A: So.\n**Disclaimer:** No advice.\n"
    )
    assert headings(document) == [
        ("uses", ""),
        ("side_effects", ""),
        ("how_it_works", ""),
        ("precautions", ""),
        ("faqs", ""),
        ("notice", "Disclaimer"),
    ]
    assert [effect.name for effect in document.side_effects] == ["Yawning", "Sighing"]


def test_labels_name_a_section_in_other_words_without_a_heading():
    document = read(
        "**Examplol**\n\n**Uses**\nTests.\n\n**Adverse effects**\nSerious side effects:\n- Falls\n\n"
        "**Mechanism of Action**\nSo.\n\n**Warnings**\nFew.\n\n**Frequently Asked Questions**\n1. **Why?**\n   So.\n"
    )
    assert headings(document) == [
        ("uses", "Uses"),
        ("side_effects", "Adverse effects"),
        ("how_it_works", "Mechanism of Action"),
        ("precautions", "Warnings"),
        ("faqs", "Frequently Asked Questions"),
    ]
    assert [(effect.label, effect.name) for effect in document.side_effects] == [
        ("Serious side effects", "Falls")
    ]
    assert questions(document) == [("Why?", "So.")]


def test_a_label_in_other_words_starts_no_second_section():
    document = read("# Examplol\n\n**Side Effects:**\n\n**Adverse reactions:**\n\n* Falls\n")
    assert headings(document) == [("side_effects", "")]
    assert [effect.label for effect in document.side_effects] == ["Adverse reactions"]


def test_a_symbol_before_a_disclaimer_stays_with_it():
    document = read("### Usage\nTests.\n\n⚠️ **Disclaimer:** No advice.\n")
    assert headings(document) == [("uses", ""), ("notice", "⚠️ Disclaimer")]
    assert document.sections[1].body == "No advice."


def test_an_italic_note_at_the_end_keeps_no_half_of_its_marks():
    document = read("### Usage\nTests.\n\n*Note: ask somebody.*\n")
    assert headings(document)[-1] == ("notice", "Note")
    assert document.sections[-1].body == "ask somebody."


# Questions under headings


@pytest.mark.parametrize(
    "start", ["### FAQs", "### FAQs\nSome are asked often.", "**FAQs:**", "## FAQs", "### Common questions"]
)
@pytest.mark.parametrize("mark", ["### {}", "### Q: {}", "### 1. {}", "### **{}**"])
def test_headings_that_ask_stand_in_the_questions_above_them(start, mark):
    asked = ["Why?", "What are the side effects?", "What if I miss a dose?"]
    document = read(f"{start}\n\n" + "".join(f"{mark.format(question)}\n\nSo.\n\n" for question in asked))
    assert [kind for kind, _ in headings(document)] == ["faqs"]
    assert questions(document) == [(question, "So.") for question in asked]


def test_a_heading_that_asks_starts_a_section_behind_questions():
    document = read("### FAQs\n* **Q: Why?** A: So.\n\n### What are the side effects?\n* Falls\n")
    assert [kind for kind, _ in headings(document)] == ["faqs", "side_effects"]
    assert questions(document) == [("Why?", "So.")]


# Labels that only look like the drug of a combination


@pytest.mark.parametrize("label", ["**Serious Side Effects (Less Common):**", "**Very rare (<0.01%):**"])
def test_a_label_with_its_list_before_a_section_is_no_drug(label):
    document = read(
        f"# Examplol\n\n**Side Effects:**\n\n**Common:** Yawning, sighing\n\n{label} Falls, fainting\n\n"
        "**How it Works:** So.\n"
    )
    assert headings(document) == [("side_effects", ""), ("how_it_works", "")]
    assert [effect.name for effect in document.side_effects] == ["Yawning", "sighing", "Falls", "fainting"]


def test_a_labelled_remark_before_side_effects_is_no_drug():
    document = read(
        "# Examplol\n\n**Dosage:** One.\n\n**Dosage Adjustments:** Half of one.\n\n**Side Effects:**\n\n* Falls\n"
    )
    assert [kind for kind, _ in headings(document)] == ["dosage", "side_effects"]
    assert [effect.label for effect in document.side_effects] == [""]


def test_a_drug_with_a_sentence_on_its_line_is_still_one():
    document = read(
        "# Examplol + Testamine\n\n**Examplol:** A test.\n\n**Usage:** Tests.\n\n**Side Effects:**\n\n* Falls\n\n"
        "**Testamine:** An exam.\n\n**Usage:** Exams.\n",
        "Examplol + Testamine",
    )
    assert document.sections[0].body == "A test." and document.sections[0].component == "Examplol"
    assert [effect.label for effect in document.side_effects] == ["Examplol"]


# Indentation


@pytest.mark.parametrize("indent", ["    ", "\t", "      ", "        "])
def test_a_list_that_is_indented_too_far_is_still_one(indent):
    bullets = "".join(f"{indent}* {name}\n" for name in ("Yawning", "Sighing"))
    assert effects(f"Common side effects:\n\n{bullets}\nSerious side effects:\n\n{indent}1. Falls\n") == [
        ("Common side effects", "common", "unsorted", "Yawning"),
        ("Common side effects", "common", "unsorted", "Sighing"),
        ("Serious side effects", "serious", "unsorted", "Falls"),
    ]
    asked = f"### FAQs\n\n{indent}* **Q: Why?** A: So.\n{indent}* **Q: When?** A: Now.\n"
    assert questions(read(asked)) == [("Why?", "So."), ("When?", "Now.")]


def test_a_remark_on_one_drug_does_not_claim_the_next_section():
    document = read(
        "# Examplol + Testamine\n\n**Usage:** Tests.\n\n**Dosage:**\n\n**Examplol:** One.\n\n**Testamine:** Two.\n\n"
        "**Side Effects:**\n\n* **Examplol:** Falls, fainting\n",
        "Examplol + Testamine",
    )
    assert [kind for kind, _ in headings(document)] == ["uses", "dosage", "side_effects"]
    assert [effect.label for effect in document.side_effects] == ["Examplol", "Examplol"]


# Marks and characters


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(" ", "\xa0"),
        lambda text: text.replace("\n", "\n\u200b"),
        lambda text: text.replace("\n", "\u200b\n"),
        lambda text: text.replace("**", "\u200b**\u200b"),
        lambda text: "\ufeff" + text.replace("# ", "# \ufeff"),
        lambda text: text.replace("\n* ", "\n– "),
        lambda text: text.replace("\n* ", "\n· "),
    ],
)
def test_what_nobody_sees_does_not_hide_what_a_line_is(change):
    text = (
        "# Examplol\n\n### Generic Name\nExamplol\n\n### Side Effects\n**Common (>10% of people):**\n* Yawning\n"
        "* Sighing\n\n### FAQs\n* **Q: Why?** A: So.\n"
    )
    document = read(change(text))
    assert headings(document) == [("side_effects", ""), ("faqs", "")]
    assert document.generic_name == "Examplol"
    assert [(effect.name, effect.frequency) for effect in document.side_effects] == [
        ("Yawning", "very_common"),
        ("Sighing", "very_common"),
    ]
    assert questions(document) == [("Why?", "So.")]


def test_a_space_that_holds_a_number_and_its_unit_together_stays():
    assert read("### Dosage\n5\xa0mg a\xa0day.\n").sections[0].body == "5\xa0mg a day."


@pytest.mark.parametrize("inside", ["\u200b", "\u200b\u200b", "\ufeff\u2060\u200b"])
def test_spaces_of_no_width_inside_a_word_stay(inside):
    text = f"{inside}A long{inside}word{inside}. A name_{inside}too.\n"
    assert read(f"### Dosage\n{text}").sections[0].body == f"A long{inside}word. A name_{inside}too."


def test_a_table_of_other_things_stays_one_and_names_no_effects():
    table = "| Drug | Serious |\n|---|---|\n| Yawning, sighing | Falls |"
    found = page(f"### Side Effects\nSome follow.\n\n{table}\n")
    assert [section.body for section in found.document.sections] == [f"Some follow.\n\n{table}"]
    assert found.document.side_effects == ()
    assert [finding.code for finding in found.findings] == ["effects_as_text"]


@pytest.mark.parametrize(
    "text",
    ["❓ **Why?**\n\nSo.", "- ❓ **Why?** So.", "❓ Why?\nSo.", "**❓ Why?** So."],
)
def test_a_symbol_before_a_question_stays_with_it(text):
    assert questions(read(f"### FAQs\n{text}\n")) == [("❓ Why?", "So.")]


def test_answers_may_be_marked_in_short():
    assert questions(read("### FAQs\nQ1. Why?\nAns. So.\n\nQ2: When?\nAns: Now.\n")) == [
        ("Why?", "So."),
        ("When?", "Now."),
    ]
