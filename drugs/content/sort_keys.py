"""How does an A-Z order its names, and under which letter does each stand? (leaf)"""

import re
import unicodedata


def sort_key(name):
    """`name` as an A-Z orders it: without case, accents and leading punctuation."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", " ", folded).strip() or name.casefold()


def letter_of(key):
    """The letter, a to z, under which a sort key stands; 0 for all that starts with none of them."""
    return key[0] if key[:1].isalpha() and key[0].isascii() else "0"
