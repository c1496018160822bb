"""Slugs from the names of files: the one rule of docs/page-format.md."""

import re
import unicodedata

from drugs.content import SLUG_CHARS

_SLUG = re.compile(r"[a-z0-9_-]+")
_OTHER = re.compile(r"[^a-z0-9_]+")
# Letters of Latin scripts that no decomposition makes plain.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ŋ": "n"}
    | dict(
        zip(
            "αβγδεκλμπστω",
            "alpha beta gamma delta epsilon kappa lambda mu pi sigma tau omega".split(),
            strict=True,
        )
    )
)
_OF_THEIR_FOLDER = frozenset(["index", "_index", "readme"])


def slug_of(stem: str) -> str:
    """The slug of a file called `stem`; empty if nothing of the name can stand in an address.

    A name that is one already stays as it is. Of any other, letters become small and lose their accents, and
    whatever stands between letters and digits becomes one hyphen.
    """
    if _SLUG.fullmatch(stem):
        return stem[:SLUG_CHARS]
    text = unicodedata.normalize("NFKD", stem.casefold()).translate(_LETTERS)
    text = "".join(char for char in text if not unicodedata.combining(char))
    return _OTHER.sub("-", text).strip("-_")[:SLUG_CHARS].strip("-_")


def stem_in(folder: str, stem: str) -> str:
    """The name by which a file goes: that of its `folder` where its own says only that it is the folder's page."""
    return folder if folder and stem.casefold() in _OF_THEIR_FOLDER else stem
