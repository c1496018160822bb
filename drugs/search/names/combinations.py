"""Matching of combinations: a query that names the ingredients in any order, perhaps by other names.

Other names are looked up in the index when the query is answered, so they are right as soon as the page of an
ingredient changes.
"""

from collections.abc import Iterable, Mapping, Sequence

from drugs.content import normalisation
from drugs.search.names.candidates import Name
from drugs.search.names.query_parser import Query


def other_names(query: Query, names: Iterable[Name]) -> dict[str, set[str]]:
    """For each span of the query that is one of `names`: the titles of the pages that bear it; all squashed."""
    spans = {query.span(*span) for span in query.spans}
    titles: dict[str, set[str]] = {}
    for name in names:
        if name.squashed in spans:
            for form in normalisation.forms(name.title):
                if " + " not in form.text:
                    words = form.text.split()
                    squashed = ("".join(words), "".join(normalisation.base(words)))
                    titles.setdefault(name.squashed, set()).update(squashed)
    return titles


def same_ingredients(words: Sequence[str], form: str) -> bool:
    """Whether `words` are the ingredients of `form`, each said in full and unbroken, in any order."""
    left = f" {' '.join(words)} "
    for part in sorted(form.split(" + "), key=len, reverse=True):
        before, part_of_it, after = left.partition(f" {' '.join(normalisation.words_of(part))} ")
        if not part_of_it:
            return False
        left = f"{before} | {after}"
    return True


def missing_ingredients(query: Query, form: str, others: Mapping[str, set[str]]) -> int | None:
    """How many ingredients of `form` the query leaves out; None if it names fewer than two, or something else."""
    free = set(range(len(query.core)))
    parts = form.split(" + ")
    missing = 0
    for part in sorted(parts, key=len, reverse=True):
        span = _longest_span(query, free, _names_of(part), others)
        if span:
            free.difference_update(range(*span))
        else:
            missing += 1
    if len(parts) - missing < 2 or any(query.core[at] not in normalisation.SALTS for at in free):
        return None
    return missing


def _names_of(part):
    """An ingredient as it is named, without its salt, and its first word; squashed."""
    words = normalisation.words_of(part)
    bare = normalisation.base(words)
    return {"".join(words), "".join(bare), *(bare[:1] if bare[0] not in normalisation.SALTS else ())}


def _longest_span(query, free, names, others):
    """The span that names an ingredient: rather by one of `names` than by another page's, rather more words."""
    best, merit = None, (0, 0)
    for start, end in query.spans:
        text = query.span(start, end)
        direct = text in names
        fits = direct or not names.isdisjoint(others.get(text, ()))
        if fits and (direct, end - start) > merit and free.issuperset(range(start, end)):
            best, merit = (start, end), (direct, end - start)
    return best
