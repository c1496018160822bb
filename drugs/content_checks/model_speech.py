"""Speech of a language model to whoever asked it for a page: sentences weighed by classes of words that stand together.

A monograph never says `I` outside quotations and questions, nor speaks of its prompt, of a request or of more that it
could write; a model does. Shapes of word classes have weights (speech_shapes); their sum tells whether a sentence
blocks, may be such speech, or says nothing. What is quoted, and what is shown as code, is not the page's own speech.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from drugs.content_checks import speech_shapes
from drugs.content_checks.speech_shapes import BLOCK, DOUBTFUL, LOOK
from drugs.content_checks.speech_words import COMMON, ENGLISH
from drugs.content_checks.speech_words_others import GERMANIC, ROMANCE
from drugs.content_checks.texts import Text
from drugs.content_checks.word_shapes import OTHER, Vocabulary

__all__ = ["BLOCK", "DOUBTFUL", "LOOK", "Said", "spoken"]

_ENGLISH = Vocabulary(ENGLISH, speech_shapes.STATEMENTS, speech_shapes.QUESTIONS, COMMON)
_OTHERS = tuple(
    Vocabulary(words, speech_shapes.OTHER_STATEMENTS, speech_shapes.OTHER_QUESTIONS, COMMON)
    for words in (GERMANIC, ROMANCE)
)
_VOCABULARIES = (_ENGLISH, *_OTHERS)
# Quotations, code, and quoted blocks; quotation marks stand at words' edges, unlike those of inches and minutes.
_QUOTED = re.compile(
    r"^(`{3,8}|~{3,8})[^\n]*\n.*?^\1[`~]*[ \t]*$|(?<!`)`[^`\n]+`(?!`)|^ {0,3}>[^\n]*"
    r"|[“„][^“”„\n]{1,400}[”“]|«[^«»\n]{1,400}»|(?<!\w)\"[^\"\n]{1,400}\"(?!\w)|(?<!\w)‘[^‘’\n]{1,200}’(?!\w)",
    re.MULTILINE | re.DOTALL,
)
_QUOTES = re.compile('["“„«`>‘]|~~~')
_BETWEEN = re.compile(r"(?<=[.!?])[*_]* +(?=[^a-z\s])|\n+")
# A word that answers whoever asked belongs to the sentence behind it.
_OPENER = re.compile(
    r"\b(certainly|sure|of course|absolutely|okay|understood|great question|natürlich|gerne|selbstverständlich"
    r"|natuurlijk|bien sûr|claro|por supuesto|certo|com certeza)[!.] ",
    re.IGNORECASE,
)
_OPENING = frozenset(
    "certainly sure course absolutely okay understood great natürlich gerne selbstverständlich natuurlijk sûr claro"
    " supuesto certo certeza".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_TOKEN = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\d+|[,;:(!\[–—]")
_PART = re.compile(r"(?<!\d)(?:[jm]'|[^\W\d_]+)")
# Behind these, `I` is a number.
_KIND = re.compile(
    r"(?:types?|class|phase|stage|grade|factor|group|bipolar|troponin|angiotensin|\w+ase|collagen|vitamin|level"
    r"|category|schedule|part|chapter|volume|table|figure|appendix|annex|region|complex|axis|nerve|mobitz|chiari|nyha"
    r"|asa|mps|study|cohort|arm|apo\w*|mucopolysaccharidosis|trial|degree)$",
    re.IGNORECASE,
)
_SPEAKS = re.compile(r" [a-z*_]")
_ENDINGS = {"m": "be", "ve": "have", "ll": "will", "d": "would", "re": "be", "s": "be"}
_ENDED = frozenset("i you we it that here there this they".split())
_SHORTENED = {"ca": "can", "wo": "will"}


class Said(NamedTuple):
    """A sentence that may be a model's, and how much says so."""

    path: str
    words: str
    weight: int


def spoken(told: Iterable[Text]) -> Iterator[Said]:
    """The sentences of `told` that weigh LOOK or more."""
    for path, text in told:
        plain = text.replace("’", "'") if "’" in text else text
        words = _words(plain)
        heard = [(vocabulary, cues) for vocabulary in _VOCABULARIES if (cues := vocabulary.cues & words)]
        if not heard:
            continue
        if _QUOTES.search(plain):
            plain = _QUOTED.sub(" … ", plain)
        if not words.isdisjoint(_OPENING):
            plain = _OPENER.sub(r"\1, ", plain)
        for sentence in _BETWEEN.split(plain):
            small = sentence.lower()
            speakers = [vocabulary for vocabulary, cues in heard if any(map(small.__contains__, cues))]
            if speakers and (weight := _weight(said := sentence.strip(" \t*_#"), speakers)) >= LOOK:
                yield Said(path, said[:80], weight)


def _words(text: str) -> set[str]:
    words = set(_WORD.findall(text.lower()))
    for word in [word for word in words if not word.isalpha()]:
        words.update(re.split("['-]", word))
    return words


def _weight(sentence: str, speakers: list[Vocabulary]) -> int:
    asks = sentence.endswith("?")
    return max(
        vocabulary.weigh((_english if vocabulary is _ENGLISH else _letters)(sentence, vocabulary), asks=asks)
        for vocabulary in speakers
    )


def _letters(sentence: str, vocabulary: Vocabulary) -> str:
    return "".join(vocabulary.letters.get(part, OTHER) for part in _PART.findall(sentence.lower()))


def _english(sentence: str, vocabulary: Vocabulary) -> str:
    known = vocabulary.letters
    found: list[str] = []
    before = ""
    for match in _TOKEN.finditer(sentence):
        token = match[0]
        if token in ("I", "i") and (_KIND.match(before) or not _SPEAKS.match(sentence, match.end())):
            found.append(OTHER)
        else:
            found += _of_word(token.lower(), known)
        before = token
    return "".join(found)


def _of_word(word: str, known: dict[str, str]) -> list[str]:
    if word in known:
        return [known[word]]
    if word.isdigit():
        return [known["1"]]
    if not word[0].isalpha():
        return [word if word in "([!" else ","]
    if word == "cannot":
        return [known["can"], known["not"]]
    if word.endswith("n't"):
        return [known.get(_SHORTENED.get(word[:-3], word[:-3]), OTHER), known["not"]]
    if "'" in word:
        word, ending = word.split("'", 1)
        ended = [known[_ENDINGS[ending]]] if ending in _ENDINGS and word in _ENDED else []
        return [known.get(word, OTHER), *ended]
    return [known.get(part, OTHER) for part in word.split("-")]
