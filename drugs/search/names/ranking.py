"""Ranking: the best name of each page, in the order of a result list.

Pure: a query and candidate names in, no database. Precision is decided here: what scores below the floor is left out.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from drugs.content import normalisation
from drugs.search.names.candidates import Name
from drugs.search.names.query_parser import Query
from drugs.search.names.scoring import FLOOR, FUZZY, PREFIX, Score, Typed, prior, score_of

# Where names merely begin with what was typed, a name as close as this must not be crowded out.
CLOSE, BEGINNING = 0.85, 4
# Combinations that may stand before a single medicine whose name begins so: a telephone shows four names.
COMBINATIONS = 3


class Ranked(NamedTuple):
    name: Name
    score: Score


def rank(query: Query, names: Sequence[Name], others: Mapping[str, set[str]]) -> list[Ranked]:
    """The best name of each page, best first. `others`: see combinations.other_names."""
    typed = Typed(query)
    best: dict[str, Ranked] = {}
    for name in names:
        score = score_of(typed, name, others)
        if score:
            _keep_better(best, Ranked(name, score))
    if query.spans:
        for ranked in _by_several_names(query, names):
            _keep_better(best, ranked)
    results = _singles_in_sight(sorted(best.values(), key=_order))
    return results if query.spans else _with_room(results)


def _singles_in_sight(results):
    """`results` in which few combinations that begin with what was typed stand before a single medicine that does."""
    begins = [ranked for ranked in results if ranked.score.begins]
    combined = [ranked for ranked in begins if " + " in ranked.name.title]
    late = combined[COMBINATIONS:]
    if len(combined) == len(begins) or not late:
        return results
    slugs = {ranked.name.slug for ranked in late}
    kept = [ranked for ranked in results if ranked.name.slug not in slugs]
    last = max(at for at, ranked in enumerate(kept) if ranked.score.begins) + 1
    return [*kept[:last], *late, *kept[last:]]


def _with_room(results):
    """`results` with few names that only begin with what was typed, if another is but a letter away from it.

    One who typed all but a letter of a name should see it, though seventy combinations begin with the slip.
    """
    if not results or not results[0].score.begins:
        return results
    close = any(score.tier == FUZZY and score.value >= CLOSE for _, score in results)
    rest = [ranked for ranked in results[BEGINNING:] if not (close and ranked.score.begins)]
    return [*results[:BEGINNING], *rest]


def _keep_better(best, ranked):
    other = best.get(ranked.name.slug)
    if other is None or _order(ranked) < _order(other):
        best[ranked.name.slug] = ranked


def _order(ranked):
    """Sort key. Ties are settled by what is shown, never by when a row came in."""
    name, score = ranked
    return (
        score.tier,
        -round(score.value, 6),
        name.kind != "title",
        normalisation.fold(name.title),
        name.slug,
        name.form,
        name.key,
    )


def _by_several_names(query, names):
    """Pages whose names, each in full, make up the query: "brand (generic)"; or some of it: "drug maker"."""
    spans = {query.span(*span): span for span in query.spans}
    pages = {}
    for name in names:
        if name.squashed in spans:
            pages.setdefault(name.slug, []).append((spans[name.squashed], name))
    weights = [0 if word in normalisation.SALTS else len(word) for word in query.core]
    for borne in pages.values():
        covered = set().union(*(range(*span) for span, _ in borne))
        share = sum(weights[at] for at in covered) / (sum(weights) or 1)
        name = min(borne, key=_longest_first)[1]
        if share == 1:
            yield Ranked(name, Score(PREFIX, 12 + prior(name)))
        elif 0.6 + 0.35 * share > FLOOR:
            yield Ranked(name, Score(FUZZY, 0.6 + 0.35 * share + prior(name)))


def _longest_first(pair):
    (start, end), name = pair
    return start - end, start, _order(Ranked(name, Score(0, 0)))
