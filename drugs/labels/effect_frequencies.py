"""Frequencies that labels state by number, in the bands of the EU's SmPC guideline (CIOMS); never by a word."""

import re

_BANDS = ((10, "very_common"), (1, "common"), (0.1, "uncommon"), (0.01, "rare"), (0, "very_rare"))  # per cent
_PER_CENT = r"\s*(\d{1,3}(?:[.,]\d{1,3})?)\s*%"
_LOWER = re.compile(r"(?:≥|>=|>|greater than(?: or equal to)?|more than|at least)" + _PER_CENT, re.IGNORECASE)
_UPPER = re.compile(r"(?:≤|<=|<|less than(?: or equal to)?|up to|fewer than)" + _PER_CENT, re.IGNORECASE)
_BETWEEN = re.compile(r"(\d{1,3}(?:[.,]\d{1,3})?)\s*%?\s*(?:to|and|-|–)" + _PER_CENT, re.IGNORECASE)
_MORE_THAN = {10: "very_common", 100: "common", 1000: "uncommon", 10000: "rare"}
_UP_TO = {10: "common", 100: "uncommon", 1000: "rare", 10000: "very_rare"}
# In English, and as leaflets of other countries say it: 1 de cada 10, 1 em cada 10, 1 sur 10, 1 von 10, 1 su 10.
_ONE_IN = (
    r"1\s*(?:\w{1,12}\s+)?(?:/|in|of|out of|(?:de|em) cada|em|sur|von|su|op(?: de)?)\s*"
    r"(10[\s,.]?000|1[\s,.]?000|100|10)(?![\d.,]*\d)"
)
_AT_LEAST = re.compile(
    r"(?:≥|>=|>|more than|at least|más de|mais de|plus de|mehr als|più di|meer dan)\s*" + _ONE_IN,
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    r"(?:≤|<=|<|up to|less than|fewer than|hasta|até|jusqu['’]à|bis zu|fino a|tot)\s*" + _ONE_IN,
    re.IGNORECASE,
)
_NOT_KNOWN = re.compile(r"frequency (?:is )?not known|not known|cannot be estimated", re.IGNORECASE)


def frequency_of(text: str) -> str:
    """The frequency that `text` states by number, such as "may affect up to 1 in 100 people" or "≥1/1,000 to <1/100";
    or in per cent, with both bounds; `not_known` if it says so, else `not_stated`.
    """
    if match := _AT_LEAST.search(text):
        return _MORE_THAN[_whole(match[1])]
    if match := _AT_MOST.search(text):
        return _UP_TO[_whole(match[1])]
    if (band := range_band(text)) != "not_stated":
        return band
    return "not_known" if _NOT_KNOWN.search(text) else "not_stated"


def _whole(text):
    return int(re.sub(r"\D", "", text))


def share_band(text: str) -> str:
    """The frequency that a number of per cent means; none where it says that there were fewer than it."""
    value = _value(re.sub(r"[^\d.,]", "", text))
    if "<" in text:  # below one number says no band
        return "not_stated"
    return next(band for least, band in _BANDS if value >= least) if value else "not_stated"


def range_band(text: str) -> str:
    """The frequency that a range in per cent lies in, such as "greater than 0.1% to less than or equal to 1%"; none
    where it reaches over more than one, or has one bound only that says too little.
    """
    if both := _BETWEEN.search(text):
        low, high = _value(both[1]), _value(both[2])
    else:
        lower, upper = _LOWER.search(text), _UPPER.search(text)
        low, high = _value(lower[1]) if lower else 0.0, _value(upper[1]) if upper else 100.0
    tops = dict(zip((name for _, name in _BANDS), (100, *(least for least, _ in _BANDS)), strict=False))
    name = next(name for least, name in _BANDS if low >= least)
    return name if high <= tops[name] else "not_stated"


def _value(number: str) -> float:
    return float(number.replace(",", "."))
