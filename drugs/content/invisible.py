"""Invisible characters, which make one word another to a computer: zero-width, direction, tag characters.

A soft hyphen or a zero-width space inside a name makes a second name that looks the same, tag characters carry
words that only machines read, a mark of direction beside a number can turn a range of doses round. No text is
refused for them, since Persian, Indic and emoji need some; search and the comparison of names leave them out
(`strip_invisible`), and the checks point to those that stand where no script needs one (`find_misplaced`).
See Unicode's property Default_Ignorable_Code_Point, and Unicode Technical Report 36 on spoofing.
"""

import re
import unicodedata

_JOINERS = frozenset("\u200c\u200d")
_DIRECTIONS = frozenset("\u061c\u200e\u200f")
_VARIATIONS = "\u180b-\u180d\ufe00-\ufe0f\U000e0100-\U000e01ef"
_RUN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u180f\u200b-\u200f\u2060-\u2065\u206a-\u206f\u2800\u3164"
    f"\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff{_VARIATIONS}]+"
)
_VARIATION = re.compile(f"[{_VARIATIONS}]")
_NEED_JOINERS = frozenset(["Lo", "Mn", "Mc", "So"])  # letters without capitals, their marks, and emoji


def strip_invisible(text: str) -> str:
    """`text` without its invisible characters."""
    return text if text.isascii() else _RUN.sub("", text)


def find_misplaced(text: str) -> int | None:
    """The position of the first invisible character in `text` that no script needs there, or None."""
    if text.isascii():
        return None
    return next(
        (run.start() for run in _RUN.finditer(text) if not _is_needed(run[0], text, run.start())), None
    )


def _is_needed(run, text, at):
    """Whether what stands at `at` does something for a reader. Several in a row never do."""
    if len(run) > 1:
        return False
    if run in _DIRECTIONS:
        return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text if char.isalpha())
    if run in _JOINERS:
        return at > 0 and unicodedata.category(text[at - 1]) in _NEED_JOINERS
    return bool(_VARIATION.match(run))
