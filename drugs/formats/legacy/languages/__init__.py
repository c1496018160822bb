"""Headings of sections in several languages: the kind that a heading names, and the language that it is written in.

Each module of this package is the vocabulary of one language. `HEADINGS` lists the headings of each kind, in small
letters without accents, parted by `|`; `…` stands for the name of a medicine. `OPEN` lists headings of a kind whose own
sub-headings are complete without them, `CONTAINERS` those that only say where one is.
"""

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from typing import NamedTuple

from drugs.formats.legacy.languages import de, en, es, fr, it, nl, pt

VOCABULARIES = {"en": en, "de": de, "fr": fr, "es": es, "pt": pt, "it": it, "nl": nl}

# Numbers and symbols before a heading: `4.3 `, `2. `, `(b) `, `IV) `, `💊 `.
_BEFORE = re.compile(r"^(?:(?:\d+(?:\.\d+)*[.):]?|\(?[a-z0-9ivx]{1,4}[.)]|[^\w\s(]+)\s+)+")
_BEHIND = re.compile(r"[\s:?!.,;]+(?:[^\w\s()?]+)?$")
_LONGEST = 200
# Words behind a name that say whose or for whom: `Dosierung bei Kindern`.
_CONNECTORS = frozenset(
    "von bei fur des der im in de du d'un d'une chez pour en para del con do da em di nei nelle per van bij"
    " voor".split()
)


class Named(NamedTuple):
    """What a heading names: a kind, the languages in which it does, and whether its sub-headings stand alone."""

    kind: str
    languages: frozenset[str]
    is_open: bool = False
    is_sentence: bool = False  # a whole sentence about the medicine, complete without the heading above it


def key(heading):
    """`heading` as the vocabularies spell it: small letters without accents, numbers, marks and symbols around it."""
    text = (
        heading.replace("*", "")
        .casefold()
        .replace("’", "'")
        .replace("‘", "'")
        .replace("–", "-")
        .replace("—", "-")
    )
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in text if not unicodedata.combining(char))
    text = _BEFORE.sub("", " ".join(text.split()).rstrip("#"))
    return _BEHIND.sub("", text).strip(" ¿¡")


@lru_cache(maxsize=4096)
def named(heading):
    """What `heading` is a name of, or None."""
    if len(heading) > _LONGEST:
        return None
    text = key(heading)
    if found := _NAMES.get(text):
        return found
    if " " not in text:
        return None
    first = text[: text.index(" ")]
    for found, entry in (*_SENTENCES.get(first, ()), *_SENTENCES.get("", ())):
        if _pattern(entry).fullmatch(text):
            return found
    return _with_remark(text)


def _with_remark(text):
    words = text.split()
    for at in range(min(len(words) - 1, 8), 0, -1):
        in_brackets = words[at][0] == "("
        found = _NAMES.get(" ".join(words[:at])) if in_brackets or words[at] in _CONNECTORS else None
        if found and (in_brackets or "en" not in found.languages):
            return found
    return None


def is_container(heading):
    """True for a heading that takes no meaning from those below it when it is away."""
    return key(heading) in _CONTAINERS


def language_of(headings):
    """The language, other than English, that most of the `headings` are certainly written in; else None."""
    votes = Counter()
    for heading in headings:
        found = named(heading)
        if found and found.languages:
            votes.update(found.languages)
    if not votes:
        return None
    (best, count), *_ = votes.most_common(1)
    others = [language for language, votes_for in votes.items() if votes_for == count and language != best]
    return None if best == "en" or others or count <= votes["en"] else best


def _entries(text):
    return [" ".join(entry.split()) for entry in text.split("|") if entry.strip()]


def _collect():
    names, sentences = {}, {}
    for language, vocabulary in VOCABULARIES.items():
        for is_open, table in ((True, vocabulary.OPEN), (False, vocabulary.HEADINGS)):
            for kind, text in table.items():
                for entry in _entries(text):
                    into = sentences if "…" in entry else names
                    before = into.get(entry)
                    languages = (before.languages if before else frozenset()) | {language}
                    into[entry] = Named(before.kind if before else kind, languages, is_open, "…" in entry)
    return names, sentences


@cache
def _pattern(entry):
    return re.compile(r".{1,80}?".join(map(re.escape, entry.split("…"))), re.S)


_NAMES, _BY_SENTENCE = _collect()
# By their first word, or nothing for those that begin with the medicine.
_SENTENCES = {}
for _entry, _found in _BY_SENTENCE.items():
    _SENTENCES.setdefault(_entry.partition(" ")[0].removeprefix("…"), []).append((_found, _entry))
_CONTAINERS = frozenset(
    entry for vocabulary in VOCABULARIES.values() for entry in _entries(vocabulary.CONTAINERS)
)
