"""Denial of service by texts: differences, Markdown and JSON that were made to be slow, and nothing is dropped.

What would take the square or the cube of its length is not timed here: without protection it would not end.
"""

import re
from html import unescape

import pytest

from drugs.content import Document, DocumentError, Section, SideEffect, diff, markdown


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
def test_a_rewritten_text_is_compared_and_nothing_is_left_out(before, after):
    (change,) = diff.compare(before, after)
    shown = ["".join(text for _, text in words) for words in (change.before, change.after)]
    for text, whole in zip(shown, (before, after), strict=True):
        assert text == whole.sections[0].body or "[…]" in text


def test_thousands_of_renamed_side_effects_are_compared():
    def effects(name):
        found = tuple(SideEffect(f"{name} {number}", "Some words.") for number in range(3_000))
        return document(sections=(Section("side_effects"),), side_effects=found)

    assert len(diff.compare(effects("Pain"), effects("Ache"))) == 6_000


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
