"""Quotations from a section: no half sentence, whichever way it is cut by lines, lists and colons."""

import re

import pytest

from drugs.content import Section
from drugs.web import article
from drugs.web.quotations import MOST_ITEMS, quotations, unwrapped
from tests.support.builders import make_document, publish_document
from tests.support.public_pages import body

NOT = re.compile(r"\b(?:contraindicated|must not|pregnan\w*)\b", re.IGNORECASE)


def quoted(text, words=NOT):
    return [(one.sentence, one.items) for one in quotations(text, "", (), words)]


def test_a_sentence_before_a_list_comes_with_the_list():
    text = "It is contraindicated in people with:\n\n* gout\n* **kidney** stones\n\nSleep well."
    assert quoted(text) == [("It is contraindicated in people with:", ("gout", "kidney stones"))]


def test_a_label_before_a_list_is_enough_to_quote_it():
    assert quoted("**Contraindicated:**\n\n* gout") == [("Contraindicated:", ("gout",))]


def test_a_long_sentence_on_who_must_not_is_quoted_whole():
    long = "It is contraindicated in gout, " + "in people with stones, " * 20 + "and in pregnancy."
    assert quoted(long) == [(long, ())]


def test_an_item_of_a_list_comes_with_what_leads_it_in():
    text = "Ask a doctor before you take it if you:\n- are pregnant\n- have gout"
    assert quoted(text) == [("Ask a doctor before you take it if you: are pregnant", ())]


def test_a_list_that_was_quoted_is_not_quoted_item_by_item():
    text = "You must not take it if you:\n- are pregnant or plan to be\n- have gout"
    assert quoted(text) == [("You must not take it if you:", ("are pregnant or plan to be", "have gout"))]
    assert len(quoted(text, None)) == 1


def test_lists_inside_of_lists_belong_to_the_sentence_above():
    text = (
        "- It is contraindicated with:\n    - liver trouble:\n        - hepatitis\n    - gout\n- Sleep well."
    )
    assert quoted(text) == [("It is contraindicated with:", ("liver trouble:", "hepatitis", "gout"))]


def test_a_paragraph_inside_an_item_ends_no_list():
    text = (
        "You must not take it if:\n\n- you are allergic\n\n  This includes rashes.\n\n- you are pregnant"
        "\n\nSleep well."
    )
    items = ("you are allergic", "This includes rashes.", "you are pregnant")
    assert quoted(text) == [("You must not take it if:", items)]
    told = "Tell your doctor if:\n\n1. you are ill\n\n   For long.\n\n2. you are pregnant"
    assert quoted(told) == [("Tell your doctor if: you are pregnant", ())]


@pytest.mark.parametrize(
    "after", ["", "\n\nPeople with gout ask first.", "\n\n" + "- one more\n" * (MOST_ITEMS + 1)]
)
def test_what_ends_in_a_colon_is_not_quoted_without_its_list(after):
    assert quoted("It is contraindicated in these:" + after) == []


def test_an_item_that_is_a_sentence_stands_alone():
    text = "Precautions include:\n- Pregnancy: It may harm the unborn.\n- Not for pregnant people."
    assert quoted(text) == [
        ("Pregnancy: It may harm the unborn.", ()),
        ("Precautions include: Not for pregnant people.", ()),
    ]


def test_a_wrapped_sentence_is_quoted_whole():
    assert quoted("Whoever is ill\n**must not** take\n  it. Sleep.") == [
        ("Whoever is ill must not take it.", ())
    ]
    assert quoted("- Whoever is ill\n  must not take it.\n- Sleep.") == [
        ("Whoever is ill must not take it.", ())
    ]


def test_what_stands_inside_an_item_is_quoted_with_it():
    text = "Ask a doctor if you:\n- are pregnant\n    - or plan to be\n- have gout"
    assert quoted(text) == [("Ask a doctor if you: are pregnant", ("or plan to be",))]
    inside = "Ask a doctor if you:\n- have a womb\n    - and may be pregnant\n- have gout"
    assert quoted(inside) == [("Ask a doctor if you: have a womb and may be pregnant", ())]
    assert quoted("Sleep well.\n- It must not be warm.\n- Gout.") == [("It must not be warm.", ())]


@pytest.mark.parametrize(
    "text",
    [
        "> You must not take it if:\n> - you are\n>   pregnant\n> - you are ill",
        "You must not take it if:\n> - you are pregnant\n> - you are ill",
        "You must not take it if:\n\n> Read on.\n\n- you are pregnant\n- you are ill",
        "You must not take it if:\n- you are pregnant\n> Read on.\n- you are ill",
    ],
)
def test_a_quote_block_hides_nothing_of_a_list(text):
    assert quoted(text) == [("You must not take it if:", ("you are pregnant", "you are ill"))]


