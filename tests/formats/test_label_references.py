"""Citations of labels in documents and pages (schema and format 3), and what older ones make of them."""

import json

import pytest

from drugs.content import Document, DocumentError, Reference, Section, SideEffect
from drugs.content.dates import is_partial_date
from drugs.content.diff import as_text, compare
from drugs.content.three_way import merge
from drugs.formats import FormatError, read, write

LABEL = Reference(
    "EXAMPLOL tablets",
    "Some Labs",
    country="US",
    version="7",
    date="2026-03",
    locator="6 ADVERSE REACTIONS",
    source="dailymed",
    set_id="0f1e",
)
BOOK = Reference("A handbook")


def document(references=(BOOK, LABEL), effects=(("Yawning", 2), ("Hiccups", None)), **more):
    return Document(
        slug="examplol",
        title="Examplol",
        sections=(Section("side_effects"),),
        side_effects=tuple(SideEffect(name, reference=number) for name, number in effects),
        references=references,
        **more,
    )


def sources(merged):
    """Each side effect with the title of the source that it names."""
    titles = [reference.title for reference in merged.references]
    return [
        (effect.name, titles[effect.reference - 1] if effect.reference else None)
        for effect in merged.side_effects
    ]


def test_a_page_with_label_citations_is_of_format_three():
    text = write(document())
    assert text.startswith("---\nformat: 3\n")
    assert "locator: 6 ADVERSE REACTIONS, source: dailymed, set_id: 0f1e}" in text
    assert "* **Yawning** {reference: 2}\n* **Hiccups**\n" in text
    assert read(text.encode(), stem="x").document == document()


def test_absent_label_keys_are_left_out_of_the_json():
    data = json.loads(document().to_json())
    assert data["schema"] == 3
    assert set(data["references"][0]) == {"title", "publisher", "url", "year", "accessed_on"}
    assert [effect.get("reference") for effect in data["side_effects"]] == [2, None]
    assert "reference" not in data["side_effects"][1]
    assert Document.from_json(document().to_json()) == document()
    assert document((BOOK,), (("Yawning", None),)).schema == 1


@pytest.mark.parametrize("number", ["0", "3", "9999"])
def test_a_source_that_is_not_among_the_references_is_refused(number):
    page = write(document()).replace("{reference: 2}", f"{{reference: {number}}}")
    with pytest.raises(FormatError, match="reference"):
        read(page.encode(), stem="x")


def test_descriptions_that_end_like_a_citation_are_kept_as_text():
    for description in ("Rare {reference: 1}", "See {rare}", "See {rare, reference: 2}"):
        effects = (SideEffect("Yawning", description, reference=2), SideEffect("Hiccups", description))
        said = Document(
            slug="x",
            title="X",
            sections=(Section("side_effects"),),
            side_effects=effects,
            references=(BOOK, LABEL),
        )
        assert read(write(said).encode(), stem="x").document == said


def test_older_page_formats_know_no_label_citations():
    page = write(document()).replace("format: 3", "format: 2").replace("{reference: 2}", "{rare}")
    found = read(page.encode(), stem="x")
    assert found.document.references[1] == Reference("EXAMPLOL tablets", "Some Labs")
    assert {finding.code for finding in found.findings} == {"unknown_key"}


@pytest.mark.parametrize(
    ("text", "whole"),
    [("", 1), ("2026", 1), ("2026-02", 1), ("2026-02-28", 1), ("2026-02-30", 0), ("2026-13", 0), ("26", 0)],
)
def test_label_dates_say_a_day_a_month_or_a_year(text, whole):
    assert is_partial_date(text) == bool(whole)
    if not whole:
        with pytest.raises(DocumentError, match="reference date"):
            Reference("A label", date=text)


def test_moved_references_are_no_change_of_side_effects():
    moved = document((LABEL, BOOK), (("Yawning", 1), ("Hiccups", None)))
    assert not [change for change in compare(document(), moved) if change.field.startswith("side_effects")]
    other = document(effects=(("Yawning", 1), ("Hiccups", None)))
    said = as_text(compare(document(), other))
    assert "Source: EXAMPLOL tablets, 6 ADVERSE REACTIONS-]" in said and "Source: A handbook+}" in said


def test_a_newer_label_version_shows_in_the_difference():
    newer = document((BOOK, Reference(**{**vars(LABEL), "version": "8"})))
    assert "version [-7-]{+8+}" in as_text(compare(document(), newer))


def test_merged_side_effects_keep_the_source_they_name():
    base = document()
    mine = document((Reference("Another book"), BOOK, LABEL), (("Yawning", 3), ("Hiccups", 1)))
    theirs = document((LABEL,), (("Yawning", 1), ("Hiccups", None), ("Sneezing", 1)))
    merged = merge(base, mine, theirs).document
    assert [reference.title for reference in merged.references] == ["Another book", "EXAMPLOL tablets"]
    assert sources(merged) == [
        ("Yawning", "EXAMPLOL tablets"),
        ("Hiccups", "Another book"),
        ("Sneezing", "EXAMPLOL tablets"),
    ]


def test_a_merge_that_loses_a_reference_names_it_nowhere():
    merged = merge(
        document(), document(effects=(("Yawns", 2),)), document((BOOK,), (("Yawning", None),))
    ).document
    assert all(effect.reference is None for effect in merged.side_effects)
