"""Does a query name the ingredients of a combination, in any order and perhaps by other names?

Other names are looked up in the index when the query is answered, so they are right as soon as the page of an
ingredient changes.
"""

from drugs.content import normalisation


def other_names(query, names):
    """For each span of the query that is a name by itself: the titles of the pages that bear it, squashed."""
    spans = {query.span(*span) for span in query.spans}
    found = {}
    for name in names:
        said = "".join(name.words)
        if said in spans:
            for form in normalisation.forms(name.title):
                if " + " not in form.text:
                    words = form.text.split()
                    found.setdefault(said, set()).update(("".join(words), "".join(normalisation.base(words))))
    return found


def same_ingredients(words, form):
    """Whether `words` are the ingredients of `form`, each said in full and unbroken, in any order."""
    left = f" {' '.join(words)} "
    for part in sorted(form.split(" + "), key=len, reverse=True):
        before, found, after = left.partition(f" {' '.join(normalisation.words_of(part))} ")
        if not found:
            return False
        left = f"{before} | {after}"
    return True


def missing_ingredients(query, form, others):
    """How many ingredients of `form` the query leaves out; None if it names fewer than two, or something else."""
    free = set(range(len(query.core)))
    parts = form.split(" + ")
    missing = 0
    for part in sorted(parts, key=len, reverse=True):
        span = _longest_span(query, free, _said(part), others)
        if span:
            free.difference_update(range(*span))
        else:
            missing += 1
    if len(parts) - missing < 2 or any(query.core[at] not in normalisation.SALTS for at in free):
        return None
    return missing


def _said(part):
    words = normalisation.words_of(part)
    bare = normalisation.base(words)
    return {"".join(words), "".join(bare), *(bare[:1] if bare[0] not in normalisation.SALTS else ())}


def _longest_span(query, free, said, others):
    """The span that says an ingredient: rather by a name of its own than by another's, rather more words."""
    best, merit = None, (0, 0)
    for start, end in query.spans:
        text = query.span(start, end)
        own = text in said
        fits = own or not said.isdisjoint(others.get(text, ()))
        if fits and (own, end - start) > merit and free.issuperset(range(start, end)):
            best, merit = (start, end), (own, end - start)
    return best
