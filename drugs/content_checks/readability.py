"""What makes a text hard to read: long sentences, and words of many syllables."""

import re

from drugs.content import Finding
from drugs.content_checks.texts import texts

LONG_SENTENCE = 45  # words; NHS style asks for 20, this is where even a patient reader gets lost
HIGH_GRADE = 14  # Flesch-Kincaid; about reading age 19

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_VOWELS = re.compile(r"[aeiouy]+", re.IGNORECASE)
_SILENT_E = re.compile(r"[^aeiouyl]e$", re.IGNORECASE)


def sentences_are_short(document):
    for path, text in texts(document):
        for sentence in _SENTENCE_END.split(text):
            # Fewer characters cannot hold so many words: most sentences are never split.
            if len(sentence) > 2 * LONG_SENTENCE and len(words := _WORD.findall(sentence)) > LONG_SENTENCE:
                message = f"A sentence of {len(words)} words: “{sentence.strip()[:60]}…”"
                yield Finding("look", "long-sentence", message, path)
                break


def can_be_read(document):
    """Flesch-Kincaid grade (Kincaid and others 1975) of the page as a whole."""
    grade = reading_grade(" ".join(text for _, text in texts(document)))
    if grade > HIGH_GRADE:
        message = f"The text reads at US school grade {grade:.0f}. Shorter sentences and plainer words help."
        yield Finding("look", "reading-grade", message, "sections")


def reading_grade(text):
    """The US school grade at which `text` can be read, as a number; 0 for a text without words."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = sum(1 for part in _SENTENCE_END.split(text) if _WORD.search(part))
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def _syllables(word):
    return max(1, len(_VOWELS.findall(word)) - bool(_SILENT_E.search(word)))


CHECKS = (sentences_are_short, can_be_read)
