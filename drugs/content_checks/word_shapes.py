"""Shapes of word classes in a sentence: a vocabulary turns each word into one letter, shapes are expressions over them.

A shape is written as names of classes in their order: `a|b` one of them, `?a` perhaps, `!a` not next, `~2` up to two
words of any kind, `..` any words, `^` and `$` the ends, `,` and brackets themselves, `'word'` that word; ` & ` joins
shapes that stand in any order. A word may have several classes: its letter is that of the set of them.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

OTHER = "."
SIGNS = ",([!"
_MOST_WORDS = 100  # of a sentence at once: some shapes take time with the square of them
_ENDS = ("^", "$")
_JOINT = re.compile("['-]")

Shape = tuple[int, str]


class Row(NamedTuple):
    """A shape that is tried: `needed` are the words of each step that cannot be missing, the rarest step first."""

    points: int
    shape: str
    expression: re.Pattern[str]
    needed: tuple[frozenset[str], ...]
    asks: bool


class Vocabulary:
    """The words of some languages by class, and the weights of shapes in statements and in questions.

    `common` names the classes of common words, the commonest first: what is rarest in a shape is looked for first.
    A shape with a class that `classes` lacks is left out.
    """

    def __init__(
        self,
        classes: Mapping[str, str],
        statements: Sequence[Shape],
        questions: Sequence[Shape],
        common: Sequence[str],
    ) -> None:
        literal = {
            name for _, shape in (*statements, *questions) for name in class_names(shape) if name[0] == "'"
        }
        named = {**classes, **{name: name.strip("'") for name in literal}}
        self._classes = {name: frozenset(words.split()) for name, words in named.items()}
        self._rank = {name: len(common) - place for place, name in enumerate(common)}
        names: dict[str, set[str]] = {}
        for name, words in self._classes.items():
            for word in words:
                names.setdefault(word, set()).add(name)
        sets = sorted({frozenset(of_word) for of_word in names.values()}, key=sorted)
        self._letter_of = {of_word: chr(0x100 + number) for number, of_word in enumerate(sets)}
        self.letters = {word: self._letter_of[frozenset(of_word)] for word, of_word in names.items()}
        self._rows: dict[str, list[Row]] = {}
        self._doubts: list[Row] = []
        for asks, shapes in ((False, statements), (True, questions)):
            for points, shape in shapes:
                if set(class_names(shape)) <= self._classes.keys():
                    self._add(points, shape, asks)
        self._cues = frozenset(self._rows)

    def possible(self, words: Collection[str]) -> list[Row]:
        """The rows whose words are all among `words`, those of a text or a sentence."""
        if not (cues := self._cues.intersection(words)):
            return []
        rows = {id(row): row for cue in cues for row in self._rows[cue]}
        return still_possible(rows.values(), words)

    def weigh(self, told: str, rows: Sequence[Row]) -> int:
        """The weight of `rows` in a sentence, given as letters; of a long one, that of its heaviest part."""
        parts = (told[start : start + _MOST_WORDS] for start in range(0, len(told), _MOST_WORDS))
        return max((sum(row.points for row in self.found(part, rows)) for part in parts), default=0)

    def found(self, told: str, rows: Sequence[Row]) -> list[Row]:
        """Those of `rows` that stand in `told`, and what makes one doubt them."""
        found = [row for row in rows if row.expression.search(told)]
        if found:
            asks = found[0].asks
            found += [row for row in self._doubts if row.asks == asks and row.expression.search(told)]
        return found

    def _add(self, points: int, shape: str, asks: bool) -> None:
        steps = sorted(_needed(shape), key=self._commonness)
        needed = tuple(
            frozenset(longest_part(word) for name in names for word in self._classes[name]) for names in steps
        )
        row = Row(points, shape, self._expression(shape), needed, asks)
        if points < 0:
            self._doubts.append(row)
            return
        for word in needed[0]:
            self._rows.setdefault(word, []).append(row)

    def _commonness(self, names: Sequence[str]) -> tuple[int, int]:
        words = sum(len(self._classes[name]) for name in names)
        return max(self._rank.get(name, 0) for name in names), words

    def _letters_of(self, names: Sequence[str]) -> list[str]:
        return [letter for of_word, letter in self._letter_of.items() if not of_word.isdisjoint(names)]

    def _expression(self, shape: str) -> re.Pattern[str]:
        parts = ["".join(map(self._step, part.split())) for part in shape.split(" & ")]
        return re.compile(parts[0] if len(parts) == 1 else "^" + "".join(f"(?=.*{part})" for part in parts))

    def _step(self, step: str) -> str:
        if step in _ENDS:
            return step
        if step == "..":
            return ".{0,30}?"
        if step.startswith("~"):
            return f".{{0,{step[1:]}}}?"
        if step.startswith("!") and len(step) > 1:
            return f"(?!{self._any_of(step[1:])})"
        if step.startswith("?"):
            return f"{self._any_of(step[1:])}?"
        return self._any_of(step)

    def _any_of(self, names: str) -> str:
        letters = self._letters_of([name for name in names.split("|") if name not in SIGNS])
        return f"[{''.join([*letters, *(re.escape(sign) for sign in names.split('|') if sign in SIGNS)])}]"


def still_possible(rows: Iterable[Row], words: Collection[str]) -> list[Row]:
    """Those of `rows` whose words are all among `words`."""
    return [row for row in rows if not any(step.isdisjoint(words) for step in row.needed)]


def longest_part(word: str) -> str:
    """`word`, or of `cut-off` and `let's` what a search for whole words finds."""
    return max(_JOINT.split(word), key=len)


def class_names(shape: str) -> Iterator[str]:
    """The names of classes in `shape`, and its literal words in quotes."""
    for step in shape.split():
        if step not in (*_ENDS, "&", "..") and not step.startswith("~"):
            yield from (name for name in step.lstrip("?!").split("|") if name and name not in SIGNS)


def _needed(shape: str) -> list[list[str]]:
    """The classes of each step that cannot be missing."""
    steps = (step for step in shape.split() if step not in (*_ENDS, "&", "..") and step[0] not in "~?!")
    return [names for step in steps if not set(names := step.split("|")) & set(SIGNS)]
