"""QR codes: the same squares as the library's own, mask included, and a path that draws exactly them."""

import random
import re

import pytest
import segno

from drugs.content.qr_code import MARGIN, qr_code
from drugs.content.qr_masks import masked_rows

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-./"


@pytest.mark.parametrize("length", [1, 20, 45, 60, 90, 150, 220])
def test_the_mask_is_the_one_that_the_rules_choose(length):
    rng = random.Random(length)
    for _ in range(4):
        text = "https://" + "".join(rng.choices(LETTERS, k=length))
        code = segno.make(text, micro=False, error="m")
        assert masked_rows(text) == ["".join(map(str, row)) for row in code.matrix]


def test_the_path_draws_the_dark_squares_and_no_others():
    text = "https://example.org/drugs/examplol/"
    code, drawn = qr_code(text), set()
    for x, y, width, back in re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", code.path):
        assert width == back
        drawn |= {(int(x) - MARGIN + step, int(y) - MARGIN) for step in range(int(width))}
    rows = masked_rows(text)
    assert drawn == {(x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark == "1"}
    assert code.width == len(rows) + 2 * MARGIN
