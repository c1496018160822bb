"""Phonetic keys: spellings that an English ear takes for one another fold into one.

Rules of our own in the manner of Metaphone, kept for names of medicines: first a phonetic spelling with its vowels,
which is compared letter by letter; from it a skeleton of consonants, and from that the key of the index.
"""

import functools
import re

# Applied in this order, to folded words without spaces.
_RULES = [
    (r"^(?:kn|gn|pn)", "n"),
    (r"^ps", "s"),
    (r"^wr", "r"),
    (r"^x", "s"),
    (r"tch", "k"),
    (r"sch", "sk"),
    (r"ph", "f"),
    (r"gh", "g"),
    (r"rh", "r"),
    (r"th", "t"),
    (r"ch", "k"),
    (r"ck|cq|qu|q", "k"),
    (r"x", "ks"),
    (r"sc(?=[eiy])", "s"),
    (r"c(?=[eiy])", "s"),
    (r"c", "k"),
    (r"z", "s"),
    (r"y|j(?=[aou])", "i"),
    (r"oe|ae|ea|ee|ei|ie", "e"),
    (r"ou|oo|eu", "u"),
    (r"w", "v"),
    (r"(?<=[aeiou])h", ""),
    (r"(.)\1+", r"\1"),
    (r"(?<=..)e$", ""),
]
_COMPILED = [(re.compile(pattern), to) for pattern, to in _RULES]
_VOWELS = str.maketrans("", "", "aeiouh")
# Hard and soft are one in the key, which only finds candidates.
_HARD = str.maketrans("dgbvj", "tkpfk")


@functools.lru_cache(maxsize=16_384)
def phonetic_spelling(squashed: str) -> str:
    """Phonetic spelling of a squashed name: its sounds, as letters."""
    for pattern, to in _COMPILED:
        squashed = pattern.sub(to, squashed)
    return squashed


def phonetic_skeleton(sounds: str) -> str:
    """Consonant skeleton of a phonetic spelling: its first letter and the consonants after it."""
    return sounds[:1] + sounds[1:].translate(_VOWELS)


def phonetic_key(sounds: str) -> str:
    """Phonetic key of a phonetic spelling, under which names of one sound meet; "" if it would say too little."""
    key = phonetic_skeleton(sounds)
    if key[:1] in "aeiou":
        key = "a" + key[1:]
    key = re.sub(r"(.)\1+", r"\1", key.translate(_HARD))
    return key if len(key) > 2 else ""
