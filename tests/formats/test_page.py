"""The page format both ways, and what happens to files that are none."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drugs.content import (
    FAQ,
    FILE_BYTES,
    FREQUENCIES,
    GROUPS,
    NAME_KINDS,
    ORIGINS,
    SECTION_HEADINGS,
    URGENCIES,
    Document,
    DocumentError,
    DrugClass,
    Name,
    Reference,
    Section,
    SideEffect,
)
from drugs.formats import FormatError, read, write
from drugs.formats.page.front_matter import FRONT_MATTER_BYTES
from tests.support.examples import examples
from tests.support.strategies import documents

EXAMPLE = """\
---
format: 1
title: Examplol
slug: examplol
origin: ai_or_crowd
names:
  - {text: Examplol hydrochloride, kind: synonym}
  - {text: Xamp, kind: brand}
classes: [Beta blockers]
references:
  - {title: Examplol summary of product characteristics, publisher: Some agency, year: 2024}
---
# Examplol

## Most important warning
Do not stop it suddenly.

## What it is used for
High blood pressure.

## Side effects
Not everyone gets these.

### Common side effects {common}
* **Feeling tired**: usually passes after a week. {very_common, expected}
* **Cold hands**

### Serious side effects {serious}
* **Swelling of the face**: a severe allergic reaction. {rare, emergency}

