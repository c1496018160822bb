"""Body parser of the page format: sections, side effects, questions, and errors with their line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drugs.content import FAQ, Section, SideEffect
from drugs.formats import FormatError, read, write
from tests.support.examples import examples
from tests.support.page_files import error_of, page, read_or_refuse


def effects(*items, heading="### Common {common}"):
    return page("\n".join(["## Side effects", heading, *items])).document.side_effects


def body_error(body):
    with pytest.raises(FormatError) as caught:
        page(body)
    return caught.value


@pytest.mark.parametrize(
    ("heading", "kind", "stored"),
    [
        ("What it is used for", "uses", ""),
        ("what IT is used for", "uses", ""),
        ("Ciprofloxacin usage {uses}", "uses", "Ciprofloxacin usage"),
        ("{uses}", "uses", ""),
        ("What it is used for {other}", "other", "What it is used for"),
        ("Popular brands", "other", "Popular brands"),
        ("{other}", "other", ""),
        ("Usage", "other", "Usage"),
        ("Dose of {details} {dosage}", "dosage", "Dose of {details}"),
        ("C# ##", "other", "C# ##"),
        ("Dose {Dosage}", "other", "Dose {Dosage}"),
    ],
)
def test_a_heading_gives_a_section_its_kind(heading, kind, stored):
    assert page(f"## {heading}\nText.").document.sections == (Section(kind, stored, "Text."),)


def test_text_before_the_first_heading_is_an_unnamed_section():
    assert page("\n\nPlease note.\n\n## Dose").document.sections[0] == Section("other", "", "Please note.")


def test_a_heading_inside_code_or_of_level_4_belongs_to_the_text():
    body = "#### Adults\n```\n## no heading\n```\n    ## nor this"
    assert page(f"## How to take it\n{body}\n").document.sections == (Section("dosage", "", body),)


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("## Storage\n\n### Cold\n", 8, "####"),
        ("### Cold\n", 6, "####"),
        ("Text.\n# Examplol\n", 7, "one heading of level 1"),
        ("## Dose {dosge}\n", 6, "did you mean {dosage}"),
        ("## Dose {uses, dosage}\n", 6, "no section kind"),
        ("## Dose {}\n", 6, "no section kind"),
        ("## Storage\n\n```\ncode\n", 8, "never closed"),
        ("## Storage\n" + "x" * 50_001, 6, "longer than 50,000"),
        ("## A\ttab\n", 6, "tabs"),
        ("## Common questions\n###\nAnswer.\n", 7, "question: is empty"),
    ],
)
def test_a_fault_of_the_body_names_its_line(body, line, words):
    error = body_error(body)
    assert words in error.message
    assert error.line == line


def test_the_heading_of_the_page_must_be_its_title():
    assert error_of("---\nformat: 1\ntitle: A\n---\n\n# B\n").line == 6
    assert "`# A`" in error_of("---\nformat: 1\ntitle: A\n---\n\n## Dose\n").message
    assert "`# A`" in error_of("---\nformat: 1\ntitle: A\n---\nText\n# A\n").message
    assert "`# A`" in error_of("---\nformat: 1\ntitle: A\n---\n").message


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("* **Rash**", SideEffect("Rash")),
        ("- **Rash**: red skin", SideEffect("Rash", "red skin")),
        ("* **Rash** {rare}", SideEffect("Rash", frequency="rare")),
        ("* **Rash**: {talk}", SideEffect("Rash", urgency="talk")),
        ("* **Rash**: a {talk,rare}", SideEffect("Rash", "a", frequency="rare", urgency="talk")),
        ("* **Rash**: a {rare} {not_stated}", SideEffect("Rash", "a {rare}")),
        ("* **Rash {rare}**", SideEffect("Rash {rare}")),
        ("* **Rash:**", SideEffect("Rash:")),
        ("* ***C. diff* diarrhoea**: a", SideEffect("*C. diff* diarrhoea", "a")),
        ("* **severe *C. diff***: a", SideEffect("severe *C. diff*", "a")),
        ("* *****", SideEffect("*")),
        ("* **Rash**: a **b**: c", SideEffect("Rash", "a **b**: c")),
        ("* **Rash**: a\n\n  b\n    c\n\n", SideEffect("Rash", "a\n\nb\n  c")),
        ("* **Rash**:\n  - a\n  - b\n  {rare}", SideEffect("Rash", "- a\n- b", frequency="rare")),
        ("* **Rash**:\n\n  ```\n  # a\n  ```", SideEffect("Rash", "```\n# a\n```")),
        ("* **Rash**: a  \n\tb", SideEffect("Rash", "a  \nb")),
        ("* **Rash**: a {Rare}", SideEffect("Rash", "a {Rare}")),
    ],
)
def test_an_item_is_a_side_effect(item, expected):
    assert effects(item, heading="### {other}") == (expected,)


def test_groups_keep_their_order_and_labels():
    groups = [
        "### A {serious}",
        "* **x**",
        "",
        "### {common}",
        "* **y**",
        "* **z**",
        "### A {serious}",
        "* **w**",
    ]
    found = page("\n".join(["## Side effects", *groups])).document.side_effects
    assert [(effect.group, effect.label, effect.name) for effect in found] == [
        ("serious", "A", "x"),
        ("common", "", "y"),
        ("common", "", "z"),
        ("serious", "A", "w"),
    ]


def test_a_group_without_mark_is_other_and_an_editor_is_told():
    result = page("## Side effects\n### Serious ones\n* **Rash**\n")
    assert result.document.side_effects == (SideEffect("Rash", label="Serious ones"),)
    assert [(finding.level, finding.code) for finding in result.findings] == [("look", "no_group")]


def test_bullets_without_group_heading_are_prose():
    document = page("## Side effects\n* **Rash**: red\n").document
    assert document.sections == (Section("side_effects", "", "* **Rash**: red"),)
    assert document.side_effects == ()


@pytest.mark.parametrize(
    ("items", "line", "words"),
    [
        (["* **Rash**", "", "Call a doctor."], 10, "stand only lines"),
        (["Rash"], 8, "stand only lines"),
        (["#### Skin", "* **Rash**"], 8, "stand only lines"),
        ([""], 7, "No side effect"),
        (["* Rash"], 8, "has the form"),
        (["* **Rash:** red"], 8, "stands a colon"),
        (["* **Rash**", "* **Rash** {rare} red"], 9, "stands a colon"),
        (["* **Rash**: red {very common}"], 8, "did you mean {very_common}"),
        (["* **Rash**: red {details}"], 8, "no frequency or urgency"),
        (["* **Rash**: red {}"], 8, "no frequency or urgency"),
        (["* **Rash**: red {rare, common}"], 8, "one frequency"),
        (["* **Rash**: red {talk, talk}"], 8, "one urgency"),
        (["* **a****"], 8, "bold already"),
        (["* **Rash**: red", "  ### Skin"], 8, "headings inside a text"),
        (["* **Rash**: red", "  ```", "  code"], 8, "a code fence must be closed"),
    ],
)
def test_a_fault_in_a_group_names_its_line(items, line, words):
    error = body_error("\n".join(["## Side effects", "### Common {common}", *items]))
    assert words in error.message
    assert error.line == line


def test_prose_after_the_list_is_a_second_section():
    body = "## Side effects\nBefore.\n\n### {common}\n* **Rash**\n\n## Side effects\nAfter."
    document = page(body).document
    assert document.sections == (
        Section("side_effects", "", "Before."),
        Section("side_effects", "", "After."),
    )
    assert write(document).endswith(body + "\n")


def test_lists_of_a_later_section_join_the_first_with_a_finding():
    result = page(
        "## Side effects\n### {common}\n* **a**\n## Side effects\n### {serious}\n* **b**\n"
        "## Common questions\n### A?\n1\n## More {faqs}\n### B?\n2\n"
    )
    assert [effect.name for effect in result.document.side_effects] == ["a", "b"]
    assert result.document.faqs == (FAQ("A?", "1"), FAQ("B?", "2"))
    assert [(finding.code, finding.field) for finding in result.findings] == [
        ("moved", "side_effects.1"),
        ("moved", "faqs.1"),
    ]
    assert result.line_of("faqs.1") == 16


def test_a_question_is_kept_as_it_stands():
    faqs = page(
        "## Common questions\n### What is {rare}?  \n\n    code\n\nText.\n### Why {rare}\n"
    ).document.faqs
    assert faqs == (FAQ("What is {rare}?", "    code\n\nText."), FAQ("Why {rare}"))


_BODY_PIECES = (
    *(
        "# Examplol\n",
        "\n## ",
        "\n### ",
        "#",
        "Side effects",
        "Common questions",
        "{common}",
        "{rare}",
        "{a}",
    ),
    *("\n* **a**", ": b", "\n  c", "\n\t", "\n", " ", "**", "*", "```", "~~~", "x"),
)


@given(st.one_of(st.text(), st.lists(st.sampled_from(_BODY_PIECES), max_size=30).map("".join)))
@settings(max_examples=examples(200), deadline=None)
def test_any_body_gives_a_writable_page_or_a_format_error(body):
    result = read_or_refuse(f"---\nformat: 1\ntitle: Examplol\n---\n# Examplol\n{body}".encode())
    if result:
        assert read(write(result.document).encode(), stem="x").document == result.document
