"""How does a name sound? Spellings that an English ear takes for one another fold into one."""

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
def phonetic_spelling(squashed):
    """The sounds of a squashed name, as letters."""
    for pattern, to in _COMPILED:
        squashed = pattern.sub(to, squashed)
    return squashed


def phonetic_skeleton(sounds):
    """The first letter and the consonants."""
    return sounds[:1] + sounds[1:].translate(_VOWELS)


def phonetic_key(sounds):
    """A key under which names of one sound meet, or "" if it would say too little."""
    bones = phonetic_skeleton(sounds)
    if bones[:1] in "aeiou":
        bones = "a" + bones[1:]
    bones = re.sub(r"(.)\1+", r"\1", bones.translate(_HARD))
    return bones if len(bones) > 2 else ""
