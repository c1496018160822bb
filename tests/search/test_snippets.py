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
    assert "Cold hands: Wear gloves.\nWhy?\nBecause." in text


def test_an_item_of_a_list_is_a_sentence_of_its_own():
    document = make_document(
        sections=(
            Section("precautions", "", "Ask first if you\n\n- have asthma\n- had a fit\n  once\n\n1. rest"),
        ),
        side_effects=(),
        faqs=(),
    )
    assert snippets.plain_text(document).endswith("Ask first if you\nhave asthma\nhad a fit once\nrest")


def test_a_long_sentence_is_shown_from_a_little_before_the_match():
    long = "word " * 100 + "\x02match\x03 " + "tail " * 100
    parts = snippets.snippet("X", long, ["match"], "\x02", "\x03")
    assert ("match", True) in parts
    assert sum(len(text) for text, _ in parts) <= snippets.SENTENCE_CHARS + 4
    assert parts[0][0].startswith("… ") and parts[-1][0].endswith(" …")
