"""Shapes of word classes in a sentence: a vocabulary turns each word into one letter, shapes are expressions over them.

A shape is written as names of classes in their order: `a|b` one of them, `?a` perhaps, `!a` not next, `~2` up to two
words of any kind, `..` any words, `^` and `$` the ends, `,` and brackets themselves, `'word'` that word; ` & ` joins
shapes that stand in any order. A word may have several classes: its letter is that of the set of them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

OTHER = "."
SIGNS = ",([!"
_MOST_WORDS = 100  # of a sentence at once: some shapes take time with the square of them
_ENDS = ("^", "$")

Shape = tuple[int, str]


class Vocabulary:
    """The words of some languages by class, and the weights of shapes in statements and in questions.

    `common` names the classes of common words, the commonest first: a shape is only tried where its rarest word stands,
    and `cues` are those words. A shape with a class that `classes` lacks is left out.
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
        self._tried: dict[bool, dict[str, list[tuple[int, int, re.Pattern[str], str]]]] = {}
        self._doubts: dict[bool, list[tuple[int, re.Pattern[str], str]]] = {}
        cues: set[str] = set()
        for asks, shapes in ((False, statements), (True, questions)):
            self._tried[asks], self._doubts[asks] = {}, []
            for number, (points, shape) in enumerate(shapes):
                if set(class_names(shape)) <= self._classes.keys():
                    cues |= self._add(asks, number, points, shape)
        self.cues = frozenset(cues)

    def weigh(self, told: str, *, asks: bool) -> int:
        """The weight of a sentence, given as letters; of a long one, that of its heaviest part."""
        parts = (told[start : start + _MOST_WORDS] for start in range(0, len(told), _MOST_WORDS))
        return max((sum(points for points, _ in self.found(part, asks=asks)) for part in parts), default=0)

    def found(self, told: str, *, asks: bool) -> Iterator[tuple[int, str]]:
        """Points and shape of each shape that stands in `told`."""
        tried = self._tried[asks]
        candidates = {row for letter in set(told) if letter in tried for row in tried[letter]}
        some = False
        for _, points, expression, shape in candidates:
            if expression.search(told):
                some = True
                yield points, shape
        if some:
            for points, expression, shape in self._doubts[asks]:
                if expression.search(told):
                    yield points, shape

    def _add(self, asks: bool, number: int, points: int, shape: str) -> frozenset[str]:
        expression = self._expression(shape)
        if points < 0:
            self._doubts[asks].append((points, expression, shape))
            return frozenset()
        rarest = min(_needed(shape), key=lambda names: max(self._rank.get(name, 0) for name in names))
        for letter in self._letters_of(rarest):
            self._tried[asks].setdefault(letter, []).append((number, points, expression, shape))
        return frozenset().union(*(self._classes[name] for name in rarest))

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


def class_names(shape: str) -> Iterator[str]:
    for step in shape.split():
        if step not in (*_ENDS, "&", "..") and not step.startswith("~"):
            yield from (name for name in step.lstrip("?!").split("|") if name and name not in SIGNS)


def _needed(shape: str) -> list[list[str]]:
    """The classes of each step that cannot be missing."""
    steps = (step for step in shape.split() if step not in (*_ENDS, "&", "..") and step[0] not in "~?!")
    return [names for step in steps if not set(names := step.split("|")) & set(SIGNS)]
