"""Crisis queries: those of people who want to die, who took too much or who swallowed something.

They are answered by whom to call, before anything else, and are nobody's business: never counted, never kept. What
people say is data, one file a language in `crisis/`, and all languages count everywhere.
"""

import functools
from pathlib import Path

from drugs.search.questions.phrases import PhraseList

FOLDER = Path(__file__).parent / "crisis"


@functools.cache
def _phrases() -> PhraseList:
    return PhraseList(sorted(FOLDER.glob("*.txt")))


def is_crisis(query: str) -> bool:
    """Whether `query` speaks of suicide, an overdose or a poisoning. Asks no database."""
    phrases = _phrases()
    return bool(phrases.matches(phrases.words(query)))


def without_crisis_words(text: str) -> str:
    """The words of `text` that may name a medicine: those that no phrase of a crisis has."""
    phrases = _phrases()
    return " ".join(word for word in phrases.words(text) if not phrases.knows(word))
