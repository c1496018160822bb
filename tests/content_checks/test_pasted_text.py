"""Pasted text without structure: bullets and tabs that are no list and no table to a reader."""

import pytest

from drugs import content_checks
from drugs.content import FAQ, Section, SideEffect
from tests.content_checks.test_content_checks import clean_document


def pasted(body, **overrides):
    document = clean_document(**(overrides or {"sections": (Section("uses", "", body), *SECTIONS)}))
    return [item for item in content_checks.check(document) if item.code in ("bullet", "tab")]


SECTIONS = clean_document().sections


@pytest.mark.parametrize(
    "body",
    [
        "• Adults: 5 mg\n• Children: 2 mg",
        "Take:\n\n·\tAdults: 5 mg",
        "▪Adults",
        "  ◦ Adults",
        "\uf0b7 Adults",
        "\uf0a7\tAdults",
        "Take: • 5 mg for adults • 2 mg for children",
        "Take it if you have: ● asthma; ● gout.",
        "Tell us if you have asthma · gout · epilepsy",
        "* Adults • Children",
        "* • Adults",
        "*\u00a0Adults",
        "1.\u202fAdults",
        "####\u00a0Adults",
    ],
)
def test_a_bullet_that_makes_no_list_is_named(body):
    (finding,) = pasted(body)
    assert (finding.level, finding.code, finding.field) == ("look", "bullet", "sections.0.body")
    assert "“* ”" in finding.message or "“#### ”" in finding.message or "“1. ”" in finding.message


@pytest.mark.parametrize(
    "body",
    ["Weight\tDose\n50 kg\t5 mg", "o\tAdults", "§\tAdults", "First line.\n* Adults\t5 mg", "1\u00a0\tAdults"],
)
def test_a_tab_in_a_paragraph_is_named(body):
    (finding,) = pasted(body)
    assert (finding.level, finding.code, finding.field) == ("look", "tab", "sections.0.body")
    assert "“|”" in finding.message and "\t" not in finding.message


@pytest.mark.parametrize(
    "body",
    [
        "* Adults: 5 mg\n* Children: 2 mg",
        "*\tAdults\n\n-\tChildren\n\n1.\tOthers\n\n2)\tAll",
        "| Weight | Dose |\n| --- | --- |\n| • 50 kg •\t60 kg | 5 mg |",
        "```\nWeight\tDose\n• Adults\n```",
        "Take 0·5 mg, or 2·5 mg, with water.",
        "·5 mg is written 0.5 mg.",
        "The area is 5 mg · h/L, as of 2024.",
        "Text that ends in a tab.\t\nAnd goes on.",
        "\tA line of code",
        "A line\n\tthat goes on.",
        "Amoxicillin·H2O",
        "**Bold** text, *\u00a0as is a star.",
    ],
)
def test_what_is_a_list_or_no_bullet_is_left_in_peace(body):
    assert pasted(body) == []


def test_the_field_is_named_wherever_it_stands():
    effect = SideEffect("• Rash", "Red.", urgency="talk")
    (finding,) = pasted("", side_effects=(effect,))
    assert (finding.field, finding.code) == ("side_effects.0.name", "bullet")
    described = SideEffect("Rash", "On:\n• arms\n• legs", urgency="talk")
    (finding,) = pasted("", side_effects=(described,))
    assert finding.field == "side_effects.0.description"
    (finding,) = pasted("", faqs=(FAQ("How much?", "Weight\tDose"),))
    assert (finding.field, finding.code) == ("faqs.0.answer", "tab")


def test_the_finding_quotes_the_words_and_says_what_to_write():
    (bullet,) = pasted(
        "Take:\n\n• Adults: 5 mg of it, once a day, in the morning or in the evening\n• Children"
    )
    assert bullet.message == (
        "“• Adults: 5 mg of it, once a day, in the…” is no list to a reader. "
        "Begin a line with “* ” for each item."
    )
    (tab,) = pasted("Weight\tDose")
    assert tab.message == (
        "A tab stands in “Weight Dose”, and a reader sees a space. "
        "Write a list, each line beginning with “* ”, or a table with “|” between its columns."
    )


def test_bullets_and_tabs_of_one_text_are_two_findings():
    assert {finding.code for finding in pasted("• Adults\t5 mg\n• Children\t2 mg")} == {"bullet", "tab"}
