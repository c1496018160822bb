"""Phrase lists: which of the phrases and frames of some files (`phrase_files`) a query says, slips of words and all."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from drugs.content.normalisation import fold
from drugs.search.questions.near_words import NearWords
from drugs.search.questions.phrase_files import Phrase, Slot, read_files

# Little words of a file that may stand between two of a phrase's own.
LITTLE_WORDS = 2
# What `...` may skip, of which little words do not count, and how much of a query is read.
GAP, LONGEST_GAP, WORDS = 3, 8, 60
LITTLE = frozenset(
    "a an and at by for her his i in is it its just mg my of on or so some the this to up".split()
)
# Words from the first part of a frame to the last.
FRAME_WORDS = 14
# A number with its unit written on to it: "500mg", "20x", "3yr".
_GLUED = re.compile(r"\b(\d{1,4})(g|gm|h|hrs?|iu|kg|m?cg|mgs?|mls?|mo|mths?|x|yo|yrs?)\b")
# A number of times that is written on to its sign: "x10".
_TIMES = re.compile(r"\bx(\d{1,3})\b")
# An article or pronoun that has lost its vowel: "l'oeil", "nell'occhio".
_ELIDED = re.compile(r"\b([cdjlmnst]|qu|un|all|dall|dell|nell|sull)['’](?=\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Match:
    """A phrase that a query says, at the words from `start` to before `end`."""

    meaning: str
    start: int
    end: int

    def overlaps(self, other: "Match") -> bool:
        """Whether a word of the query belongs to both."""
        return self.start < other.end and other.start < self.end


class PhraseList:
    """The phrases of some files, in their order. Several languages are one list: nobody says which one they type."""

    def __init__(self, files: Iterable[Path]) -> None:
        lines = read_files(files)
        self.phrases, self._aside, self._frames = lines.phrases, lines.aside, lines.frames
        self._languages, self._medicines, self._no_names = lines.languages, lines.medicines, lines.no_names
        self._no_aside_before = lines.no_aside_before
        self._endings = {word for word in lines.words if word.startswith("*")}
        self._near = NearWords(lines.words - self._endings, lines.never, lines.words - lines.with_slips)
        self._rewrites: dict[str, list[tuple[list[str], list[str]]]] = {}
        for typed, read in lines.rewrites:
            self._rewrites.setdefault(typed[0], []).append((typed, read))
        self._starts, self._aside_starts = _Starts(self.phrases), _Starts(self._aside)

    def words(self, query: str) -> list[str]:
        """The folded words of a query as the matches count them, with what is written otherwise put right."""
        apart = fold(_ELIDED.sub(r"\1 ", query))
        words = _TIMES.sub(r"x \1", _GLUED.sub(r"\1 \2", apart)).split()[:WORDS]
        at, read = 0, []
        while at < len(words):
            for typed, instead in self._rewrites.get(words[at], ()):
                if words[at : at + len(typed)] == typed:
                    read += instead
                    at += len(typed)
                    break
            else:
                read.append(words[at])
                at += 1
        return read

    def knows(self, word: str) -> bool:
        """Whether `word` is one of these phrases' own, or a slip of one, and no name of a medicine."""
        return word.isdecimal() or bool(self._near.meant(word) - self._medicines)

    def may_be_a_name(self, word: str) -> bool:
        """Whether `word`, none of these phrases' own, may be the name of a medicine."""
        return word.isalpha() and word not in self._near.words and word not in self._no_names

    def matches(self, words: Sequence[str], medicines: frozenset[str] = frozenset()) -> list[Match]:
        """All phrases that `words` say, in the order of the files, then all frames; `medicines` are the words that
        name one."""
        found: list[Match] = []
        parts: dict[str, dict[str, list[int]]] = {}
        for _, phrase, start, end in sorted(self._said(words, medicines), key=_order):
            language, part = phrase.part
            if part:
                parts.setdefault(language, {}).setdefault(part, []).append(start)
            else:
                found.append(Match(phrase.meaning, start, end))
        for language in self._languages:
            found += self._framed(parts.get(language, {}))
        return found

    def parts(self, words: Sequence[str], medicines: frozenset[str] = frozenset()) -> set[str]:
        """The names of the parts of frames that `words` say in any language, whether they make a frame or not."""
        return {phrase.part[1] for _, phrase, _, _ in self._said(words, medicines) if phrase.part[1]}

    def _said(self, words, medicines):
        meant = [self._near.meant(word) | self._endings_of(word) for word in words]
        said = [
            _Said(word, means, word in medicines or not means.isdisjoint(self._medicines))
            for word, means in zip(words, meant, strict=True)
        ]
        shown: list[_Said | None] = list(said)
        for _, _, start, end in _tries(shown, self._aside_starts):
            if end == len(words) or words[end] not in self._no_aside_before:
                shown[start:end] = [None] * (end - start)
        return _tries(shown, self._starts)

    def _framed(self, places: dict[str, list[int]]) -> Iterator[Match]:
        """The frames that the words say near one another in one language, by the `places` at which each part starts."""
        said = places.keys()
        for frame in self._frames if len(said) > 1 else ():
            if not said >= frame.parts or not said.isdisjoint(frame.without):
                continue
            if near := _near_one_another([places[part] for part in frame.parts]):
                yield Match(frame.meaning, *near)

    def _endings_of(self, word: str) -> set[str]:
        return {ending for ending in self._endings if word.endswith(ending[1:])}


