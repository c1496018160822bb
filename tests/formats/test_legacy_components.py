"""Legacy pages of combinations: which parts, effects and questions speak of one component, in every shape."""

import time

import pytest

from tests.support.legacy_pages import read

TITLE = "Examplol + Testamine"
LABELS = (
    "**Usage:** {0} is for tests.\n\n**Dosage:** One of {0}.\n\n**Side Effects:**\n\n* **Common:** Yawning, sighing\n\n"
    "**How it Works:** Quietly.\n\n**Precautions:** Do not run.\n\n"
)
HEADINGS = (
    "### Usage\n{0} is for tests.\n\n### Dosage:\nOne of {0}.\n\n### Side Effects\n* Yawning\n\n"
    "### How it Works\nQuietly.\n\n### Precautions\nDo not run.\n\n"
)
BULLETS = (
    "* **Usage:** {0} is for tests.\n* **Dosage:** One of {0}.\n* **Side Effects:** Common: Yawning, sighing, naps\n"
    "* **How it Works:** Quietly.\n* **Precautions:** Do not run.\n\n"
)
BOTH = "* **Q: May I take both?** A: No.\n* **Q: How do I store them?** A: Dry.\n"
OWN = "* **Q: Is it new?** A: Yes.\n\n"
PARTS = ["uses", "dosage", "side_effects", "how_it_works", "precautions"]

# The words that announce the first and the second component, and the shape of what stands below them.
SPLIT = {
    "heading": ("### Examplol\n\n", "### Testamine\n\n", LABELS),
    "numbered heading": ("### 1. Examplol\n\n", "### 2. Testamine\n\n", LABELS),
    "counted heading": ("### Component 1: Examplol\n\n", "### Component 2: Testamine\n\n", LABELS),
    "wide heading": ("## Examplol\n\n", "## Testamine\n\n", HEADINGS),
    "heading of many sections": (
        "### Examplol: Usage, Dosage, Side Effects, Precautions\n\n",
        "### Testamine: Usage, Dosage, Side Effects, Precautions\n\n",
        LABELS,
    ),
    "bold line": ("Two drugs.\n\n**Examplol**\n\n", "**Testamine**\n\n", HEADINGS),
    "numbered bold line": ("Two drugs.\n\n**1. Examplol:**\n\n", "---\n\n**2. Testamine:**\n\n", HEADINGS),
    "bold line above labels": ("**Examplol:**\n\n", "**Testamine:**\n\n", LABELS),
    "bold line above bullets": ("**Examplol**\n\n", "**Testamine**\n\n", BULLETS),
    "glued bold line": ("**Examplol**\n\n", "**Testamine**\n\n", HEADINGS.rstrip() + "\n"),
    "profile": ("### Examplol – Drug Profile\n\n", "### Testamine – Drug Profile\n\n", LABELS),
    "for": ("### For Examplol\n\n", "### For Testamine\n\n", LABELS),
    "number alone": ("Two drugs.\n\n1. **Examplol**\n\n", "2. **Testamine**\n\n", HEADINGS),
    "bullet alone": ("Two drugs.\n\n* **Examplol**\n\n", "* **Testamine**\n\n", HEADINGS),
    "deep heading": ("#### Examplol\n", "#### Testamine\n", HEADINGS),
    "deep numbered heading": ("##### 1. Examplol\n\n", "##### 2. Testamine\n\n", HEADINGS),
    "deep heading above a text": ("#### Examplol\nOld.\n\n", "#### Testamine\nNew.\n\n", HEADINGS),
    "first and second": ("## The first drug: Examplol\n\n", "## The second drug - Testamine\n\n", HEADINGS),
    "monograph": ("## Monograph of Examplol\n\n", "## Overview of Testamine\n\n", HEADINGS),
    "generic name": ("### Generic Name\nExamplol\n\n", "### Generic Name: Testamine\n\n", HEADINGS),
}


def parts(document, kinds=PARTS):
    return [(section.component, section.kind) for section in document.sections if section.kind in kinds]


