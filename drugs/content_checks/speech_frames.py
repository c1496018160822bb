"""Frames of a language model's speech: what must stand together in one sentence, whatever its other words.

A model speaks of itself and of its task: it refuses, tells how it made the text, names what it is, or turns to whoever
asked. Each Frame of a language holds expressions, all of which one sentence must have, and what it must not have.
What is quoted, and what is shown as code, is not the page's own speech. Patients and doctors say `I` as well (`I cannot
swallow`, `I prefer 5 mg`): they name no part of a document and no task of writing.
"""

import re

from drugs.content_checks import speech_frames_english, speech_frames_others

_COMPILED = tuple(
    (
        f.signs,
        tuple(map(re.compile, f.all_of)),
        re.compile(f.none_of, re.IGNORECASE) if f.none_of else None,
        f.asks,
    )
    for f in (*speech_frames_english.FRAMES, *speech_frames_others.FRAMES)
)
# Quotations, code, and quoted blocks; quotation marks stand at words' edges, unlike those of inches and minutes.
_QUOTED = re.compile(
    r"^(`{3,8}|~{3,8})[^\n]*\n.*?^\1[`~]*[ \t]*$|(?<!`)`[^`\n]+`(?!`)|^ {0,3}>[^\n]*"
    r"|[“„][^“”„\n]{1,400}[”“]|«[^«»\n]{1,400}»|(?<!\w)\"[^\"\n]{1,400}\"(?!\w)|(?<!\w)‘[^‘’\n]{1,200}’(?!\w)",
    re.MULTILINE | re.DOTALL,
)
# Numbers of kinds and classes, which would else be heard as a speaker.
_NUMERAL = re.compile(
    r"\b((?:types?|class|phase|stage|grade|factor|group|bipolar|troponin|angiotensin|\w+ase|collagen|vitamin"
    r"|level|category"
    r"|schedule|part|chapter|volume|table|figure|appendix|annex|region|complex|axis|nerve|mobitz|chiari|nyha"
    r"|asa|mps|study"
    r"|cohort|arm|apo\w*|mucopolysaccharidosis|trial|degree)) I\b(?!['’])",
    re.IGNORECASE,
)
# Such a quotation stands within a sentence (`“I cannot write”, said one`); a whole line may be the page's own speech.
_SAID = re.compile(
    r"(?:[“„][^“”„\n]{1,400}[”“]|(?<!\w)\"[^\"\n]{1,400}\"),? (?=(?:said|says|the|one|a|some|many|reported) )"
)
_BETWEEN = re.compile(r"(?<=[.!?])[*_]* +(?=[^a-z\s])|\n+")


def own_words(text: str) -> str:
    """`text` without what it says that somebody said, and with 1 for the `I` of kinds and classes."""
    told = _SAID.sub(" … ", text)
    return _NUMERAL.sub(r"\1 1", told) if " I" in told else told


def framed(text: str) -> str | None:
    """The start of the first sentence of `text` that stands in a frame of a model's speech; None where none does.

    Quotations and code are not heard.
    """
    spoken = _QUOTED.sub(" … ", text)
    small = f"\n{spoken.lower()} "
    tried = [row for row in _COMPILED if any(map(small.__contains__, row[0]))]
    if not tried:
        return None
    for sentence in _BETWEEN.split(spoken):
        sentence = sentence.strip(" \t*_#")
        is_question = sentence.endswith("?")
        said = f"\n{sentence.lower()} "
        for signs, all_of, none_of, asks in tried:
            if (is_question and not asks) or not any(map(said.__contains__, signs)):
                continue
            if all(e.search(sentence) for e in all_of) and not (none_of and none_of.search(sentence)):
                return sentence[:80]
    return None
