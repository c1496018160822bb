"""YAML front matter: fields of a document, findings for unknown keys, and errors with their line."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drugs.content import DrugClass, Name
from drugs.formats import FormatError, read
from drugs.formats.page import front_matter
from drugs.formats.page.front_matter import READ_BYTES
from tests.support.examples import examples
from tests.support.page_files import error_of, page, read_or_refuse


def front_error(yaml):
    return error_of(f"---\n{yaml}\n---\n# Examplol\n")


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


def test_unknown_keys_are_findings_with_line_and_suggestion():
    result = page(
        front="layout: x\nnav_exclude: true\norigine: label\nweight: 3\n"
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
        ("format: 1\ntitle:", 3, "title: is empty"),
        ("format: 1\ntitle: ' '", 3, "title: has spaces"),
        ("format: 1\ntitle: ' x'", 3, "spaces"),
        ("format: 1\ntitle: |\n  x\n", 3, "one line"),
        ('title: "a\\u202eb"', 2, "U+202E"),
        ("title: [a]", 2, "must be one text"),
        ("format: 1\ntitle: " + "x" * 501, 3, "500"),
        ("format: 4\ntitle: x", 2, "format must be 1"),
        ("format: [1]\ntitle: x", 2, "format must be 1"),
        ("format: 1\ntitle: x\nslug: Ä b", 4, "slug"),
        ("format: 1\ntitle: x\nslug:", 4, "slug"),
        ("format: 1\ntitle: Examplol\norigin: me", 4, "origin"),
        ("format: 1\ntitle: Examplol\nlanguage: english", 4, "language"),
        ("format: 1\ntitle: x\nnames: a", 4, "must be a list"),
        ("format: 1\ntitle: x\nnames: [a]", 4, "{text: ...}"),
        ("title: x\nnames:\n  - {text: a}", 4, "kind"),
        ("title: x\nnames:\n  - {text: a, kind: b}", 4, "name kind"),
        ("title: x\nnames:\n  - {text: [a], kind: b}", 4, "must be one text"),
        ("title: x\ngeneric_name: ''", 3, "name: is empty"),
        ("format: 1\ntitle: Examplol\ningredients: [a, ' b']", 4, "ingredient"),
        ("title: x\nclasses:\n  - {atc: C07}", 4, "{name: ...}"),
        ("title: x\nreferences:\n  - {title: a, year: '24'}", 4, "not a year"),
        ("title: x\nreferences:\n  - {title: a, year: 1066}", 4, "reference year"),
        ("title: x\nreferences:\n  - {title: a, accessed_on: 2024-02-30}", 4, "not a date"),
        ("title: x\nreferences:\n  - {title: a, accessed_on: 20240201}", 4, "not a date"),
        ("title: x\nreferences:\n  - {title: a, url: 'javascript:alert(1)'}", 4, "reference url"),
        ("title: a\uffffb", 2, "U+FFFF"),
        ("title: " + "x" * READ_BYTES, 1, "over 32,000 bytes"),
    ],
)
def test_a_fault_of_the_front_matter_names_its_line(yaml, line, words):
    error = front_error(yaml)
    assert words in error.message
    assert error.line == line


@pytest.mark.parametrize(
    ("yaml", "line", "words"),
    [
        ('title: "\\UFFFFFFFF"', 2, "not YAML"),
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
        ("%YAML 1." + "1" * 5000, 2, "not YAML"),
        ("title: a\n--- b", 3, "more than one"),
        ("- a", 2, "key: value"),
        ("a", 2, "key: value"),
        ("? [a]\n: b", 2, "key of the front matter"),
        ("a: " + "[" * 7000, 2, "nested too deeply"),
        ("a:\n" + "- " * 3900, 3, "nested too deeply"),
    ],
)
def test_yaml_that_is_none_is_refused_in_format_1_and_read_by_lines_else(yaml, line, words):
    error = front_error(f"format: 1\n{yaml}")
    assert words in error.message or "not YAML" in error.message
    assert error.line in (line, line + 1)
    with contextlib.suppress(FormatError):  # of what its lines say
        read(f"---\n{yaml}\n---\n# Examplol\n\n### Usage\nPain.\n".encode(), stem="x")


def test_the_slug_is_written_or_the_files_name_never_the_title():
    assert page().document.slug == "examplol"
    assert page(front="slug: other_1\n").document.slug == "other_1"
    result = read(b"---\ntitle: Other\n---\n", stem="Examplol Tablets 1.5")
    assert result.document.slug == "examplol-tablets-1-5"
    assert [finding.code for finding in result.findings] == ["slug_from_name"]
    assert "slug: ..." in error_of("---\ntitle: x\n---\n", stem="(…)").message


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


@given(st.lists(st.sampled_from(_FRONT_PIECES), max_size=15).map("".join))
@settings(max_examples=examples(100), deadline=None)
def test_any_front_matter_gives_a_page_or_a_format_error(front):
    read_or_refuse(f"---\nformat: 1\n{front}\n---\n# a\n".encode())


def test_the_front_matter_of_a_legacy_page_is_honoured():
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


PLAIN_LINES = (
    "title: Examplol",
    "title: Examplol + Otherol (film-coated)  \nlayout: page",
    "a: 012\nb: yes\nc: 1e3",
    "year: 2024-01-02",
    "a: one, two/three.",
)


@pytest.mark.parametrize("front", PLAIN_LINES)
def test_plain_lines_say_what_they_say_to_yaml(front):
    assert front_matter._plain_lines(front) == front_matter._document(front_matter._Events(front))


@pytest.mark.parametrize(
    "front",
    ["a: b: c", "a: b #c", "a: b\n  c", "a: b\na: c", "a: -1", "a:\n- b", "a: ", "", "a: [b]", "a: b\n"],
)
def test_other_front_matter_is_left_to_the_parser(front):
    assert front_matter._plain_lines(front) == {}