def test_what_a_quote_block_says_itself_is_no_item_of_the_list():
    text = "It is contraindicated in:\n- gout\n\n> In pregnant people\n> it is safe."
    assert quoted(text) == [
        ("It is contraindicated in:", ("gout",)),
        ("In pregnant people it is safe.", ()),
    ]
    turned = "It is contraindicated in:\n- gout\n\n> It may be taken when:\n\n- you are pregnant"
    assert quoted(turned)[1] == ("It may be taken when: you are pregnant", ())


RULE = "\n|---|---|\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            f"| Situation | Advice |{RULE}| Pregnancy | **must not** be used. Ask. |",
            "Pregnancy: must not be used. Ask.",
        ),
        ("| Pregnancy | must not be used |", "Pregnancy: must not be used"),
        ("Situation | Advice\n--- | ---\nPregnancy | must not be used", "Pregnancy: must not be used"),
        (f"| Allowed in | Not in |{RULE}| gout | pregnancy |", "Allowed in: gout; Not in: pregnancy"),
        (
            "| When | Use | Why |\n|---|:-:|---|\n| Pregnant | no | harm |",
            "When: Pregnant; Use: no; Why: harm",
        ),
        (f"Take it unless:\n\n| Situation | Note |{RULE}| Pregnant | ill |", "Take it unless: Pregnant: ill"),
        (f"| Must not | Note |{RULE}| gout | ill |", None),
        ("| Pregnancy |", None),
    ],
)
def test_a_row_of_a_table_is_quoted_in_words(text, said):
    assert [sentence for sentence, _items in quoted(text)] == ([said] if said else [])


@pytest.mark.parametrize("broken", ["  \n", "\\\n"])
def test_a_sentence_that_is_broken_by_hand_is_quoted_whole(broken):
    assert quoted(f"It must not be taken{broken}in gout.") == [("It must not be taken in gout.", ())]
    assert quoted(f"It must not be taken{broken}Sleep well.") == [("It must not be taken", ())]


@pytest.mark.parametrize(
    "text",
    [
        "# One\ntwo",
        "one\n- two",
        "one\n**Two:** three",
        "one  \nTwo",
        "one\\\nTwo",
        "one\n\ntwo",
        "one\n| two |",
    ],
)
def test_what_begins_a_line_of_its_own_is_not_joined(text):
    assert unwrapped(text) == text


def test_a_long_text_of_short_lines_is_quoted_soon():
    assert len(unwrapped("a\n" * 25_000)) == 49_999
    assert quoted("- must not:\n" * 4_000) == []
    assert len(unwrapped("a\n" + " " * 49_000 + "b")) == 3
    assert quoted("| " * 20_000 + "\n" + "|-" * 20_000 + "\n" + "> " * 20_000) == []


@pytest.mark.django_db
def test_the_list_of_a_quotation_stands_on_the_page(client):
    text = "It is contraindicated in people with:\n\n* gout\n* stones & more"
    section = Section("precautions", "", text)
    html = body(
        client.get(publish_document(sections=(section,), side_effects=(), faqs=()).get_absolute_url())
    )
    quotation = html.partition('class="found"')[2].partition("</dl>")[0]
    assert "people with:</a>" in quotation and "<li>gout</li><li>stones &amp; more</li>" in quotation


@pytest.mark.django_db
def test_a_sentence_on_two_topics_stands_once_below_both(client):
    section = Section("precautions", "", "It is contraindicated in pregnancy.")
    html = body(
        client.get(publish_document(sections=(section,), side_effects=(), faqs=()).get_absolute_url())
    )
    quotation = html.partition('class="found"')[2].partition("</dl>")[0]
    assert quotation.count("contraindicated in pregnancy.</a>") == 1
    topics, quote = quotation.index("said-on-do-not-take"), quotation.index("<dd>")
    assert quotation.index("said-on-pregnancy") < topics < quote


def test_a_warning_that_forbids_it_to_a_list_is_not_cut_off():
    def absolute(text):
        warning = Section("warning", "", text)
        return article.build(make_document(sections=(warning,), side_effects=(), faqs=())).absolute

    assert absolute("Never take it if you:\n- are pregnant") == ""
    assert absolute("Never take it if\nyou are pregnant.") == "Never take it if you are pregnant."
