"""Index of names: the pages that a query leads to, and the rows that are kept for it; a derived index.

The index is written in the publishing transaction and read from the database for every query, so no process
answers from an older one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from drugs.content import Document
from drugs.models import Publication
from drugs.search.derived_index import IndexedPage
from drugs.search.names import candidates, combinations, query_parser, ranking, rows, scoring
from drugs.search.names.lookalikes import not_the_same


@dataclass(frozen=True)
class NameHit:
    """A page that a query leads to. `matched` is the name that did, `kind` `title` or a kind of name,
    `match` `exact`, `prefix` or `fuzzy`; `score` is 1 but for fuzzy matches; `named` says that the query holds that
    name in full, among other words; `not_same_as` is the title of another hit it may be taken for, or ""."""

    slug: str
    title: str
    matched: str
    kind: str
    match: str
    score: float
    not_same_as: str = ""
    named: bool = False

    @property
    def sure(self) -> bool:
        """Whether the name was typed, in full or its beginning: what only looks like it is a guess."""
        return self.named or self.match != "fuzzy"


def find(query: str, limit: int = 10) -> list[NameHit]:
    """The pages that `query` may name, best first, at most `limit`. At most two queries of the database."""
    typed = query_parser.parse_query(query)
    if typed is None:
        return []
    names = _fetch(*candidates.statement(typed))
    others = combinations.other_names(typed, names)
    combined = typed.spans and candidates.combinations_statement(typed, others)
    if combined:
        keys = {name.key for name in names}
        names += [name for name in _fetch(*combined) if name.key not in keys]
    best = ranking.rank(typed, names, others)[:limit]
    warned = not_the_same([name for name, _ in best], names)
    spans = {typed.span(*span) for span in typed.spans}
    return [
        NameHit(
            slug=name.slug,
            title=name.title,
            matched=name.text,
            kind=name.kind,
            match=score.match,
            score=round(score.value, 3) if score.tier == scoring.FUZZY else 1.0,
            not_same_as=warned.get(name.slug, ""),
            named=name.squashed in spans,
        )
        for name, score in best
    ]


def _fetch(sql, parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [candidates.Name(*row) for row in cursor.fetchall()]


def write(publication: Publication, document: Document) -> bool:
    """The names of one page put right; see DerivedIndex."""
    wanted = rows.rows_of(publication.pk, document)
    changed = rows.stored_rows([publication.pk]).get(publication.pk, set()) != set(wanted)
    if changed:
        rows.replace_rows([publication.pk], wanted)
    return changed


def remove(publication: Publication) -> None:
    """The names of one page taken away; see DerivedIndex."""
    rows.replace_rows([publication.pk], [])


@transaction.atomic
def rewrite(pages: Sequence[IndexedPage]) -> None:
    """The names of many pages put right; see DerivedIndex.

    Every row is read and compared; pages whose rows are as they should be cost no writing and no lock.
    """
    wanted = _wanted(pages)
    if wrong := _wrong(wanted):
        rows.replace_rows(wrong, [row for pk in wrong for row in wanted[pk]])


def differing(pages: Sequence[IndexedPage]) -> set[int]:
    """The keys of those of `pages` whose names or index terms are wrong; see DerivedIndex."""
    return set(_wrong(_wanted(pages)))


def _wanted(pages):
    return {page.pk: rows.rows_of(page.pk, document) if document else [] for page, document in pages}


def _wrong(wanted):
    names, marks = rows.stored_rows(list(wanted)), rows.stored_terms(list(wanted))
    return [
        pk
        for pk, of_page in wanted.items()
        if names.get(pk, set()) != set(of_page) or marks.get(pk, set()) != set(rows.terms_of(of_page))
    ]


def clear() -> None:
    """The names of all pages taken away; see DerivedIndex."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM drugs_searchmark")
        cursor.execute("DELETE FROM drugs_searchname")
