"""Phrase lists: what people say of one thing in many words, as text files that are read once and reviewed like text.

A line of such a file is one of

    # a remark
    [overdose]                      what the phrases below mean; files of one meaning have none
    took = took taken swallowed     a set of words, meant by <took>
    never = prison overuse          words that are no misspelling of anything here
    medicine = aspirin              words that name a medicine as well
    no_name = potassium             names of medicines that mostly mean something else
    my self > myself                typed so, it is read so
    <took> ?about 5+ <pills>        a phrase
    ! poison ivy                    a phrase that means something else: its words are set aside first

A phrase is words in a row anywhere in a query: `a|b` is either, `?a` may be missing, `...` is up to three words of any
kind and some of the little ones between them, `^` before the first is the beginning of the query, `$` after the last
its end, `5+` is a number of at least five in digits, `@` is a name of any medicine of the site. A word that is typed
with a slip is known (`near_words`); `=a` is a word only as it stands.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from drugs.content.normalisation import fold
from drugs.search.questions.near_words import NearWords

# What `...` may skip, of which little words do not count, and how much of a query is read.
GAP, LONGEST_GAP, WORDS = 3, 8, 60
LITTLE = frozenset(
    "a an and at by for her his i in is it its just mg my of on or so some the this to up".split()
)
_NUMBER = re.compile(r"(\d{1,3})\+")
# A number with its unit written on to it: "500mg", "20x", "3yr".
_GLUED = re.compile(r"\b(\d{1,4})(g|gm|h|hrs?|iu|kg|m?cg|mgs?|mls?|mo|mths?|x|yo|yrs?)\b")


@dataclass(frozen=True)
class Slot:
    """A place of a phrase: `words` that may stand there, or a number of at least `least`, or the name of a
    `medicine`, or any words (a gap)."""

    words: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()
    least: int = 0
    medicine: bool = False
    optional: bool = False
    gap: bool = False


@dataclass(frozen=True)
class Phrase:
    slots: tuple[Slot, ...]
    meaning: str = ""
    first: bool = False  # only at the beginning of a query
    last: bool = False  # only at its end


@dataclass(frozen=True)
class Match:
    """A phrase that a query says, at the words from `start` to before `end`."""

    meaning: str
    start: int
    end: int


@dataclass
class _Lines:
    """What the files say, before it is put in order."""

    sets: dict[str, list[str]] = field(default_factory=dict)
    rewrites: list[tuple[list[str], list[str]]] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    aside: list[Phrase] = field(default_factory=list)


class PhraseList:
    """The phrases of some files, in their order. Several languages are one list: nobody says which one they type."""

    def __init__(self, files: Iterable[Path]) -> None:
        lines = _Lines()
        never: list[str] = []
        self._medicines: set[str] = set()
        self._no_names: set[str] = set()
        for file in files:
            lines.sets = {}
            _read(file, lines)
            never += lines.sets.get("never", [])
            self._medicines.update(map(fold, lines.sets.get("medicine", [])))
            self._no_names.update(map(fold, lines.sets.get("no_name", [])))
        self.phrases, self._aside = lines.phrases, lines.aside
        words = {
            word for phrase in self.phrases + self._aside for slot in phrase.slots for word in slot.words
        }
        self._near = NearWords(words | self._medicines, never)
        self._rewrites: dict[str, list[tuple[list[str], list[str]]]] = {}
        for typed, read in lines.rewrites:
            self._rewrites.setdefault(typed[0], []).append((typed, read))
        self._starts, self._aside_starts = _Starts(self.phrases), _Starts(self._aside)

    def words(self, query: str) -> list[str]:
        """The folded words of a query as the matches count them, with what is written otherwise put right."""
        words, at, read = _GLUED.sub(r"\1 \2", fold(query)).split()[:WORDS], 0, []
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
        """All phrases that `words` say, in the order of the files; `medicines` are the words that name one."""
        meant = [self._near.meant(word) for word in words]
        said = [
            _Said(word, means, word in medicines or not means.isdisjoint(self._medicines))
            for word, means in zip(words, meant, strict=True)
        ]
        shown: list[_Said | None] = list(said)
        for _, _, start, end in _tries(shown, self._aside_starts):
            shown[start:end] = [None] * (end - start)
        found = _tries(shown, self._starts)
        return [Match(phrase.meaning, start, end) for _, phrase, start, end in sorted(found, key=_order)]


class _Said(NamedTuple):
    """A word of a query, the words that it may be a slip of, and whether it names a medicine."""

    word: str
    meant: frozenset[str]
    medicine: bool


class _Starts:
    """The phrases with their places in the list, by what may begin them: a word, a number, a name of a medicine."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self.by_word: dict[str, list[tuple[int, Phrase]]] = {}
        self.by_number: set[tuple[int, Phrase]] = set()
        self.by_medicine: set[tuple[int, Phrase]] = set()
        for numbered in enumerate(phrases):
            for slot in _beginnings(numbered[1]):
                if slot.least:
                    self.by_number.add(numbered)
                if slot.medicine:
                    self.by_medicine.add(numbered)
                for word in slot.words | slot.exact:
                    self.by_word.setdefault(word, []).append(numbered)

    def of(self, said: _Said) -> set[tuple[int, Phrase]]:
        """The phrases that may begin with `said`."""
        found = {numbered for key in said.meant | {said.word} for numbered in self.by_word.get(key, ())}
        if said.word.isdecimal():
            found |= self.by_number
        return found | self.by_medicine if said.medicine else found


