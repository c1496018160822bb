"""Near misses: which results of a search are the name that was typed but for a slip, and no other medicine's.

A slip is a letter or two, a doubled letter or a spelling that sounds the same. Where names of two medicines are that
near, nobody knows which was meant, and neither is a near miss.
"""

from collections.abc import Mapping, Sequence

from rapidfuzz.distance import OSA

from drugs.content import normalisation
from drugs.search.names.candidates import Name
from drugs.search.names.phonetics import phonetic_spelling
from drugs.search.names.query_parser import Query

# Letters of a name from which on one slip, and two, are a slip and no other name.
ONE_SLIP, TWO_SLIPS, SOUNDS = 4, 7, 5


def is_close(query: Query, name: Name) -> bool:
    """Whether `name` is a slip or two from what was typed, with or without salt and dosage form."""
    forms = {name.squashed, "".join(normalisation.base(normalisation.core(name.words)))}
    typed = {query.squashed, "".join(query.core), "".join(query.base)}
    return any(_slipped(one, other) for one in typed for other in forms)


def near_slugs(results: Sequence[Name], names: Sequence[Name]) -> set[str]:
    """The pages of `results`, names that are all close to the query, if they are of one medicine; else none.

    `names` are all candidates, which tell pages that bear one another's names.
    """
    borne: dict[str, set[str]] = {name.slug: set() for name in results}
    for name in names if len(results) > 1 else ():
        if name.slug in borne:
            borne[name.slug].add(_bare(name))
    if any(not _one_medicine(first, second, borne) for first in results[:1] for second in results[1:]):
        return set()
    return {name.slug for name in results}


def _one_medicine(first: Name, second: Name, borne: Mapping[str, set[str]]) -> bool:
    return _bare(first) in borne[second.slug] or _bare(second) in borne[first.slug]


def _bare(name: Name) -> str:
    return "".join(normalisation.base(normalisation.core(name.words)))


def _slipped(typed: str, name: str) -> bool:
    shorter = min(len(typed), len(name))
    slips = 2 if shorter >= TWO_SLIPS else 1 if shorter >= ONE_SLIP else 0
    if slips and OSA.distance(typed, name, score_cutoff=slips) <= slips:
        return True
    return shorter >= SOUNDS and phonetic_spelling(typed) == phonetic_spelling(name)
