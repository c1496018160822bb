"""Readability checks (level `look`): long sentences, and the Flesch-Kincaid grade of the page."""

import heapq
import re
from collections.abc import Iterator
from typing import NamedTuple

from drugs.content import Document, Finding
from drugs.content.markdown import plain
from drugs.content.whitespace import shortened
from drugs.content_checks.texts import texts

LONG_SENTENCE = 45  # words; NHS style asks for 20, this is where even a patient reader gets lost
HIGH_GRADE = 14  # Flesch-Kincaid; about reading age 19
LONGEST = 3  # sentences that an editor is shown
SHOWN = 120  # characters of each

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_VOWELS = re.compile(r"[aeiouy]+", re.IGNORECASE)
_SILENT_E = re.compile(r"[^aeiouyl]e$", re.IGNORECASE)


def sentences_are_short(document: Document) -> Iterator[Finding]:
    """One finding for each text that has a sentence of more than LONG_SENTENCE words, about the first of them."""
    for path, text in texts(document):
        for sentence in _SENTENCE_END.split(text):
            # Fewer characters cannot hold so many words: most sentences are never split.
            if len(sentence) > 2 * LONG_SENTENCE and len(words := _WORD.findall(sentence)) > LONG_SENTENCE:
                message = f"A sentence of {len(words)} words: “{_quoted(sentence, 60)}…”"
                yield Finding("look", "long-sentence", message, path)
                break


def can_be_read(document: Document) -> Iterator[Finding]:
    """The Flesch-Kincaid grade of the page as a whole is at most HIGH_GRADE."""
    grade = reading_grade(" ".join(text for _, text in texts(document)))
    if grade > HIGH_GRADE:
        message = f"The text reads at US school grade {grade:.0f}. Shorter sentences and plainer words help."
        yield Finding("look", "reading-grade", message, "sections")


class LongSentence(NamedTuple):
    """A sentence of a text, as its editor sees it."""

    words: int
    sentence: str
    path: str  # of the text, as in a Finding


class Reading(NamedTuple):
    """How hard a page is to read: its Flesch-Kincaid grade and its longest sentences, the longest first."""

    grade: int
    longest: tuple[LongSentence, ...]


def reading(document: Document) -> Reading:
    """The reading grade of `document`, and its LONGEST (three) longest sentences."""
    told = [(path, text) for path, text in texts(document) if text]
    sentences = (
        (len(_WORD.findall(sentence)), sentence, path)
        for path, text in told
        for sentence in _SENTENCE_END.split(text)
    )
    longest = heapq.nlargest(LONGEST, sentences, key=lambda found: found[0])
    grade = reading_grade(" ".join(text for _, text in told))
    quoted = (LongSentence(words, _beginning(sentence), path) for words, sentence, path in longest if words)
    return Reading(max(0, round(grade)), tuple(quoted))


def reading_grade(text: str) -> float:
    """Flesch-Kincaid grade level (Kincaid and others 1975): the US school grade at which `text` can be read.

    0 for a text without words.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = sum(1 for part in _SENTENCE_END.split(text) if _WORD.search(part))
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def _quoted(sentence, limit):
    """The beginning of a sentence without marks of emphasis."""
    return shortened(sentence.replace("**", ""), limit)


def _beginning(sentence):
    """The beginning of a sentence as readers see it, without Markdown, and with a sign that it goes on."""
    whole = plain(shortened(sentence, 4 * SHOWN))
    return whole if len(whole) <= SHOWN else f"{shortened(whole, SHOWN)}…"


def _syllables(word):
    return max(1, len(_VOWELS.findall(word)) - bool(_SILENT_E.search(word)))


CHECKS = (sentences_are_short, can_be_read)
