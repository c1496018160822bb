"""Texts and files made to do harm: bombs end in a page or a sentence, nothing is dropped, nothing runs for minutes.

What would take the square or the cube of its length is not timed here: without protection it would not end.
"""

import io
import re
import zipfile
from html import unescape

import pytest

from drugs import formats
from drugs.content import Document, DocumentError, Section, SideEffect, diff, markdown
from drugs.import_export import name_import, sources
from drugs.search import snippets
from tests.fuzz.lost import lost_words

# One for each way in which a text once cost the square of its length, or more.
LONG = 90_000
OLD_BODIES = {
    "sentence marks without a space": "### Side Effects\n" + "![" * LONG,
    "brackets in a label": "### Side Effects\n* **" + "(" * LONG + ":** a, b",
    "brackets above a list": "### Side Effects\n**" + "(" * LONG + "**\n\n* a",
    "spaces behind a label": "### Side Effects\n* **a**" + " " * LONG + "b: c",
    "spaces in a label": "### Side Effects\n**a" + " " * LONG + "b\nc:** d",
    "spaces before a dash": "### Side Effects\n* a" + " " * LONG + "b",
    "spaces before a bullet": "### Usage\na\n" + " " * LONG + "b",
    "headings inside a section": "# Usage\n" + "## a\n" * 30_000,
    "rules": "### Usage\na\n\n" + "---\n\n" * 20_000,
    "headings that ask": "### FAQs\n" + "### a?\nb\n" * 8_000,
    "signs inside a heading": "### The" + "+" * LONG + " mechanism of action\na\n### Mechanism of action\na",
    "spaces of no width": "### Usage\na" + "\u200b" * (LONG // 2) + "b",
    "backticks": "### Usage\n" + "`" * 2 * LONG + " `",
}


@pytest.mark.parametrize("body", OLD_BODIES.values(), ids=OLD_BODIES)
def test_an_old_page_made_to_be_slow_is_read_without_losing_a_word(body):
    data = f"---\ntitle: Examplol\n---\n{body}".encode()
    try:
        page = formats.read(data, stem="examplol")
    except formats.FormatError as error:
        assert "longer" in str(error)
    else:
        assert not lost_words(data, page)


def document(**parts):
    return Document("examplol", "Examplol", **parts)


def body_of(*lines):
    return document(sections=(Section("uses", "", "\n".join(lines).strip()),))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (body_of(*(f"a{n}\n" for n in range(2_500))), body_of(*(f"b{n}\n" for n in range(2_500)))),
        (body_of(*("a", "b|c") * 6_000), body_of(*("b|c", "d", "a") * 4_000)),
        (body_of(" ".join(f"a{n}" for n in range(700))), body_of(" ".join(f"b{n}" for n in range(700)))),
    ],
    ids=["all lines", "lines that repeat", "all words"],
)
def test_a_text_that_was_written_anew_is_compared_and_nothing_is_left_out(before, after):
    (change,) = diff.compare(before, after)
    shown = ["".join(text for _, text in words) for words in (change.before, change.after)]
    for text, whole in zip(shown, (before, after), strict=True):
        assert text == whole.sections[0].body or "[…]" in text


def test_thousands_of_side_effects_that_were_all_renamed_are_compared():
    def effects(name):
        found = tuple(SideEffect(f"{name} {number}", "Some words.") for number in range(3_000))
        return document(sections=(Section("side_effects"),), side_effects=found)

    assert len(diff.compare(effects("Pain"), effects("Ache"))) == 6_000


@pytest.mark.parametrize("piece", ["[", "![", "[](", "[a](", "\xa0"])
def test_the_words_of_a_hostile_body_are_indexed(piece):
    text = (piece * 200_000)[:200_000] + "\n\nexamplol"
    assert snippets.without_markdown(text).endswith("examplol")


# What readers see


def visible(text):
    return unescape(re.sub(r"<[^<>]*>", "", markdown.render(text)))


@pytest.mark.parametrize(
    "text",
    [
        "> " * 40 + "dose",
        "\n".join("  " * depth + "- dose" for depth in range(40)),
        "* a\n" + "> * 1. " * 30 + "dose\n\n" + "    " * 30 + "dose",
        "```dose\ncode\n```",
        "~~~ dose dose\ncode",
        "[dose]: /dose 'dose'",
        "[" * 50_000 + "dose",
        "*a **b " * 7_000 + "dose",
    ],
)
def test_no_word_is_dropped_from_the_page_however_it_is_wrapped(text):
    assert visible(text).count("dose") == text.count("dose")


# Files


def zip_with_name(name, text="---\ntitle: Examplol\n---\na"):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), text)
    return held.getvalue()


def test_a_zip_whose_names_are_damaged_is_refused_in_a_sentence(tmp_path):
    path = tmp_path / "pages.zip"
    path.write_bytes(zip_with_name("examplöl.md").replace("ö".encode(), b"\xff\xff"))
    (found,) = sources.read_files(sources.page_files([path]))
    assert "is not a zip that can be read" in found.error


@pytest.mark.parametrize(
    "text",
    [
        "9" * 5_000,
        "[" * 100_000,
        '{"schema": 1, "title": "a", "slug": "a", "sections": [{"' + "a" * 5_000 + '": 1}]}',
    ],
)
def test_hostile_json_is_no_document_and_the_error_stays_short(text):
    with pytest.raises(DocumentError) as caught:
        Document.from_json(text)
    assert len(str(caught.value)) < 1_500


HUGE = "x" * 200_000  # more than the csv module takes for one field


def test_a_line_of_a_list_that_cannot_be_read_takes_no_other_with_it(tmp_path):
    path = tmp_path / "names.csv"
    path.write_text(f"drug,alias,kind\nexamplol,{HUGE},brand\nexamplol,Xamp,brand\n")
    bad, entry = name_import.read_list(path)
    assert "field larger" in bad.message and entry.name.text == "Xamp"


def test_a_list_whose_first_line_cannot_be_read_is_refused_in_a_sentence(tmp_path):
    path = tmp_path / "names.csv"
    path.write_text(f"drug,alias,{HUGE}\n")
    with pytest.raises(name_import.NameListError, match="line 1: field larger"):
        list(name_import.read_list(path))