def _tries(shown, starts):
    """Each phrase that the words say, as its number in the list, itself, and where it starts and ends."""
    found = []
    for at, said in enumerate(shown):
        for number, phrase in starts.of(said) if said else ():
            if phrase.first and at:
                continue
            end = _match(phrase.slots, 0, shown, at)
            if end is not None and (end == len(shown) or not phrase.last):
                found.append((number, phrase, at, end))
    return found


def _order(found):
    number, _, start, _ = found
    return number, start


def _beginnings(phrase: Phrase) -> Iterator[Slot]:
    for slot in phrase.slots:
        yield slot
        if not slot.optional:
            return


def _match(slots, slot_at, shown, at):
    """The end of a match of the slots from `slot_at` on at the words from `at` on, or None."""
    if slot_at == len(slots):
        return at
    slot = slots[slot_at]
    if slot.gap:
        for goes_on in range(at, _gap_end(shown, at) + 1):
            end = _match(slots, slot_at + 1, shown, goes_on)
            if end is not None:
                return end
        return None
    if at < len(shown) and shown[at] and _fits(slot, shown[at]):
        end = _match(slots, slot_at + 1, shown, at + 1)
        if end is not None:
            return end
    return _match(slots, slot_at + 1, shown, at) if slot.optional else None


def _gap_end(shown, at):
    """The last place at which the words after a gap from `at` on may begin. What was set aside is skipped, too."""
    counted = 0
    for end in range(at, min(at + LONGEST_GAP, len(shown))):
        counted += shown[end] is None or shown[end].word not in LITTLE
        if counted > GAP:
            return end
    return min(at + LONGEST_GAP, len(shown))


def _fits(slot, said):
    if slot.least and said.word.isdecimal() and len(said.word) < 5 and int(said.word) >= slot.least:
        return True
    return said.medicine and slot.medicine or said.word in slot.exact or not slot.words.isdisjoint(said.meant)


def _read(file: Path, lines: _Lines) -> None:
    """Adds what `file` says. Raises ValueError that names the line which nobody can read."""
    meaning = ""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        line = line.partition("#")[0].strip()
        if not line:
            continue
        if line.startswith("["):
            meaning = line.strip("[]")
        elif " = " in line:
            name, _, words = line.partition(" = ")
            lines.sets.setdefault(name.strip(), []).extend(_expanded(words.split(), lines.sets))
        elif " > " in line:
            typed, _, read = line.partition(" > ")
            lines.rewrites.append((fold(typed).split(), fold(read).split()))
        else:
            aside, text = line.startswith("!"), line.lstrip("! ")
            try:
                phrase = _phrase(text, meaning, lines.sets)
            except KeyError as missing:
                raise ValueError(f"{file.name}, line {number}: there is no set {missing}.") from None
            (lines.aside if aside else lines.phrases).append(phrase)


def _expanded(words, sets):
    for word in words:
        yield from sets[word[1:-1]] if word.startswith("<") else (word,)


def _phrase(text: str, meaning: str, sets: dict[str, list[str]]) -> Phrase:
    first, last = text.startswith("^"), text.endswith("$")
    return Phrase(tuple(_slot(word, sets) for word in text.strip("^$ ").split()), meaning, first, last)


def _slot(text: str, sets: dict[str, list[str]]) -> Slot:
    if text == "...":
        return Slot(gap=True)
    optional, text = text.startswith("?"), text.lstrip("?")
    words, exact, least, medicine = set(), set(), 0, False
    for part in text.split("|"):
        choices = sets[part[1:-1]] if part.startswith("<") else [part]
        for choice in choices:
            if number := _NUMBER.fullmatch(choice):
                least = int(number[1])
            elif choice == "@":
                medicine = True
            elif choice.startswith("="):
                exact.add(fold(choice))
            else:
                words.add(fold(choice))
    return Slot(frozenset(words), frozenset(exact), least, medicine, optional)
