"""White space: the Unicode space characters beside U+0020, folding to it, and excerpts cut at words.

Good typography keeps a number and its unit together with a no-break (U+00A0), narrow no-break (U+202F) or thin
(U+2009) space, and word processors write them unasked. They are Unicode's category Zs. Documents keep the author's
characters; whatever reads a text to compare, search or check it reads the folded text, which is as long as the
original, so that positions hold in both.
"""

import re

# Without U+0020 itself; for character classes of regular expressions.
UNICODE_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_UNICODE_SPACE = re.compile(f"[{UNICODE_SPACES}]")
_INNER_SPACES = re.compile(r"(?<=\S) +(?=\S)")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_LONGEST_WORD = 40  # what is longer, such as an address, may be cut


def fold_spaces(text: str) -> str:
    """`text` with U+0020 for every Unicode space; tabs and line ends stay. As long as `text`."""
    return text if text.isascii() else _UNICODE_SPACE.sub(" ", text)


def fold_runs(text: str) -> str:
    """`text` with one U+0020 for every run of spaces within a line, which shows as one (CommonMark 6.9, HTML)."""
    return _INNER_SPACES.sub(" ", fold_spaces(text))


def fold_numbers(text: str) -> str:
    """`text` with folded spaces, those left out that group digits by three: "1 in 10 000" is "1 in 10000"."""
    return _THOUSANDS.sub("", fold_spaces(text))


def excerpt(text: str, start: int, end: int, *, before: int = 0, after: int = 0) -> str:
    """The words of `text` that touch `start` to `end`, and the whole words in `before` and `after` characters around.

    One space stands between words. No part of a word is shown, since the end of one, such as "ults" of "adults" or
    "00 mg" of "500 mg", reads as another.
    """
    first = start - _word_length(text[max(0, start - _LONGEST_WORD) : start][::-1])
    last = end + _word_length(text[end : end + _LONGEST_WORD])
    lead = text[max(0, start - before) : first]
    if start - before > 0 and not text[start - before - 1].isspace():
        lead = lead[_word_length(lead) :]
    tail = text[last : end + after]
    if end + after < len(text) and not text[end + after].isspace():
        tail = tail[: len(tail) - _word_length(tail[::-1])]
    return " ".join(f"{lead}{text[first:last]}{tail}".split())


def shortened(text: str, limit: int) -> str:
    """The whole words among the first `limit` characters of `text`; a first word longer than that is cut."""
    words = " ".join(text.split())
    if len(words) <= limit:
        return words
    return words[: limit + 1].rpartition(" ")[0] or words[:limit]


def _word_length(text):
    """How many characters stand before the first white space."""
    return next((at for at, char in enumerate(text) if char.isspace()), len(text))