@pytest.mark.parametrize("shape", SPLIT)
def test_each_component_has_its_own_sections_and_effects(shape):
    first, second, below = SPLIT[shape]
    document = read(f"{first}{below.format('Examplol')}{second}{below.format('Testamine')}", TITLE)
    assert parts(document) == [(name, kind) for name in ("Examplol", "Testamine") for kind in PARTS]
    assert {effect.component for effect in document.side_effects} == {"Examplol", "Testamine"}
    assert all(effect.label.startswith(effect.component) for effect in document.side_effects)
    assert not [section for section in document.sections if section.heading in ("Examplol", "Testamine")]
    assert document.names == ()


def test_one_deep_heading_is_part_of_the_section_above_it():
    document = read(f"### Usage\nTwo drugs.\n\n#### Examplol\n\n{HEADINGS[10:]}", TITLE)
    assert "#### Examplol" in document.of_kind("uses")[0].body
    assert document.components == ()


def test_many_deep_headings_take_no_more_time_than_their_length():
    def once(text):
        start = time.process_time()
        read(text, TITLE)
        return time.process_time() - start

    def seconds(count):  # the best of three, since others may be at work on the machine
        text = "#### Examplol\nOld.\n" * count + "### Usage\nTwo drugs.\n"
        return min(once(text) for _ in range(3))

    seconds(50)
    assert seconds(1600) < 12 * max(seconds(200), 0.01)


@pytest.mark.parametrize(
    "heading",
    [
        "### FAQs\n",
        "**FAQs:**\n\n",
        "**FAQs (combined use):**\n\n",
        "### FAQs (for both)\n",
        "### FAQs (Combined Use)\n",
        "**FAQs (General):**\n\n",
    ],
)
@pytest.mark.parametrize("shape", ["heading", "bold line", "bold line above labels", "wide heading"])
def test_questions_behind_the_last_component_are_the_page_s(shape, heading):
    first, second, below = SPLIT[shape]
    heading = heading.replace("###", "##") if shape == "wide heading" else heading
    body = f"{first}{below.format('it')}{second}{below.format('it')}{heading}{BOTH}\n**Disclaimer:** None.\n"
    document = read(body, TITLE)
    assert [(faq.component, faq.question) for faq in document.faqs] == [
        ("", "May I take both?"),
        ("", "How do I store them?"),
    ]
    assert parts(document, ["faqs", "notice"]) == [("", "faqs"), ("", "notice")]


@pytest.mark.parametrize("label", ["**FAQs:**\n\n", "### FAQs\n"])
def test_questions_that_each_component_has_are_its_own(label):
    first, second, below = SPLIT["heading" if "**" in label else "bold line"]
    document = read(f"{first}{below}{label}{OWN}{second}{below}{label}{OWN}", TITLE)
    assert [faq.component for faq in document.faqs] == ["Examplol", "Testamine"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("**Examplol FAQs:**\n\n", "**Testamine FAQs:**\n\n"),
        ("**Examplol:**\n\n", "**Testamine (Testex):**\n\n"),
        ("#### Examplol\n\n", "#### Questions about Testamine\n\n"),
        ("**FAQs (Examplol):**\n\n", "**FAQs (Testamine):**\n\n"),
    ],
)
def test_questions_follow_the_heading_above_them(first, second):
    document = read(
        f"### Usage\nTwo.\n\n### FAQs\n{first}{OWN}{second}{OWN}**Combined use:**\n\n{BOTH}", TITLE
    )
    assert [faq.component for faq in document.faqs] == ["Examplol", "Testamine", "", ""]
    assert all("Examplol" not in section.body for section in document.of_kind("faqs"))


@pytest.mark.parametrize(
    "headings", [("Examplol Usage", "Testamine Usage"), ("Usage of Examplol", "Usage of Testamine")]
)
def test_a_heading_that_names_drug_and_kind_is_about_that_drug(headings):
    document = read(
        f"### {headings[0]}\nA.\n\n### {headings[1]}\nB.\n\n### Dosage\n**Examplol:** One.\n\n### Side Effects\n"
        "**Examplol:**\n\n* Yawning\n\n**Testamine:**\n\n* Falls\n\n**Both drugs:**\n\n* Hurry\n",
        TITLE,
    )
    assert parts(document) == [
        ("Examplol", "uses"),
        ("Testamine", "uses"),
        ("", "dosage"),
        ("", "side_effects"),
    ]
    assert [effect.component for effect in document.side_effects] == ["Examplol", "Testamine", ""]