## Common questions
### Can I drive?
Not until you know how it affects you.
"""


def page(body="", front="", title="Examplol"):
    text = f"---\nformat: 1\ntitle: {title}\n{front}---\n# {title}\n{body}"
    return read(text.encode(), stem="examplol")


def document_with(*sections, **rest):
    return Document(slug="examplol", title="Examplol", sections=sections, **rest)


def effects(*items, heading="### Common {common}"):
    return page("\n".join(["## Side effects", heading, *items])).document.side_effects


def error_of(data, stem="examplol"):
    with pytest.raises(FormatError) as caught:
        read(data if isinstance(data, bytes) else data.encode(), stem=stem)
    return caught.value


def front_error(yaml):
    return error_of(f"---\n{yaml}\n---\n# Examplol\n")


def body_error(body):
    with pytest.raises(FormatError) as caught:
        page(body)
    return caught.value


# Both ways


@given(documents())
@settings(max_examples=examples(150), deadline=None)
def test_a_written_page_reads_back_as_the_same_document_with_a_line_for_every_piece(document):
    read_back = read(write(document).encode(), stem="another-name")
    assert read_back.document == document
    assert read_back.findings == ()
    for key in ("names", "ingredients", "classes", "references", "sections", "side_effects", "faqs"):
        for index in range(len(getattr(document, key))):
            assert read_back.lines[f"{key}.{index}"] > 1


@pytest.mark.parametrize(
    ("part", "printed"),
    [
        (Section("other", "Dose {rare}"), "## Dose {rare} {other}"),
        (Section("other", "storage"), "## storage {other}"),
        (Section("uses", "Storage"), "## Storage {uses}"),
        (Section("other"), "## More information"),
        (Section("other", "Brands"), "## Brands"),
        (SideEffect("a", "b {rare}"), "* **a**: b {rare} {not_stated}"),
        (SideEffect("a", "{}"), "* **a**: {} {not_stated}"),
        (SideEffect("a {rare}"), "* **a {rare}**"),
        (SideEffect("a", "b {rare}", urgency="talk"), "* **a**: b {rare} {talk}"),
        (SideEffect("a", "- b\n\n  c", frequency="rare"), "* **a**:\n  - b\n\n    c\n  {rare}"),
        (SideEffect("a", label="b {rare}"), "### b {rare} {other}"),
        (FAQ("a {rare}", "b"), "### a {rare}\nb"),
    ],
)
def test_what_could_be_mistaken_is_marked(part, printed):
    if isinstance(part, Section):
        document = document_with(part)
    elif isinstance(part, SideEffect):
        document = document_with(Section("side_effects"), side_effects=(part,))
    else:
        document = document_with(Section("faqs"), faqs=(part,))
    assert f"\n{printed}\n" in write(document)
    assert read(write(document).encode(), stem="x").document == document


def test_the_example_of_the_format_is_understood_and_printed_as_it_stands():
    example = read(EXAMPLE.encode(), stem="another-name")
    assert example.document == Document(
        slug="examplol",
        title="Examplol",
        names=(Name("Examplol hydrochloride", "synonym"), Name("Xamp", "brand")),
        classes=(DrugClass("Beta blockers"),),
        sections=(
            Section("warning", "", "Do not stop it suddenly."),
            Section("uses", "", "High blood pressure."),
            Section("side_effects", "", "Not everyone gets these."),
            Section("faqs"),
        ),
        side_effects=(
            SideEffect(
                "Feeling tired",
                "usually passes after a week.",
                "common",
                "Common side effects",
                "very_common",
                "expected",
            ),
            SideEffect("Cold hands", "", "common", "Common side effects"),
            SideEffect(
                "Swelling of the face",
                "a severe allergic reaction.",
                "serious",
                "Serious side effects",
                "rare",
                "emergency",
            ),
        ),
        faqs=(FAQ("Can I drive?", "Not until you know how it affects you."),),
        references=(Reference("Examplol summary of product characteristics", "Some agency", year=2024),),
    )
    assert write(example.document) == EXAMPLE


def test_each_piece_of_the_example_is_found_on_its_line():
    lines = read(EXAMPLE.encode(), stem="x").lines
    rows = EXAMPLE.split("\n")
    found = {
        path: rows[lines[path] - 1] for path in ("title", "sections.1", "side_effects.2", "faqs.0", "names.1")
    }
    assert found == {
        "title": "# Examplol",
        "sections.1": "## What it is used for",
        "side_effects.2": "* **Swelling of the face**: a severe allergic reaction. {rare, emergency}",
        "faqs.0": "### Can I drive?",
        "names.1": "  - {text: Xamp, kind: brand}",
    }


def test_front_matter_is_printed_for_people():
    document = document_with(
        language="de",
        ingredients=("A, B", "Überol 😀"),
        classes=(DrugClass("Beta blockers", "C07A"), DrugClass("Yes")),
        references=(Reference("A: b", url="https://example.org/", accessed_on=datetime.date(2024, 2, 1)),),
    )
    assert write(document) == (
        "---\nformat: 1\ntitle: Examplol\nslug: examplol\nlanguage: de\norigin: ai_or_crowd\n"
        "ingredients: ['A, B', Überol 😀]\n"
        "classes:\n  - {name: Beta blockers, atc: C07A}\n  - 'Yes'\n"
        "references:\n  - {title: 'A: b', url: 'https://example.org/', accessed_on: 2024-02-01}\n"
        "---\n# Examplol\n"
    )


def test_a_document_that_no_page_can_hold_is_not_written():
    with pytest.raises(DocumentError, match="front matter"):
        write(document_with(names=tuple(Name(f"Brand {number}", "brand") for number in range(400))))
    with pytest.raises(DocumentError, match=f"{FILE_BYTES:,}"):
        write(document_with(*[Section("other", "Text", "x" * 49_000)] * 5))


def test_the_longest_front_matter_that_is_written_is_read_and_one_letter_more_is_refused():
    def named(length):
        return document_with(ingredients=("y" * 500,) * 15 + ("z" * length,))

    spare = FRONT_MATTER_BYTES - len(write(named(1)).split("---\n")[1].rstrip("\n"))
    longest = named(1 + spare)
    assert read(write(longest).encode(), stem="x").document == longest
    with pytest.raises(DocumentError):
        write(named(2 + spare))


def test_the_description_of_the_format_shows_this_example_and_every_word_of_the_vocabulary():
    text = (Path(__file__).parents[2] / "docs" / "page-format.md").read_text(encoding="utf-8")
    assert EXAMPLE in text
    for kind, heading in SECTION_HEADINGS.items():
        assert f"`{kind}` | {heading} |" in text
    for word in (*GROUPS, *FREQUENCIES, *URGENCIES, *NAME_KINDS, *ORIGINS):
        assert f"`{word}`" in text


# Sections


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


def test_text_before_the_first_heading_is_a_section_without_heading():
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


# Side effects and questions


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


def test_lists_of_a_later_section_join_the_first_and_an_editor_is_told():
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


# Front matter


def test_plain_texts_of_the_front_matter_stay_as_written():
    front = (
        "slug: 007\nlanguage: no\nnames:\n  - {text: 1:30, kind: brand}\n  - {text: A & B *c, kind: brand}\n"
    )
    document = page(front=front, title="2024-01-01").document
    assert (document.title, document.slug, document.language) == ("2024-01-01", "007", "no")
    assert [name.text for name in document.names] == ["1:30", "A & B *c"]
    assert page(title="yes").document.title == "yes"


def test_the_generic_name_is_the_first_name():
    front = "generic_name: C\nnames:\n  - {text: B, kind: generic}\n  - {text: C, kind: generic}\n"
    result = page(front=front)
    assert result.document.names == (Name("C", "generic"), Name("B", "generic"))
    assert (result.lines["names.0"], result.lines["names.1"]) == (4, 6)


def test_lists_may_be_empty():
    document = page(front="names:\nclasses: []\nreferences:\n").document
    assert (document.names, document.classes, document.references) == ((), (), ())


def test_unknown_keys_are_findings_with_their_line_and_what_was_meant():
    result = page(
        front="layout: x\nnav_exclude: true\norigine: label\npublish: true\n"
        "names:\n  - {text: a, kind: brand, sort: b}\n"
    )
    assert result.document.origin == "ai_or_crowd"
    assert [(finding.level, result.line_of(finding.field)) for finding in result.findings] == [
        ("look", 9),
        ("look", 6),
        ("look", 7),
    ]
    assert "did you mean origin?" in result.findings[1].message


@pytest.mark.parametrize(
    ("yaml", "line", "words"),
    [
        ("format: 1", 1, "no title"),
        ("title:", 2, "title: is empty"),
        ("title: ' '", 2, "title: has spaces"),
        ("title: ' x'", 2, "spaces"),
        ("title: |\n  x\n", 2, "one line"),
        ('title: "a\\u202eb"', 2, "U+202E"),
        ('title: "\\UFFFFFFFF"', 2, "not YAML"),
        ("title: [a]", 2, "must be one text"),
        ("format: 1\ntitle: " + "x" * 501, 3, "500"),
        ("format: 2\ntitle: x", 2, "format must be 1"),
        ("format: [1]\ntitle: x", 2, "format must be 1"),
        ("format: 1\ntitle: x\nslug: Ä b", 4, "slug"),
        ("format: 1\ntitle: x\nslug:", 4, "slug"),
        ("format: 1\ntitle: Examplol\norigin: me", 4, "origin"),
        ("format: 1\ntitle: Examplol\nlanguage: english", 4, "language"),
        ("title: x\nnames: a", 3, "must be a list"),
        ("title: x\nnames: [a]", 3, "{text: ...}"),
        ("title: x\nnames:\n  - {text: a}", 4, "kind"),
        ("title: x\nnames:\n  - {text: a, kind: b}", 4, "name kind"),
        ("title: x\nnames:\n  - {text: [a], kind: b}", 4, "nested too deeply"),
        ("title: x\ngeneric_name: ''", 3, "name: is empty"),
        ("format: 1\ntitle: Examplol\ningredients: [a, ' b']", 4, "ingredient"),
        ("title: x\nclasses:\n  - {atc: C07}", 4, "{name: ...}"),
        ("title: x\nreferences:\n  - {title: a, year: '24'}", 4, "not a year"),
        ("title: x\nreferences:\n  - {title: a, year: 1066}", 4, "reference year"),
        ("title: x\nreferences:\n  - {title: a, accessed_on: 2024-02-30}", 4, "not a date"),
        ("title: x\nreferences:\n  - {title: a, accessed_on: 20240201}", 4, "not a date"),
        ("title: x\nreferences:\n  - {title: a, url: 'javascript:alert(1)'}", 4, "reference url"),
        ("title: a\nslug: b\ntitle: c", 4, "stands there twice"),
        ("title: a\nnames:\n  - {text: b, kind: brand, text: c}", 4, "stands there twice"),
        ("title: &a b", 2, "anchor or alias"),
        ("title: a\nslug: *b", 3, "anchor or alias"),
        ("title: a\nnames: &b []", 3, "anchor or alias"),
        ("title: !!str a", 2, "tag"),
        ("title: ! a", 2, "tag"),
        ("title: !!python/object/apply:os.system [ls]", 2, "tag"),
        ("title: a\nslug: 'b", 3, "not YAML"),
        ("title: a: b", 2, "must stand in quotes"),
        ("title: a\uffffb", 2, "U+FFFF"),
        ("%YAML 1." + "1" * 5000, 2, "not YAML"),
        ("title: a\n--- b", 3, "more than one"),
        ("- a", 2, "key: value"),
        ("a", 2, "key: value"),
        ("? [a]\n: b", 2, "key of the front matter"),
        ("a: " + "[" * 7000, 2, "nested too deeply"),
        ("a:\n" + "- " * 3900, 3, "nested too deeply"),
        ("title: " + "x" * FRONT_MATTER_BYTES, 1, "over 8,000 bytes"),
    ],
)
def test_a_fault_of_the_front_matter_names_its_line(yaml, line, words):
    error = front_error(yaml)
    assert words in error.message
    assert error.line == line


def test_the_slug_is_written_or_the_name_of_the_file_and_never_made_from_the_title():
    assert page().document.slug == "examplol"
    assert page(front="slug: other_1\n").document.slug == "other_1"
    error = error_of("---\ntitle: examplol\n---\n", stem="Examplol Tablets")
    assert "slug" in error.message
    assert "Examplol Tablets" in error.message


# Files


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", None, "The file is empty"),
        (b" \n\n", None, "The file is empty"),
        (b"# Examplol\n", 1, "no front matter"),
        (b"\n---\ntitle: a\n---\n", 1, "no front matter"),
        (b"---\ntitle: a\n", 1, "not closed"),
        (b"---\ntitle: a\n---\n\xff", 4, "not UTF-8"),
        (b"---\r\ntitle: a\r\n---\r\n\xe4", 4, "not UTF-8"),
        ("---\ntitle: a\n---\n".encode("utf-16"), 1, "not UTF-8"),
        (b"---\ntitle: a\n---\n\n\x00", 5, "U+0000"),
        ("---\ntitle: a\n---\nx\u202ey".encode(), 4, "U+202E"),
        ("---\ntitle: a\n---\nx\uffffy".encode(), 4, "U+FFFF"),
        ("---\ntitle: a\n---\n\ufffe".encode(), 4, "U+FFFE"),
        (b"---\ntitle: a\x1b\n---\n", 2, "U+001B"),
        (b"---\ntitle: a\n---\n" + b"x" * FILE_BYTES, None, "200,000"),
    ],
)
def test_a_file_that_is_no_page_is_refused_with_its_line(data, line, words):
    error = error_of(data)
    assert words in error.message
    assert error.line == line


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_byte_order_mark_and_other_line_ends_make_no_difference(newline):
    data = b"\xef\xbb\xbf" + EXAMPLE.replace("\n", newline).encode()
    assert read(data, stem="x") == read(EXAMPLE.encode(), stem="x")


@given(st.one_of(st.binary(), st.binary().map(lambda data: b"---\n" + data + b"\n---\n")))
@settings(max_examples=examples(100), deadline=None)
def test_any_bytes_give_a_page_or_a_format_error(data):
    _read_or_refuse(data)


_FRONT_PIECES = (
    "title: a",
    "slug: b",
    "names:",
    "  - ",
    "{",
    "}",
    "[",
    "text: c",
    "kind: brand",
    ", ",
    "\n",
    "&a ",
)
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


@given(st.lists(st.sampled_from(_FRONT_PIECES), max_size=15).map("".join))
@settings(max_examples=examples(100), deadline=None)
def test_any_front_matter_gives_a_page_or_a_format_error(front):
    _read_or_refuse(f"---\nformat: 1\n{front}\n---\n# a\n".encode())


@given(st.one_of(st.text(), st.lists(st.sampled_from(_BODY_PIECES), max_size=30).map("".join)))
@settings(max_examples=examples(200), deadline=None)
def test_any_body_gives_a_page_that_can_be_written_or_a_format_error(body):
    result = _read_or_refuse(f"---\nformat: 1\ntitle: Examplol\n---\n# Examplol\n{body}".encode())
    if result:
        assert read(write(result.document).encode(), stem="x").document == result.document


@given(st.text())
@settings(max_examples=examples(50), deadline=None)
def test_any_old_body_gives_a_page_or_a_format_error(body):
    _read_or_refuse(f"---\ntitle: Examplol\n---\n{body}".encode())


def _read_or_refuse(data):
    try:
        return read(data, stem="examplol")
    except FormatError:
        return None


# Old pages


def test_the_front_matter_of_an_old_page_is_honoured_beside_its_body():
    front = (
        "origin: label\nlanguage: de\ningredients: [A, B]\nclasses: [C]\ngeneric_name: Brandol\nlayuot: x\n"
    )
    body = "# Examplol\n\n### Generic Name\nExamplol\n\n### Usage\nPain.\n"
    result = read(
        f"---\nlayout: minimal-medicine\ntitle: Examplol\n{front}---\n\n{body}".encode(), stem="file-stem"
    )
    document = result.document
    assert (document.slug, document.title, document.origin) == ("file-stem", "Examplol", "label")
    assert (document.language, document.ingredients) == ("de", ("A", "B"))
    assert document.classes == (DrugClass("C"),)
    assert document.generic_name == "Brandol"
    assert "Pain." in document.to_json()
    assert [(finding.code, result.line_of(finding.field)) for finding in result.findings] == [
        ("unknown_key", 9)
    ]
