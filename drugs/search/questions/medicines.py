"""Medicines of a question: the pages that its words name, exactly or but for a slip. Precision before recall.

What is only similar to a word of a question names nothing: a section of another medicine would be worse than none.
"""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

from drugs.search import names
from drugs.search.names import NameHit
from drugs.search.names.abbreviations import squash

# Words of a part that are looked up by themselves; a word of a sentence is a slip of a name from this length on.
MOST_WORDS, SLIP_CHARS = 4, 7
BEGINNING_CHARS = 5
# Of what is only similar the best counts if it is this good, and so much better than the second.
SURE, AHEAD = 0.8, 0.12
MOST_SLIPS = 3
# Ends of international names that tell a medicine, whether the site has a page of it or not: those of four letters and
# more of "The use of stems in the selection of International Nonproprietary Names" (World Health Organization, 2018),
# and some that names have had for longer ("codone", "caine").
INN_STEMS = tuple(
    """
    asone astine azepam azepine azine azole azoline azosin barbital cidin ciclib cillin coxib cycline dipine dopa
    dronate dronic entan fenac fibrate floxacin fylline gatran gliflozin gliptin glitazone glutide grel lukast mycin
    nidazole olol olone onide orphan orphine oxacin oxetine oxicam parib parin platin poetin pramine prazole pressin
    profen quine racetam relix rubicin sartan semide setron solone statin sulfan tadine tecan terol thiazide tidine
    tinib traline trexate triptan triptyline vaptan vastatin xaban zafone zolam zolamide zosin codone caine citabine
    formin gabalin pril prilat curium mustine oxazine penem spirone trigine vudine zumab ximab umab
    """.split()
)


def named_medicines(parts: Iterable[str], limit: int = 2) -> list[NameHit]:
    """The pages that the `parts` of a question name, in their order, at most `limit`: one to six look-ups a part."""
    found: dict[str, NameHit] = {}
    for part in parts:
        for hit in _medicines_of(part):
            found.setdefault(hit.slug, hit)
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


def ends_as_names_do(word: str) -> bool:
    """Whether a folded `word` ends as international names of medicines do."""
    return word.endswith(INN_STEMS)


def names_another(words: Iterable[str], hit: NameHit) -> bool:
    """Whether one of `words` ends as names of medicines do and is no way to spell the name of `hit`."""
    own = [squash(name) for name in (hit.title, hit.matched)]
    return any(
        ends_as_names_do(word) and all(OSA.distance(word, name) > MOST_SLIPS for name in own)
        for word in words
    )


def _medicines_of(part):
    words = part.split()
    hits = names.find(part)
    if len(words) == 1:
        return _first(hits, _is_it(hits, len(part)))
    whole = _first(
        hits, lambda hit: hit.match == "exact" or hit.near or hit.match == "prefix" and not hit.ambiguous
    )
    if whole:
        return whole
    if said := named_in_full(hits):
        return said
    found = []
    for word in [word for word in words if len(word) > 3][:MOST_WORDS]:
        alone = names.find(word)
        found += _first(
            alone,
            lambda hit: hit.match == "exact" or hit.near and len(word) >= SLIP_CHARS,  # noqa: B023
        )
    return found


def _is_it(hits, chars):
    """The test of whether a hit is what a single word of `chars` letters names."""
    best = [hit.score for hit in hits if hit.match == "fuzzy"][:2]
    sure = best and best[0] >= SURE and (len(best) < 2 or best[0] - best[1] >= AHEAD)

    def test(hit):
        if hit.match == "exact" or hit.near or hit.kind == "abbreviation" and not hit.ambiguous:
            return True
        if hit.match == "prefix":
            return chars >= BEGINNING_CHARS
        return bool(sure) and hit is hits[0]

    return test


def _first(hits, test):
    """The first hit that passes `test`, as a list: a page of one medicine rather than one of a combination."""
    passed = [hit for hit in hits if test(hit)]
    single = [hit for hit in passed if " + " not in hit.title]
    return (single or passed)[:1]


def named_in_full(hits: Iterable[NameHit]) -> list[NameHit]:
    """Of the `hits` of a query those whose name stands in full among other words of it, one page for each such name:
    several pages may bear it, and one of a single medicine goes before one of a combination.
    """
    said = [hit for hit in hits if hit.named]
    by_name: dict[str, NameHit] = {}
    for hit in [hit for hit in said if " + " not in hit.title] or said:
        by_name.setdefault(hit.matched.casefold(), hit)
    return list(by_name.values())
