"""Snippets: the text of a page without its mark-up, and a sentence cut to the match; no database."""

from drugs.content import FAQ, Section, SideEffect
from drugs.search import snippets
from tests.support.builders import make_document


def test_mark_up_is_taken_off_and_what_is_left_is_text():
    document = make_document(
        sections=(
            Section(
                "uses",
                "",
                "**Bold** and _soft_ words, see [the leaflet](https://example.org).\n\n* One\n* Two 2 * 3",
            ),
            Section("other", "#### Own", "A line\nthat goes on. <b>Tag</b> \\*star"),
            Section("side_effects"),
            Section("faqs"),
        ),
        side_effects=(SideEffect("Cold hands", "Wear _gloves_."),),
        faqs=(FAQ("Why?", "Because."),),
    )
    text = snippets.plain_text(document)
    assert "Bold and soft words, see the leaflet.\nOne\nTwo 2 * 3" in text
    assert "A line that goes on. Tag *star" in text
    said = [line for line in text.split("\n") if not line.startswith(snippets.MARK)]
    assert said[-3:] == ["Cold hands: Wear gloves.", "Why?", "Because."]


def test_an_item_of_a_list_is_a_sentence_of_its_own():
    document = make_document(
        sections=(
            Section("precautions", "", "Ask first if you\n\n- have asthma\n- had a fit\n  once\n\n1. rest"),
        ),
        side_effects=(),
        faqs=(),
    )
    assert snippets.plain_text(document).endswith("Ask first if you\nhave asthma\nhad a fit once\nrest")


def test_a_long_sentence_keeps_its_beginning_and_its_match():
    long = "word " * 100 + "\x02match\x03 " + "tail " * 100
    parts, _ = snippets.snippet("X", long, ["match"], "\x02", "\x03")
    assert ("match", True) in parts
    assert sum(len(text) for text, _ in parts) <= snippets.SENTENCE_CHARS + 70
    assert parts[0][0].startswith("word word") and " … " in parts[0][0] and parts[-1][0].endswith(" …")
