"""How a label counts the items of a list: in letters or Roman numerals, to which its text refers."""

from collections.abc import Callable


def list_label(style: str) -> Callable[[int], str] | None:
    """What numbers the items where the label counts in letters or Roman numerals, to which its text refers."""
    for name, label in (
        ("littlealpha", _letter),
        ("bigalpha", lambda n: _letter(n).upper()),
        ("littleroman", _roman),
        ("bigroman", lambda n: _roman(n).upper()),
    ):
        if name in style:
            return label
    return None


def _letter(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(97 + rest) + letters
    return letters


def _roman(number: int) -> str:
    if number > 399:
        return str(number)
    text = ""
    for value, letters in (
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        text += letters * (number // value)
        number %= value
    return text
