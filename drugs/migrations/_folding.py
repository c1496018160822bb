"""Folded names and A-Z keys as 0007_lists_of_the_desk computes them. Frozen: never edited.

The living ones are those of `drugs.content.normalisation` and `drugs.content.sort_keys`.
"""

import re
import unicodedata

MAX_CHARS = 500
_VARIATIONS = "\u180b-\u180d\ufe00-\ufe0f\U000e0100-\U000e01ef"
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u180f\u200b-\u200f\u2060-\u2065\u206a-\u206f\u2800\u3164"
    f"\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff{_VARIATIONS}]+"
)
# Chemists write Greek letters into Latin names, typists spell them out.
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma
    sigma tau upsilon phi chi psi omega
    """.split(),
        strict=True,
    )
)
# Letters that Unicode does not take apart, and marks that stand inside a word.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "'": "",
        "’": "",
        "`": "",
    }
)
_NOT_WORD = re.compile(r"[\W_]+")
_LATIN = re.compile(r"[a-z]")
_GREEK_RUN = re.compile(f"[{''.join(_GREEK)}]+")


def fold(text):
    """The text in small letters and digits, one space between words, at most 500 characters of it."""
    text = text[:MAX_CHARS]
    text = unicodedata.normalize("NFKD", text if text.isascii() else _INVISIBLE.sub("", text)).casefold()
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c)).translate(_LETTERS)
    if not text.isascii() and _LATIN.search(text):
        text = _GREEK_RUN.sub(lambda run: " ".join(_GREEK[c] for c in run[0]).join("  "), text)
    return _NOT_WORD.sub(" ", text).strip()[:MAX_CHARS]


def letter(title):
    """The letter of the A-Z, a to z, under which a title stands; 0 for all that starts with none of them."""
    key = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    key = re.sub(r"[^a-z0-9]+", " ", key).strip() or title.casefold()
    return key[0] if key[:1].isalpha() and key[0].isascii() else "0"