@pytest.mark.parametrize(
    ("label", "component"),
    [
        ("**Examplol:**", "Examplol"),
        ("**Examplol (common):**", "Examplol"),
        ("**Common side effects (Examplol hydrochloride):**", "Examplol"),
        ("**Examplol-related side effects:**", "Examplol"),
        ("**Common side effects of both drugs:**", ""),
        ("**Serious side effects, especially with Examplol:**", ""),
        ("**Examplol and Testamine:**", ""),
        ("**Common side effects:**", ""),
    ],
)
def test_effects_are_those_of_the_component_in_their_label(label, component):
    document = read(f"### Usage\nTwo.\n\n### Side Effects\n{label}\n\n* Yawning\n* Falls\n", TITLE)
    assert [effect.component for effect in document.side_effects] == [component] * 2


@pytest.mark.parametrize(
    "end",
    [
        "### Combined Use of Examplol and Testamine\nNever.\n",
        "**Using Examplol and Testamine together:**\n\nNever.\n",
        "**Combining them:**\n\nNever.\n",
        "### Important Considerations\nNever.\n",
        "In summary: these two medications are never one. Never.\n",
    ],
)
def test_a_component_ends_where_the_whole_page_speaks(end):
    first, second, below = SPLIT["heading"]
    document = read(f"{first}{below}{second}{below}{end}", TITLE)
    assert document.sections[-1].component == ""
    assert "Never." in document.sections[-1].body
    assert document.of_kind("precautions")[-1].body == "Do not run."


def test_a_component_keeps_the_name_that_its_heading_gives_it():
    document = read(
        f"### Examplol (Examine)\n\n{LABELS}### Testamyne\n\n**Generic Name:** Varies by maker\n\n{LABELS}"
        f"**FAQs:**\n\n**Examplol:**\n\n{OWN}",
        TITLE,
    )
    assert document.components == ("Examplol (Examine)", "Testamyne")
    assert document.faqs[0].component == "Examplol (Examine)"
    told = [section for section in document.sections if section.heading == "Generic Name"]
    assert [(section.body, section.component) for section in told] == [("Varies by maker", "Testamyne")]


def test_text_right_below_the_name_of_a_component_is_its_own():
    first, second, below = SPLIT["heading"]
    document = read(f"{first}Old.\n\n{below}{second}{below}", TITLE)
    assert (document.sections[0].heading, document.sections[0].body) == ("", "Old.")
    assert document.sections[0].component == "Examplol"


@pytest.mark.parametrize(
    "body",
    [
        "### Usage\nTwo.\n\n**Examplol:** One.\n\n**Testamine:** Two.\n\n### FAQs\n" + BOTH,
        "### Generic Name\nExamplol\n\n### Usage\nTwo.\n\n### Precautions\n* **Examplol:** None.\n",
        "### Usage\nTwo.\n\n### Interactions with Examplol\nNone.\n\n### Dosage\nOne.\n",
        "### Usage\nTwo.\n\n### Popular Brand Names (Examplol)\nA, B.\n\n### Dosage\nOne.\n",
        "**Usage:** Two.\n\n**Dosage:** One.\n\n**Combined use:** Yes.\n\n**FAQs:**\n\n" + BOTH,
    ],
)
def test_a_page_that_is_not_split_has_no_component(body):
    assert read(body, TITLE).components == ()


@pytest.mark.parametrize("first", ["### Adults\n\n", "### Tablets\n\n", "### Examplol\n\n"])
def test_a_page_on_one_drug_has_no_component(first):
    assert read(f"{first}{LABELS}### Children\n\n{LABELS}", "Examplol").components == ()


