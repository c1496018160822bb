"""Which pages does a name lead to? Answers from the index of names, and keeps it.

The index is written in the publishing transaction and read from the database for every query, so no process
answers from an older one.
"""

from dataclasses import dataclass

from django.db import connection, transaction

from drugs.search.names import candidates, combinations, query_parser, ranking, rows, scoring
from drugs.search.names.lookalikes import not_the_same


@dataclass(frozen=True)
class NameHit:
    """A page that a query leads to. `matched` is the name that did, `kind` `title` or a kind of name,
    `match` `exact`, `prefix` or `fuzzy`; `named` says that the query holds that name in full, among other words;
    `not_same_as` is the title of another hit it may be taken for, or ""."""

    slug: str
    title: str
    matched: str
    kind: str
    match: str
    score: float
    not_same_as: str = ""
    named: bool = False

    @property
    def sure(self):
        """Whether the name was typed, in full or its beginning: what only looks like it is a guess."""
        return self.named or self.match != "fuzzy"


def find(query, limit=10):
    """The pages that `query` may name, best first, at most `limit`: a list of Hit. At most two queries."""
    typed = query_parser.parse_query(query)
    if typed is None:
        return []
    names = _fetch(*candidates.statement(typed))
    others = combinations.other_names(typed, names)
    combined = typed.spans and candidates.combinations_statement(typed, others)
    if combined:
        seen = {name.key for name in names}
        names += [name for name in _fetch(*combined) if name.key not in seen]
    found = ranking.rank(typed, names, others)[:limit]
    warned = not_the_same([name for name, _ in found], names)
    spans = {typed.span(*span) for span in typed.spans}
    return [
        NameHit(
            slug=name.slug,
            title=name.title,
            matched=name.text,
            kind=name.kind,
            match=verdict.match,
            score=round(verdict.score, 3) if verdict.tier == scoring.FUZZY else 1.0,
            not_same_as=warned.get(name.slug, ""),
            named=name.squashed in spans,
        )
        for name, verdict in found
    ]


def _fetch(sql, parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [scoring.Name(*row) for row in cursor.fetchall()]


def write(publication, document):
    """Rewrites what search knows of the names of `publication`. Call it in the publishing transaction.

    Returns whether that was anything else before.
    """
    wanted = rows.rows_of(publication.pk, document)
    changed = rows.stored_rows([publication.pk]).get(publication.pk, set()) != set(wanted)
    if changed:
        rows.replace_rows([publication.pk], wanted)
    return changed


def remove(publication):
    """Forgets the names of `publication`, as when it is withdrawn."""
    rows.replace_rows([publication.pk], [])


@transaction.atomic
def rewrite(pages):
    """Puts right the rows of `pages`: pairs of Publication and Document, or None for one that is not public.

    Every row is read and compared; pages whose rows are as they should be cost no writing and no lock.
    """
    wanted = _wanted(pages)
    if wrong := _wrong(wanted):
        rows.replace_rows(wrong, [row for pk in wrong for row in wanted[pk]])


def differing(pages):
    """The keys of those of `pages`, pairs as in `rewrite`, whose rows are not as they should be: a set."""
    return set(_wrong(_wanted(pages)))


def _wanted(pages):
    return {page.pk: rows.rows_of(page.pk, document) if document else [] for page, document in pages}


def _wrong(wanted):
    names, marks = rows.stored_rows(list(wanted)), rows.stored_terms(list(wanted))
    return [
        pk
        for pk, found in wanted.items()
        if names.get(pk, set()) != set(found) or marks.get(pk, set()) != set(rows.terms_of(found))
    ]


def clear():
    """Forgets the names of all pages."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM drugs_searchmark")
        cursor.execute("DELETE FROM drugs_searchname")
