"""Advice inside the description of a side effect: what to do about it, apart from what only explains it.

What to do is shown strong, what explains it pale; what may be either is neither. No word is lost.
"""

import re
from typing import NamedTuple

LONGEST = 240  # characters that are still read when all of them are strong

# Words of an English sentence that asks something of its reader, and words with which it might.
_NOUNS_TOO = "call|check|contact|drink|limit|report|rest|ring|stay|stop|use|watch|wear"  # `with long use`
_ACTS = re.compile(
    r"\b(?:ask|avoid|consult|do not|don't|eat|get (?:medical )?(?:help|advice|to)|give|go to|keep|learn|lie down|must|"
    r"never|seek|should|sit|stand up|take|tell|try|wait|emergency|the same day|at once|immediately|"
    r"(?:brush|clean|rinse|wash) your|see (?:an?|the|your) (?:dentist|doctor|midwife|nurse|optician|pharmacist))\b"
    rf"|(?:^|[.,:;!?]\s|\b(?:and|can|may|must|not|only|or|please|should|then|to|you)\s)\s*(?:{_NOUNS_TOO})\b",
    re.IGNORECASE,
)
_MAY_ACT = re.compile(
    rf"\b(?:{_NOUNS_TOO})\b"
    r"|\b(?:if|when|unless|until|before|after|need\w*|help|dentist|doctor|optician|pharmacist|nurse|midwife|hospital|"
    r"monitor\w*|treat\w*|attention|advice|checked|urgent\w*|immediate|not|only|get|go)\b",
    re.IGNORECASE,
)
# A sentence that begins like this follows from the one before it, and is not to be read alone.
_FOLLOWS = re.compile(
    r"(?:it|its|this|that|these|those|they|then|so|if so|otherwise|but|and|or)\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_MARKS = frozenset("*_`[]<>|#\n")  # Markdown that may reach over the end of a sentence


class Advice(NamedTuple):
    """A description as Markdown: what to do, what explains it, and what is not told apart. Any may be empty."""

    act: str = ""
    explanation: str = ""
    text: str = ""


def advice(description: str, english: bool) -> Advice:
    """The advice in a `description`, which is told apart in English alone and where nothing but words stands in it.

    A sentence that leans on the one before it keeps all of them together: apart they could say something else.
    """
    if not english or _MARKS.intersection(description.strip()):
        return Advice(text=description)
    sentences = _SENTENCE_END.split(description.strip())
    acts = [sentence for sentence in sentences if _ACTS.search(sentence)]
    others = [sentence for sentence in sentences if sentence not in acts]
    doubtful = any(map(_MAY_ACT.search, others))
    if not acts:
        return Advice(text=description) if doubtful else Advice(explanation=description)
    leans = any(map(_FOLLOWS.match, sentences[1:]))
    if others and (doubtful or leans) or sum(map(len, acts)) > LONGEST:
        return Advice(text=description)
    return Advice(" ".join(acts), " ".join(others))
