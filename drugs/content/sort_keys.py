"""Sort keys (collation) of the A-Z, and the letter under which each name stands."""

import re
import unicodedata


def sort_key(name: str) -> str:
    """`name` as an A-Z orders it: without case, accents and leading punctuation.

    A name of another script, which has no Latin letter left, is ordered by its own letters.
    """
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", " ", folded).strip() or name.casefold()


def letter_of(key: str) -> str:
    """The letter, a to z, under which a sort key stands; 0 for all that starts with none of them."""
    return key[0] if key[:1].isalpha() and key[0].isascii() else "0"
