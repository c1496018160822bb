"""Which of these names did the reader mean, and how sure is that?

Pure: a query and candidate names in, the best name of each page out.
"""

from drugs.content import normalisation
from drugs.search.names.scoring import FLOOR, FUZZY, PREFIX, Score, Typed, prior, score

# Where names merely begin with what was typed, a name as close as this must not be crowded out.
CLOSE, BEGINNING = 0.85, 4


def rank(query, names, others):
    """The best name of each page as (Name, Verdict), best first. `others`: see combinations.other_names."""
    typed = Typed(query)
    best = {}
    for name in names:
        verdict = score(typed, name, others)
        if verdict:
            _keep(best, name, verdict)
    if query.spans:
        for name, verdict in _by_several_names(query, names):
            _keep(best, name, verdict)
    found = sorted(best.values(), key=_order)
    return found if query.spans else _with_room(found)


def _with_room(found):
    """`found` with few names that only begin with what was typed, if another is but a letter away from it.

    One who typed all but a letter of a name should see it, though seventy combinations begin with the slip.
    """
    if not found or not found[0][1].begins:
        return found
    close = any(verdict.tier == FUZZY and verdict.score >= CLOSE for _, verdict in found)
    return [*found[:BEGINNING], *(one for one in found[BEGINNING:] if not (close and one[1].begins))]


def _keep(best, name, verdict):
    found = best.get(name.slug)
    if found is None or _order((name, verdict)) < _order(found):
        best[name.slug] = name, verdict


def _order(found):
    """Ties are settled by what is shown, never by when a row came in."""
    name, verdict = found
    return (
        verdict.tier,
        -round(verdict.score, 6),
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
    for found in pages.values():
        covered = set().union(*(range(*span) for span, _ in found))
        share = sum(weights[at] for at in covered) / (sum(weights) or 1)
        name = min(found, key=lambda one: (one[0][0] - one[0][1], one[0][0], _order((one[1], Score(0, 0)))))[
            1
        ]
        if share == 1:
            yield name, Score(PREFIX, 12 + prior(name))
        elif 0.6 + 0.35 * share > FLOOR:
            yield name, Score(FUZZY, 0.6 + 0.35 * share + prior(name))