def test_the_name_of_one_ingredient_is_text_and_no_name():
    document = read("### Generic Name\nTestamine\n\n### Usage\nTwo.\n", TITLE)
    assert document.names == ()
    assert (document.sections[0].heading, document.sections[0].body) == ("Generic Name", "Testamine")


@pytest.mark.parametrize("said", ["Varies depending on the maker", "Not applicable", "See below"])
def test_a_sentence_is_no_generic_name(said):
    document = read(f"### Generic Name\n{said}\n\n### Usage\nOne.\n")
    assert document.names == ()
    assert document.sections[0].body == said


def test_a_heading_without_text_on_a_page_that_is_not_split_keeps_its_words():
    document = read("**Examplol**\n\n### Usage\nTwo.\n\n### Dosage\nOne.\n", TITLE)
    assert document.components == ()
    assert any("Examplol" in section.heading + section.body for section in document.sections)


@pytest.mark.parametrize(
    "body",
    [
        "### Examplol\n**Usage:** a\n\n### Testamine\n**Usage:** a\n\n" * 1500,
        "### Examplol\n**Usage:** a\n\n### Testamine\n" + "**Usage:** a\n\n**Dosage:** b\n\n" * 3000,
        "### FAQs\n" + "**Examplol:**\n\n* **Q: a?** A: b\n\n" * 2500,
    ],
)
def test_many_components_take_no_more_time_than_their_length(body):
    started = time.process_time()
    read(body, TITLE)
    assert time.process_time() - started < 3


@pytest.mark.parametrize("line", ["**{0}**", "**{0}:**", "**1. {0}**", "* **{0}**", "### For {0}", "### {0}"])
def test_a_component_may_begin_with_another_section_than_usage(line):
    below = HEADINGS.partition("### Dosage")
    text = "".join(
        f"{line.format(name)}\n\n{below[1]}{below[2].format(name)}" for name in ("Examplol", "Testamine")
    )
    document = read(f"Two drugs.\n\n{text}", TITLE)
    assert parts(document) == [(name, kind) for name in ("Examplol", "Testamine") for kind in PARTS[1:]]


@pytest.mark.parametrize(
    "label",
    [
        "FAQs - {}:",
        "FAQs – {}",
        "FAQs: {}",
        "FAQ ({}):",
        "Frequently Asked Questions ({}):",
        "Questions about {}:",
    ],
)
def test_a_label_of_questions_says_whose_they_are(label):
    text = "".join(
        f"### {name}\n\n{LABELS.format(name)}**{label.format(name)}**\n\n{OWN}"
        for name in ("Examplol", "Testamine")
    )
    document = read(text, TITLE)
    assert [faq.component for faq in document.faqs] == ["Examplol", "Testamine"]


def test_a_drug_behind_the_name_of_a_section_is_its_component():
    text = "".join(
        f"### {kind}: {name}\nOf {name}.\n\n"
        for kind in ("Usage", "Dosage")
        for name in ("Examplol", "Testamine")
    )
    found = [("Examplol", "uses"), ("Testamine", "uses"), ("Examplol", "dosage"), ("Testamine", "dosage")]
    assert parts(read(text, TITLE)) == found


def test_a_name_before_the_name_of_its_section_is_the_component():
    both = "".join(f"### {name}: {{}}\n{name} works.\n\n" for name in ("Examplol", "Testamine"))
    document = read(both.format("Uses", "Uses") + both.format("Dosage", "Dosage"), TITLE)
    found = [(section.component, section.kind) for section in document.sections]
    assert found == [(name, kind) for kind in ("uses", "dosage") for name in ("Examplol", "Testamine")]


def test_an_abbreviation_is_that_of_the_ingredient_that_it_stands_behind():
    text = (
        "### Usage\nUse Testamine (TMN) or Examplol.\n\n"
        "### Side Effects\n* **TMN:** Yawning, falls\n* **Examplol:** Naps\n"
    )
    document = read(text, TITLE)
    assert [effect.component for effect in document.side_effects] == ["Testamine", "Testamine", "Examplol"]
    document = read(text.replace("**TMN:**", "**TMN/ABC:**"), TITLE)
    assert document.side_effects[0].component == ""
