"""Side effects that a label lists in a sentence, such as "The most common adverse reactions (≥5%) are headache, nausea
and dizziness": the names, with the share in per cent where one stands beside a name.

A sentence is taken apart only where it says of side effects that they were, are or include something, and then has a
list. What is wrongly taken for a name is seen by the person who ticks.
"""

import re
from collections.abc import Iterator

from drugs.labels.effect_frequencies import share_band
from drugs.labels.effect_names import LabelEffect, clean, is_name, named, split_names

LIST_OF_EFFECTS = re.compile(
    r"side effects?|adverse (?:drug )?(?:reactions?|events?|effects?|experiences?)|undesirable effects?|reactions",
    re.IGNORECASE,
)
_EFFECTS = re.compile(LIST_OF_EFFECTS.pattern + r"|\bevents\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?\]])\s+(?=[\[(*]{0,3}[A-Z])")
_JOINT = re.compile(
    r"\b(?:were|are|was|is|include[sd]?|including|as follows|consisted of)(?: the following)?:?\s", re.I
)
_OFTEN = re.compile(r"\bcommon|\bfrequent|\breported|\bobserved|\boccur|\binclude", re.IGNORECASE)
# With these a sentence goes on that lists nothing.
_NO_LIST = re.compile(
    r"(?:a|an|all|also|as|associated|attributed|based|because|but|by|characteri[sz]ed|common|comparable|consistent|"
    r"considered|defined|derived|described|discussed|dose|due|evaluated|expected|for|from|generally|given|identified|"
    r"in|its|known|less|likely|limited|listed|mild|moderate|mostly|more|needed|neither|never|no|none|nor|not|observed|"
    r"obtained|of|on|ones|possible|presented|provided|rare|rarely|recorded|related|reported|reversible|seen|shown|similar|"
    r"some|summari[sz]ed|that|the|their|these|they|this|those|to|transient|treated|unlikely|usually|voluntary|well|which|"
    r"with|without)\b",
    re.IGNORECASE,
)
# What says that the effects did not come, and not "those that were not seen in trials".
_DENIED = re.compile(
    r"\b(?:no|neither|absence of|lack of)\s+(?:(?:cases?|reports?|instances?|occurrences?) of\s+)?(?:[\w-]+\s+){0,3}?"
    r"(?:side effects?|adverse|undesirable|reactions|events)\b|"
    r"(?<!that )(?<!which )\b(?:was|were|has|have|had|is|are|does|do|did)\s+(?:not|never)\s+(?:been\s+|be\s+)?"
    r"(?:associated|caused?|detected|expected|experienced|found|identified|includ|noted|observed|occur|recorded|reported|"
    r"seen)",
    re.IGNORECASE,
)
_NONE = re.compile(r"\s*(?:no|none|not|never|neither|without)\b", re.IGNORECASE)
# Before the word for effects: what is listed is done about them, or has them.
_ABOUT_EFFECTS = re.compile(
    r"\b(?:(?:treatment|management|prevention) of|treating|managing|preventing|at (?:\w+ )?risk (?:of|for)|"
    r"risk factors? for)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
# A share of these is not how often the effect comes.
_OF_SOME = re.compile(r"discontinu|withdraw|dose (?:reduction|interruption)|hospitali", re.IGNORECASE)
_AND = re.compile(r"^(?:and|or)\s+", re.IGNORECASE)
_SHARE = re.compile(r"\s*[(\[]\s*(\d{1,3}(?:[.,]\d{1,2})?\s*%)[^)\]]{0,60}[)\]]")
_REFERENCE = re.compile(
    r"\s*[\[(]\s*(?:see\b(?:[^\[\]()]|\([^()]{0,60}\)){0,120}|\d{1,2}(?:\.\d{1,2}){0,2}(?:\s*,\s*\d{1,2}\.\d{1,2}){0,4}\s*)[\])]",
    re.IGNORECASE,
)
_SYSTEM = re.compile(r"(?:^|[;.]\s+)([A-Z][^:;.()]{2,59}):\s*")
_LONGEST = 2_000  # characters of a sentence
_MOST_CHARS = 100_000  # of a paragraph


def effects_of_prose(text: str) -> Iterator[LabelEffect]:
    """The side effects that the sentences of a paragraph list."""
    for sentence in _SENTENCE.split(text[:_MOST_CHARS]):
        if len(sentence) <= _LONGEST and _EFFECTS.search(sentence) and _OFTEN.search(sentence):
            yield from _of_sentence(clean(_REFERENCE.sub("", sentence)))


def denies(text: str) -> bool:
    """Whether `text` says that side effects were not seen: what it lists then is none."""
    return bool(_DENIED.search(text))


def systems_of(text: str) -> list[tuple[str, list[str]]]:
    """The organs that a paragraph names before colons, each with the names after it; none if anything else is there."""
    marks = list(_SYSTEM.finditer(text))
    if not marks or marks[0].start() > 0:
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    found = [(mark[1], _list(text[mark.end() : end])) for mark, end in zip(marks, ends, strict=True)]
    return found if found[0][1] and all(map(is_name, found[0][1])) else []


def _of_sentence(sentence: str) -> Iterator[LabelEffect]:
    effects = _EFFECTS.search(sentence)
    if not effects or denies(sentence) or _ABOUT_EFFECTS.search(sentence[: effects.start()]):
        return
    colon = sentence.find(":", effects.end())
    comma = sentence.find(",", effects.end())
    if colon >= 0:
        lead, rest = sentence[:colon], sentence[colon + 1 :]
        if not (_JOINT.search(lead + " ") or _OFTEN.search(lead)) or _NONE.match(rest):
            return
    else:
        joints = list(_JOINT.finditer(sentence, effects.end(), comma if comma > 0 else len(sentence)))
        if not joints:
            return
        lead, rest = sentence[: joints[-1].end()].strip(), sentence[joints[-1].end() :]
        if _NO_LIST.match(rest):
            return
    names = _list(rest)
    if len(names) < 2:
        return
    for name in names:
        share = _SHARE.search(name)
        word = name[: share.start()] if share else name
        if not _NO_LIST.match(word):
            said = share[1] if share else ""
            is_how_often = said and not _OF_SOME.search(lead)
            yield from named([word], share_band(said) if is_how_often else "not_stated", lead, said)


def _list(text: str) -> list[str]:
    """The names of a list in a sentence; the last two may have no comma between them."""
    names = [
        _AND.sub("", name.strip()) if number else name.strip()
        for number, name in enumerate(split_names(text))
    ]
    last = split_names(text)[-1].strip().rstrip(".")
    if not _AND.match(last) and last.count(" and ") == 1 and "(" not in last.split(" and ")[0][-1:]:
        names[-1:] = last.split(" and ")
    return [name for name in (name.strip(" .;") for name in names) if name]
