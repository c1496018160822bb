"""Mentions of other medicines in the sections that speak of them: candidates of an edition, and whom they mean today.

Candidates are words that could be the name of a medicine, found once an edition and kept as a derived row. Which of
them is one depends on the pages that readers may see, and is asked whenever a page is made anew.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from drugs.content import Document
from drugs.content.normalisation import MAX_CHARS, fold
from drugs.models import Publication
from drugs.search.bearers import bearers

SECTIONS = ("interactions", "do_not_take", "food_alcohol")  # about other medicines, whom it harms, food
LONGEST = 4  # words of a name
SHORTEST = 5  # letters of a word by which a name is told
MOST = 600  # candidates of a page
_PIECE = re.compile(r"[^\n.,;:!?()\[\]|/]+")

# Words of every day, none of which is the name of a medicine inside a sentence, though a page may be called so.
EVERYDAY = frozenset(
    """about above after again against alcohol allergic allergy almost alone already always amount another anxiety
    asthma avoid balance become before being below better between bleeding blood bones bowel brain bread breast
    breathing caffeine calcium cancer carbon careful cause caused charcoal check cheese chest children clots coffee
    common condition contains cough could cream daily damage depression diabetes different disease diseases doctor
    dose doses drink drinking drinks drugs during effect effects either ethanol every example fever first flour
    fluid foods found fruit garlic ginger given glucose grapefruit heart herbal honey hours however illness include
    including increase increased infection insulin iodine juice kidney kidneys large later least level levels light
    liver lower lungs magnesium making means medical medicine medicines medication medications might minerals minutes
    months mouth muscle needs nerve never nurse often other others oxygen pain painkiller painkillers patients people
    pharmacist phosphate potassium pregnant prescribed pressure problem problems product products protein raise raised
    raises reaction reactions reduce remedies risk salts seizures serious severe several should sleep small smoking
    sodium some sometimes starch start starting stomach stopped stopping strong such sugar supplements swelling tablet
    tablets taken takes taking talcum thyroid times together treat treated treatment treatments tumour under unless
    unborn urine usual usually vaccine vaccines vinegar vitamin vitamins water weeks weight where which while women
    worse would years yeast young""".split()
)
# Between the words of a name, never at its ends.
_LINKS = frozenset(
    "a an and as at be but by for from if in is it its may not of on or that the this to was with you your".split()
)


def candidates(document: Document) -> tuple[str, ...]:
    """What `document` says in those sections and may be the name of a medicine, folded, in the order of the text."""
    found: dict[str, None] = {}
    own = fold(document.title)
    for section in document.sections:
        if section.kind in SECTIONS:
            for words in _runs(section.body):
                for name in _names(words):
                    if name != own:
                        found.setdefault(name)
    return tuple(found)[:MOST]


def _runs(text: str) -> Iterator[list[str]]:
    """The folded words of each run of a text that no punctuation breaks."""
    for piece in _PIECE.findall(text):
        for start in range(0, len(piece), MAX_CHARS):
            yield fold(piece[start : start + MAX_CHARS]).split()


def _names(words: Sequence[str]) -> Iterator[str]:
    for at in range(len(words)):
        for count in range(1, LONGEST + 1):
            name = words[at : at + count]
            if len(name) == count and _may_be_name(name):
                yield " ".join(name)


def _may_be_name(words: Sequence[str]) -> bool:
    """Whether `words` begin and end as a name does, and one of them is no word of every day."""
    if words[0] in _LINKS or words[-1] in _LINKS:
        return False
    return any(len(word) >= SHORTEST and word.isalpha() and word not in EVERYDAY for word in words)


def meant(names: Iterable[str], besides: Publication) -> dict[str, Publication]:
    """The page that each of the folded `names` means: one query.

    Only what is the whole title or generic name of one page that readers may see means any, and never `besides`.
    """
    names = set(names)
    found: dict[str, set[Any]] = {}
    for page in bearers(names, ("title", "generic")):
        found.setdefault(page.form, set()).add(page)
    return {
        name: page
        for name in sorted(names & found.keys())
        if len(found[name]) == 1 and (page := next(iter(found[name]))) != besides
    }
