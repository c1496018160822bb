"""Denial of service by pages of the old shapes: bombs end in a page or a sentence, and no word is lost.

What would take the square or the cube of its length is not timed here: without protection it would not end.
"""

import pytest

from drugs import formats
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
    "spaces in a property": "title:: a" + " " * LONG + "b",
    "backticks": "### Usage\n" + "`" * 2 * LONG + " `",
}


@pytest.mark.parametrize("body", OLD_BODIES.values(), ids=OLD_BODIES)
def test_a_page_made_to_be_slow_is_read_without_losing_a_word(body):
    data = f"---\ntitle: Examplol\n---\n{body}".encode()
    try:
        page = formats.read(data, stem="examplol")
    except formats.FormatError as error:
        assert "longer" in str(error)
    else:
        assert not lost_words(data, page)