class _Said(NamedTuple):
    """A word of a query, the words that it may be a slip of, and whether it names a medicine."""

    word: str
    meant: frozenset[str]
    medicine: bool


class _Starts:
    """The phrases, and their places in the list by what may begin them: a word, a number, a name of a medicine."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self.phrases = phrases
        self.by_word: dict[str, set[int]] = {}
        self.by_number: set[int] = set()
        self.by_medicine: set[int] = set()
        for number, phrase in enumerate(phrases):
            for slot in _beginnings(phrase):
                if slot.least:
                    self.by_number.add(number)
                if slot.medicine:
                    self.by_medicine.add(number)
                for word in slot.words | slot.exact:
                    self.by_word.setdefault(word, set()).add(number)

    def of(self, said: _Said) -> set[int]:
        """The places of the phrases that may begin with `said`."""
        found = set().union(*(self.by_word.get(key, ()) for key in said.meant | {said.word}))
        if said.word.isdecimal():
            found |= self.by_number
        return found | self.by_medicine if said.medicine else found


def _tries(shown, starts):
    """Each phrase that the words say, as its number in the list, itself, and where it starts and ends."""
    found = []
    for at, said in enumerate(shown):
        for number in starts.of(said) if said else ():
            phrase = starts.phrases[number]
            if phrase.first and at:
                continue
            end = _match(phrase, 0, shown, at)
            if end is not None and (end == len(shown) or not phrase.last):
                found.append((number, phrase, at, end))
    return found


def _near_one_another(places):
    """The first and the last place of one of each of `places` within FRAME_WORDS words, or None."""
    for first in sorted(place for starts in places for place in starts):
        near = [[place for place in starts if first <= place < first + FRAME_WORDS] for starts in places]
        if all(near):
            return first, max(min(starts) for starts in near) + 1
    return None


def _order(found):
    number, _, start, _ = found
    return number, start


def _beginnings(phrase: Phrase) -> Iterator[Slot]:
    for slot in phrase.slots:
        yield slot
        if not slot.optional:
            return


def _match(phrase, slot_at, shown, at, skipped=0):
    """The end of a match of the slots from `slot_at` on at the words from `at` on, or None; `skipped` are the little
    words between this slot and the one before."""
    if slot_at == len(phrase.slots):
        return at
    slot = phrase.slots[slot_at]
    if slot.gap:
        for goes_on in range(at, _gap_end(shown, at) + 1):
            end = _match(phrase, slot_at + 1, shown, goes_on)
            if end is not None:
                return end
        return None
    said = shown[at] if at < len(shown) else None
    if said and _fits(slot, said):
        end = _match(phrase, slot_at + 1, shown, at + 1)
        if end is not None:
            return end
    if slot.optional:
        end = _match(phrase, slot_at + 1, shown, at, skipped)
        if end is not None:
            return end
    if said and slot_at and skipped < LITTLE_WORDS and said.word in phrase.little:
        return _match(phrase, slot_at, shown, at + 1, skipped + 1)
    return None


def _gap_end(shown, at):
    """The last place at which the words after a gap from `at` on may begin. What was set aside is skipped, too."""
    counted = 0
    for end in range(at, min(at + LONGEST_GAP, len(shown))):
        counted += shown[end] is None or shown[end].word not in LITTLE
        if counted > GAP:
            return end
    return min(at + LONGEST_GAP, len(shown))


def _fits(slot, said):
    if slot.least and said.word.isdecimal() and slot.least <= int(said.word) <= slot.most:
        return True
    return said.medicine and slot.medicine or said.word in slot.exact or not slot.words.isdisjoint(said.meant)
