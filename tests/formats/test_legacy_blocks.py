"""Block parser: what it reads with the rules of Markdown that a text needs, and with all of them."""

import pytest

from drugs.formats.legacy import blocks

TEXTS = {
    "table": "Dose | Weight\n---|---\n1 mg | 10 kg\n",
    "fence": "~~~text\n# no heading\n~~~\n",
    "rule": "* one\n\n* * *\n\nafter\n",
    "rule_in_a_bullet": "Text\n\n- ---\n- two\n",
    "rule_on_top": "___\nText\n",
    "underlined": "Storage\n=======   \nIn a cool place.\n",
    "short_underline": "1. Storage\n   -\n2. Dose\n",
    "disclaimer": "* one\n  DISCLAIMER: no advice.\n",
    "none": "### Uses\nPain - and fever = much.\n* a\n  1. b\n",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_idle_rules_of_markdown_change_no_block(text, monkeypatch):
    found = blocks.read_blocks(text)
    monkeypatch.setattr(blocks, "_idle_rules", lambda text: ())
    assert found == blocks.read_blocks(text)


@pytest.mark.parametrize("text", [TEXTS[name] for name in TEXTS if name != "none"])
def test_rules_that_a_text_needs_are_not_idle(text):
    assert len(blocks._idle_rules(text.casefold())) < 5


def test_rules_without_their_signs_are_idle():
    assert sorted(blocks._idle_rules(TEXTS["none"])) == ["disclaimer", "fence", "hr", "lheading", "table"]
