"""Serialiser of the page format: round trip, and what a page is printed as."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings

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
from drugs.formats import check_size, read, write
from drugs.formats.page.front_matter import FRONT_MATTER_BYTES
from tests.support.examples import examples
from tests.support.page_files import EXAMPLE
from tests.support.strategies import documents


def document_with(*sections, **rest):
    return Document(slug="examplol", title="Examplol", sections=sections, **rest)


@given(documents())
@settings(max_examples=examples(150), deadline=None)
def test_a_round_trip_gives_the_same_document_and_every_line(document):
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


def test_the_example_of_the_format_is_read_and_written_unchanged():
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
        write(document_with(names=tuple(Name(f"Brand {number}", "brand") for number in range(1200))))
    with pytest.raises(DocumentError, match=f"{FILE_BYTES:,}"):
        write(document_with(*[Section("other", "Text", "x" * 49_000)] * 5))


def test_the_longest_front_matter_is_read_and_no_longer_one():
    def named(length):
        return document_with(ingredients=("y" * 500,) * 47 + ("z" * length,))

    spare = FRONT_MATTER_BYTES - len(write(named(1)).split("---\n")[1].rstrip("\n"))
    longest = named(1 + spare)
    assert read(write(longest).encode(), stem="x").document == longest
    with pytest.raises(DocumentError):
        write(named(2 + spare))


@pytest.mark.parametrize("text", ["plain", "it's \"said\": 'yes'", "Ω-ä", "\U0001f48a", "{[#&*!|>%@`"])
def test_front_matter_that_is_too_long_is_found_without_printing(text):
    fits, too_many = 0, 200
    names = [Name(f"{text * (180 // len(text))} {number}", "brand") for number in range(too_many)]
    while too_many - fits > 1:
        half = (fits + too_many) // 2
        try:
            write(document_with(names=names[:half]))
            fits = half
        except DocumentError:
            too_many = half
    check_size(document_with(names=names[:fits]))
    with pytest.raises(DocumentError, match="front matter"):
        check_size(document_with(names=names[:too_many]))


def test_the_format_is_described_with_example_and_vocabulary():
    text = (Path(__file__).parents[2] / "docs" / "page-format.md").read_text(encoding="utf-8")
    assert EXAMPLE in text
    for kind, heading in SECTION_HEADINGS.items():
        assert f"`{kind}` | {heading} |" in text
    for word in (*GROUPS, *FREQUENCIES, *URGENCIES, *NAME_KINDS, *ORIGINS):
        assert f"`{word}`" in text
