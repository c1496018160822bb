"""String similarity of two names, by letters and by sound, from 0 to 1.

Four measures of the same pair: Damerau-Levenshtein distance of the letters (in its optimal string alignment, OSA:
insertions, deletions, substitutions and swaps of neighbours), letters kept in order (Indel, the longest common
subsequence), and OSA of the phonetic spellings and of the consonants that readers go by. Words are matched by
Jaro-Winkler. The weights were fitted on real and generated misspellings and hold up in cross-validation.
"""

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA, Indel, JaroWinkler

from drugs.content import normalisation
from drugs.content.normalisation import FUZZY_CHARS
from drugs.search.names.phonetics import phonetic_skeleton, phonetic_spelling

LETTERS, SUBSEQUENCE, SOUNDS, CONSONANTS = 0.34, 0.22, 0.21, 0.23
# Names that keep fewer of each other's letters are not alike, whatever the rest says.
LEAST_SUBSEQUENCE = 0.5
# Words below this are not the same word misspelt.
SAME_WORD = 0.8
# What a word weighs that says how the medicine is bound or given, beside one that says which it is.
LIGHT = 0.25
# How much of a score is lost if nearly all of a longer name was not asked for.
UNASKED = 0.3
_LIGHT_WORDS = normalisation.SALTS | normalisation.FORMS

_osa = OSA.normalized_similarity
_indel = Indel.normalized_similarity
_jaro = JaroWinkler.normalized_similarity


class Shape(NamedTuple):
    """A squashed name with what comparing it needs, worked out once."""

    letters: str
    sounds: str
    consonants: str


def shape(squashed: str, sounds: str | None = None) -> Shape:
    """The shape of a squashed name; `sounds` is its phonetic spelling where the index has it."""
    letters = squashed[:FUZZY_CHARS]
    sounds = phonetic_spelling(letters) if sounds is None else sounds
    return Shape(letters, sounds, phonetic_skeleton(sounds))


def similarity(first: Shape, second: Shape) -> float:
    """Weighted similarity of two shapes; 0 if they have too few letters in common to be looked at closely."""
    subsequence = _indel(first.letters, second.letters, score_cutoff=LEAST_SUBSEQUENCE)
    if not subsequence:
        return 0.0
    return (
        LETTERS * _osa(first.letters, second.letters)
        + SUBSEQUENCE * subsequence
        + SOUNDS * _osa(first.sounds, second.sounds)
        + CONSONANTS * _osa(first.consonants, second.consonants)
    )


def word_similarity(typed: Sequence[str], name: Sequence[str]) -> float:
    """Similarity of two lists of words in any order; words of `name` that were not typed cost little.

    Each typed word takes the word of the name that is most like it (Jaro-Winkler above SAME_WORD), if there is one.
    """
    matched, left = 0.0, list(name)
    for word in typed:
        best, place = SAME_WORD, -1
        for at, other in enumerate(left):
            if (jaro := _jaro(word, other, score_cutoff=best)) > best:
                best, place = jaro, at
        if place >= 0:
            matched += _weigh((word,)) * (_osa(word, left.pop(place)) + best) / 2
            if not left:
                break
    if not matched:
        return 0.0
    return matched / _weigh(typed) * (1 - UNASKED * _weigh(left) / _weigh(name))


def _weigh(words):
    total = 0.0
    for word in words:
        total += len(word) * (LIGHT if word in _LIGHT_WORDS else 1)
    return total
