"""Crisis queries: those of people who want to die, who took too much or who swallowed something.

They are answered by whom to call, before anything else, and are nobody's business: never counted, never kept. What
people say is data, one file a language in `crisis/`, and all languages count everywhere.
"""

import functools
import itertools
from pathlib import Path

from drugs.search import names
from drugs.search.questions.medicines import ends_as_names_do
from drugs.search.questions.phrases import PhraseList
from drugs.search.questions.topics import FILLERS

FOLDER = Path(__file__).parent / "crisis"
# Words of a query among which names are looked for, and letters of a name at least.
MOST_UNKNOWN, NAME_CHARS = 24, 4
# Parts of frames that speak of what is taken, or may be.
OF_POISONING = frozenset(("taking", "medicine", "poison"))


@functools.cache
def _phrases() -> PhraseList:
    return PhraseList(sorted(FOLDER.glob("*.txt")))


def is_crisis(query: str) -> bool:
    """Whether `query` speaks of suicide, an overdose or a poisoning. Asks the database once at most, and only what
    would speak of one if a word that nobody knows is the name of a medicine."""
    phrases = _phrases()
    words = phrases.words(query)
    unknown = frozenset(word for word in words[:MOST_UNKNOWN] if _may_be_a_name(phrases, word))
    sounding = frozenset(filter(ends_as_names_do, unknown))
    if phrases.matches(words, sounding):
        return True
    if unknown == sounding or not phrases.matches(words, unknown):
        return False
    named = _named(words[:MOST_UNKNOWN], unknown)
    return not named <= sounding and bool(phrases.matches(words, named | sounding))


def is_wish_to_die(query: str) -> bool:
    """Whether `query`, which `is_crisis`, speaks of dying or hurting oneself, as the files say below `[dying]`, and not
    also of what was taken: then nobody knows which help is meant. Asks no database."""
    phrases = _phrases()
    words = phrases.words(query)
    sounding = frozenset(filter(ends_as_names_do, words))
    found = phrases.matches(words, sounding)
    dying = [match for match in found if match.meaning == "dying"]
    beside = (match for match in found if match.meaning != "dying")
    return (
        bool(dying)
        and phrases.parts(words, sounding).isdisjoint(OF_POISONING)
        and all(match.end - match.start > 1 and any(map(match.overlaps, dying)) for match in beside)
    )


def _may_be_a_name(phrases, word):
    return len(word) >= NAME_CHARS and word not in FILLERS and phrases.may_be_a_name(word)


def _named(words, unknown):
    """Those of the `unknown` words that are names of medicines, or the two words of one."""
    pairs = [pair for pair in itertools.pairwise(words) if not unknown.isdisjoint(pair)]
    known = names.known_names([*unknown, *map("".join, pairs)])
    found = {word for word in unknown if word in known}
    return frozenset(found.union(*(unknown & set(pair) for pair in pairs if "".join(pair) in known)))


def without_crisis_words(text: str) -> str:
    """The words of `text` that may name a medicine: those that no phrase of a crisis has."""
    phrases = _phrases()
    return " ".join(word for word in phrases.words(text) if not phrases.knows(word))
