"""Near words: which words of a vocabulary somebody may have meant who typed another, one or two slips away.

Found by symmetric deletion (Garbe's SymSpell): a slip of two words leaves them one text in common when a letter or two
are taken from both, so a look-up costs the same however many words there are.
"""

import functools
from collections.abc import Iterable, Iterator
from itertools import combinations

from rapidfuzz.distance import OSA

from drugs.search.names.phonetics import phonetic_spelling

# Letters of a word from which on one slip, and two, leave it known.
ONE_SLIP, TWO_SLIPS = 5, 8
# From this length on two slips are one more than letters tell, if the words sound alike: "sueside".
TWO_IF_ALIKE = 7
LONGEST = 24
# Digits that are typed for a letter, to slip past a filter: "su1cide".
FOR_LETTERS = str.maketrans("013457", "oieast")


class NearWords:
    """A vocabulary that is looked up with slips. `never` are other words that are no slip of any of it, `spelt_right`
    are those of its own that are known only as they stand."""

    def __init__(
        self, words: Iterable[str], never: Iterable[str] = (), spelt_right: Iterable[str] = ()
    ) -> None:
        self.words, self.never = frozenset(words), frozenset(never)
        self._by_rest: dict[str, set[str]] = {}
        for word in self.words.difference(spelt_right):
            if ONE_SLIP <= len(word) <= LONGEST:
                for rest in _rests(word):
                    self._by_rest.setdefault(rest, set()).add(word)
        self.meant = functools.lru_cache(maxsize=4096)(self._meant)

    def _meant(self, typed: str) -> frozenset[str]:
        """The words of the vocabulary that `typed` is or may be a slip of."""
        if typed in self.words:
            return frozenset((typed,))
        if not typed.isalpha() and sum(map(str.isalpha, typed)) >= ONE_SLIP - 2:
            return frozenset((typed.translate(FOR_LETTERS),)) & self.words
        if typed in self.never or not ONE_SLIP - 1 <= len(typed) <= LONGEST or not typed.isalpha():
            return frozenset()
        found = {word for rest in _rests(typed) for word in self._by_rest.get(rest, ())}
        return frozenset(word for word in found if _is_slip(typed, word))


def _slips(word: str) -> int:
    return 0 if len(word) < ONE_SLIP else 1 if len(word) < TWO_IF_ALIKE else 2


def _rests(word: str) -> Iterator[str]:
    """`word`, and it without one letter, and without two if it is long."""
    yield word
    for count in range(1, max(_slips(word), 1) + 1):
        for left_out in combinations(range(len(word)), count):
            yield "".join(char for at, char in enumerate(word) if at not in left_out)


def _is_slip(typed: str, word: str) -> bool:
    slips = OSA.distance(typed, word, score_cutoff=2)
    if slips <= (2 if len(word) >= TWO_SLIPS else 1):
        return typed[0] == word[0] or slips == 1
    alike = slips == 2 and len(word) >= TWO_IF_ALIKE
    return alike and OSA.distance(phonetic_spelling(typed), phonetic_spelling(word)) <= 1
