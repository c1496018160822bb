"""Denial of service by texts that are indexed: what was made to be slow is read to its end, and not timed."""

import pytest

from drugs.search import snippets


@pytest.mark.parametrize("piece", ["[", "![", "[](", "[a](", "\xa0"])
def test_the_words_of_a_hostile_body_are_indexed(piece):
    text = (piece * 200_000)[:200_000] + "\n\nexamplol"
    assert snippets.without_markdown(text).endswith("examplol")
