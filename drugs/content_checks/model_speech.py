"""Speech of a language model to whoever asked it for a page: sentences weighed by classes of words that stand together.

A monograph never says `I` outside quotations and questions, nor speaks of its prompt, of a request or of more that it
could write; a model does. Shapes of word classes have weights (speech_shapes); their sum tells whether a sentence
blocks, may be such speech, or says nothing. What is quoted, and what is shown as code, is not the page's own speech.
"""

import re
import string
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from drugs.content_checks import speech_shapes
from drugs.content_checks.speech_shapes import BLOCK, DOUBTFUL, LOOK
from drugs.content_checks.speech_words import COMMON, ENGLISH
from drugs.content_checks.speech_words_others import GERMANIC, ROMANCE
from drugs.content_checks.texts import Text
from drugs.content_checks.word_shapes import OTHER, Row, Vocabulary, still_possible

__all__ = ["BLOCK", "DOUBTFUL", "LOOK", "Said", "spoken"]

_ENGLISH = Vocabulary(ENGLISH, speech_shapes.STATEMENTS, speech_shapes.QUESTIONS, COMMON)
_OTHERS = tuple(
    Vocabulary(words, speech_shapes.OTHER_STATEMENTS, speech_shapes.OTHER_QUESTIONS, COMMON)
    for words in (GERMANIC, ROMANCE)
)
_VOCABULARIES = (_ENGLISH, *_OTHERS)
_FENCE = re.compile(r"^(`{3,}|~{3,})(.*)$", re.MULTILINE)
# Quotations, code, and quoted blocks; quotation marks stand at words' edges, unlike those of inches and minutes.
_QUOTED = re.compile(
    r"(?<!`)`[^`\n]+`(?!`)|^ {0,3}>[^\n]*"
    r"|[“„][^“”„\n]{1,400}[”“]|«[^«»\n]{1,400}»|(?<!\w)\"[^\"\n]{1,400}\"(?!\w)|(?<!\w)‘[^‘’\n]{1,200}’(?!\w)",
    re.MULTILINE,
)
_QUOTES = re.compile('["“„«`>‘]|~~~')
_BETWEEN = re.compile(r"(?<=[.!?])[*_]* +(?=[^a-z\s])|\n+")
# A word that answers whoever asked belongs to the sentence behind it.
_OPENER = re.compile(
    r"\b(certainly|sure|of course|absolutely|okay|understood|great question|natürlich|gerne|selbstverständlich"
    r"|natuurlijk|bien sûr|claro|por supuesto|certo|com certeza)[!.] ",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\d+|[,;:(!\[–—]")
_PART = re.compile(r"[^\W\d_]+")
_NO_LETTERS = str.maketrans(dict.fromkeys(string.punctuation + string.digits, " "))
_OF_ROMANCE = re.compile(r"(?<!\d)(?:[jm]'|[^\W\d_]+)")
# `I` that is a number, of a kind or a class, or that no verb follows.
_NUMERAL = re.compile(
    r"(?<![\w'-])(types?|class|phase|stage|grade|factor|group|bipolar|troponin|angiotensin|\w+ase|collagen|vitamin|level"
    r"|category|schedule|part|chapter|volume|table|figure|appendix|annex|region|complex|axis|nerve|mobitz|chiari|nyha"
    r"|asa|mps|study|cohort|arm|apo\w*|mucopolysaccharidosis|trial|degree) I(?![\w'])",
    re.IGNORECASE,
)
_NO_SPEAKER = re.compile(r"(?<![\w'-])[Ii](?![\w'-]| [a-z*_])")
_ENDINGS = {"m": "am", "ve": "have", "ll": "will", "d": "would", "re": "are", "s": "is"}
# What of `we'll`, `didn't` and `cannot` stands in a vocabulary.
_NEGATED = "do does did would should could is are was were have has had".split()
_SPLIT: dict[str, tuple[str, ...]] = {
    **{ending: (word,) for ending, word in _ENDINGS.items()},
    **{f"{word}n": (word,) for word in _NEGATED},
    "won": ("will",),
    "t": ("not",),
    "cannot": ("can", "not"),
}
_SPLIT_WORDS = frozenset(_SPLIT)
_ENDED = frozenset("i you we it that here there this they".split())
_SHORTENED = {"ca": "can", "wo": "will"}


class Said(NamedTuple):
    """A sentence that may be a model's, and how much says so."""

    path: str
    words: str
    weight: int


def spoken(told: Iterable[Text]) -> tuple[Said, ...]:
    """The sentences of `told` that weigh LOOK or more; several checks ask about a page, and it is heard once."""
    return _heard(tuple(told))


@lru_cache(maxsize=128)
def _heard(told: tuple[Text, ...]) -> tuple[Said, ...]:
    return tuple(said for path, text in told for said in _heard_in(path, text.replace("’", "'")))


def _heard_in(path: str, text: str) -> Iterator[Said]:
    words = _words(text.lower())
    found = ((vocabulary, _enough(vocabulary.possible(words))) for vocabulary in _VOCABULARIES)
    rows = [(vocabulary, possible) for vocabulary, possible in found if possible]
    if not rows:
        return
    if _QUOTES.search(text):
        text = _QUOTED.sub(" … ", _without_code(text))
    for sentence in _BETWEEN.split(_OPENER.sub(r"\1, ", text)):
        said = sentence.strip(" \t*_#")
        if (weight := _weight(said, rows)) >= LOOK:
            yield Said(path, said[:80], weight)


def _without_code(text: str) -> str:
    """`text` without its fenced blocks of code, as far as they are closed: one line after the other, since a search for
    the end of each takes time with the square of them.
    """
    kept, start = [], 0
    opening: re.Match[str] | None = None
    for line in _FENCE.finditer(text):
        if opening is None:
            opening = line
        elif line[1].startswith(opening[1]) and not line[2].strip():
            kept.append(text[start : opening.start()])
            start, opening = line.end(), None
    return " … ".join([*kept, text[start:]])


def _words(small: str) -> set[str]:
    """The words of a text in small letters, as shapes need them: `can't` has `not`, and a number is `1`."""
    # Half of the time, where there are no other letters.
    words = set(small.translate(_NO_LETTERS).split() if small.isascii() else _PART.findall(small))
    words.add("1")
    for ending in _SPLIT_WORDS.intersection(words):
        words.update(_SPLIT[ending])
    return words


def _enough(rows: list[Row]) -> list[Row]:
    """`rows`, if together they could weigh enough to be told of."""
    return rows if sum([row.points for row in rows]) >= LOOK else []


def _weight(sentence: str, rows: list[tuple[Vocabulary, list[Row]]]) -> int:
    words = _words(sentence.lower())
    asks = sentence.endswith("?")
    most = 0
    for vocabulary, of_text in rows:
        if possible := _enough([row for row in still_possible(of_text, words) if row.asks == asks]):
            letters = _english if vocabulary is _ENGLISH else _letters
            most = max(most, vocabulary.weigh(letters(sentence, vocabulary), possible))
    return most


def _letters(sentence: str, vocabulary: Vocabulary) -> str:
    return "".join(vocabulary.letters.get(part, OTHER) for part in _OF_ROMANCE.findall(sentence.lower()))


def _english(sentence: str, vocabulary: Vocabulary) -> str:
    known = vocabulary.letters
    if "I" in sentence or " i " in sentence:
        sentence = _NO_SPEAKER.sub("1", _NUMERAL.sub(r"\1 1", sentence))
    tokens = _TOKEN.findall(sentence.lower().replace("cannot", "can not"))
    return "".join([known[word] if word in known else _of_other(word, known) for word in tokens])


def _of_other(word: str, known: Mapping[str, str]) -> str:
    """Letters of what is no word of the vocabulary: `didn't` has two, `lay-reader` too."""
    if word.isalpha():
        return OTHER
    if word.isdigit():
        return known["1"]
    if not word[0].isalpha():
        return word if word in "([!" else ","
    if word.endswith("n't"):
        return known.get(_SHORTENED.get(word[:-3], word[:-3]), OTHER) + known["not"]
    if "'" in word:
        word, ending = word.split("'", 1)
        ended = known[_ENDINGS[ending]] if ending in _ENDINGS and word in _ENDED else ""
        return known.get(word, OTHER) + ended
    return "".join([known.get(part, OTHER) for part in word.split("-")])
