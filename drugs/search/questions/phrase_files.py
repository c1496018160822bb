"""Files of phrases: what people say of one thing in many words, as text that is read once and reviewed like text.

A line of such a file is one of

    # a remark
    [overdose]                      what the phrases below mean; files of one meaning have none
    {act}                           the phrases below are words of a part, which frames are made of; `{}` ends them
    & act excess medicine -meal     a frame: words of each of these parts, in any order, and none of the last
    took = took taken swallowed     a set of words, meant by <took>
    never = prison overuse          words that are no misspelling of anything here
    medicine = aspirin              words that name a medicine as well
    no_name = potassium             names of medicines that mostly mean something else
    no_aside_before = pills         words that no `!` phrase may end right before: they go on with it
    slips_from = 7                  letters from which on a word of this file is known with a slip, too
    little = a the my               words that may stand between those of any phrase of this file
    my self > myself                typed so, it is read so
    <took> ?about 5+ <pills>        a phrase
    ! poison ivy                    a phrase that means something else: its words are set aside first

A phrase is words in a row anywhere in a query: `a|b` is either, `?a` may be missing, `...` is up to three words of any
kind and some of the little ones between them, `^` before the first is the beginning of the query, `$` after the last
its end (`a|$` is either), `5+` is a number of at least five in digits, `5-99` one up to 99, `@` is a name of any
medicine of the site. A word that is typed with a slip is known (`near_words`); `=a` is a word only as it stands, and
`*pillen` any word with that ending. Sets and parts are those of one file; a frame holds for the parts of each file.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from drugs.content.normalisation import fold

_NUMBER = re.compile(r"(\d{1,3})(?:\+|-(\d{1,3}))")
# Numbers of five digits and more count nothing that is taken.
MOST = 9999


@dataclass(frozen=True)
class Slot:
    """A place of a phrase: `words` that may stand there, or a number from `least` to `most`, or the name of a
    `medicine`, or any words (a gap)."""

    words: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()
    least: int = 0
    most: int = MOST
    medicine: bool = False
    optional: bool = False
    gap: bool = False


@dataclass(frozen=True)
class Phrase:
    """Words in a row: one way to say something, or a part of a frame."""

    slots: tuple[Slot, ...]
    meaning: str = ""
    part: tuple[str, str] = ("", "")  # the language and name of the part that it is a way to say
    first: bool = False  # only at the beginning of a query
    last: bool = False  # only at its end
    little: frozenset[str] = frozenset()  # words that may stand between those of the phrase


@dataclass(frozen=True)
class Frame:
    """Parts that together say something, in any order and in any language."""

    parts: frozenset[str]
    without: frozenset[str] = frozenset()
    meaning: str = ""


@dataclass
class PhraseFiles:
    """What the files say, before it is put in order. `languages` are the stems of their names."""

    sets: dict[str, list[str]] = field(default_factory=dict)  # of the file that is being read
    rewrites: list[tuple[list[str], list[str]]] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    aside: list[Phrase] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    never: set[str] = field(default_factory=set)
    medicines: set[str] = field(default_factory=set)
    no_names: set[str] = field(default_factory=set)
    no_aside_before: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)  # all of them
    with_slips: set[str] = field(default_factory=set)  # those of which a slip is known


def read_files(files: Iterable[Path]) -> PhraseFiles:
    """The lines of all `files`. Raises ValueError that names the line which nobody can read."""
    lines = PhraseFiles()
    for file in files:
        lines.sets = {}
        lines.languages.append(file.stem)
        read = len(lines.phrases), len(lines.aside)
        _read(file, lines)
        _collect_words(lines, *read)
        for name, words in (
            ("never", lines.never),
            ("medicine", lines.medicines),
            ("no_name", lines.no_names),
            ("no_aside_before", lines.no_aside_before),
        ):
            words.update(map(fold, lines.sets.get(name, [])))
    said = {name for phrase in lines.phrases for name in phrase.part[1:]}
    for frame in lines.frames:
        if missing := (frame.parts | frame.without) - said:
            raise ValueError(
                f"Frame {' '.join(sorted(frame.parts))}: nothing says {', '.join(sorted(missing))}."
            )
    return lines


def _collect_words(lines, phrases, aside):
    """Puts the words of the phrases and asides from these numbers on to those of `lines`."""
    said = [slot for phrase in lines.phrases[phrases:] + lines.aside[aside:] for slot in phrase.slots]
    words = {word for slot in said for word in slot.words}
    words.update(map(fold, lines.sets.get("medicine", [])))
    letters = int("".join(lines.sets.get("slips_from", ["0"])))
    lines.words |= words
    lines.with_slips.update(word for word in words if len(word) >= letters)


def _read(file: Path, lines: PhraseFiles) -> None:
    meaning, part = "", ("", "")
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        line = line.partition("#")[0].strip()
        if not line:
            continue
        if line.startswith("["):
            meaning, part = line.strip("[]"), ("", "")
        elif line.startswith("{"):
            name = line.strip("{}")
            part = (file.stem, name) if name else ("", "")
        elif line.startswith("&"):
            lines.frames.append(_frame(line[1:].split(), meaning))
        elif " = " in line:
            name, _, words = line.partition(" = ")
            lines.sets.setdefault(name.strip(), []).extend(_expanded(words.split(), lines.sets))
        elif " > " in line:
            typed, _, read = line.partition(" > ")
            lines.rewrites.append((fold(typed).split(), fold(read).split()))
        else:
            aside, text = line.startswith("!"), line.lstrip("! ")
            try:
                phrases = [_phrase(way, meaning, part, lines.sets) for way in _ways_to_end(text)]
                if aside:  # what is set aside is said to the letter
                    phrases = [replace(phrase, little=frozenset()) for phrase in phrases]
            except KeyError as missing:
                raise ValueError(f"{file.name}, line {number}: there is no set {missing}.") from None
            (lines.aside if aside else lines.phrases).extend(phrases)


def _frame(words, meaning):
    without = frozenset(word[1:] for word in words if word.startswith("-"))
    return Frame(frozenset(word for word in words if not word.startswith("-")), without, meaning)


def _expanded(words, sets):
    for word in words:
        yield from sets[word[1:-1]] if word.startswith("<") else (word,)


def _ways_to_end(text):
    """The phrase of `text`, or the two of one whose last place is a word or the end of the query."""
    before, _, last = text.rpartition(" ")
    choices = last.split("|")
    if "$" not in choices[1:]:
        return [text]
    return [f"{before} {'|'.join(choice for choice in choices if choice != '$')}", f"{before} $"]


def _phrase(text, meaning, part, sets):
    first, last = text.startswith("^"), text.endswith("$")
    slots = tuple(_slot(word, sets) for word in text.strip("^$ ").split())
    return Phrase(slots, meaning, part, first, last, frozenset(map(fold, sets.get("little", []))))


def _slot(text: str, sets: dict[str, list[str]]) -> Slot:
    if text == "...":
        return Slot(gap=True)
    optional, text = text.startswith("?"), text.lstrip("?")
    words, exact, least, most, medicine = set(), set(), 0, MOST, False
    for part in text.split("|"):
        choices = sets[part[1:-1]] if part.startswith("<") else [part]
        for choice in choices:
            if number := _NUMBER.fullmatch(choice):
                least, most = int(number[1]), int(number[2] or MOST)
            elif choice == "@":
                medicine = True
            elif choice.startswith("="):
                exact.add(fold(choice))
            elif choice.startswith("*"):
                words.add("*" + fold(choice))
            else:
                words.add(fold(choice))
    return Slot(frozenset(words), frozenset(exact), least, most, medicine, optional)
