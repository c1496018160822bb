"""Index of names: the pages that a query leads to, and the rows that are kept for it; a derived index.

The index is written in the publishing transaction and read from the database for every query, so no process
answers from an older one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from rapidfuzz.distance import OSA

from drugs.content import normalisation
from drugs.models.search import SearchMark
from drugs.search.derived_index import IndexedPage
from drugs.search.names import (
    candidates,
    combinations,
    near_misses,
    query_parser,
    ranking,
    rows,
    scoring,
    terms,
)
from drugs.search.names.lookalikes import CONFUSABLE, not_the_same
from drugs.search.names.similarity import shape, similarity

# Letters of a word from which on it is known with a slip, and with two; rows that `known_names` looks at.
SLIP_CHARS, TWO_SLIPS_CHARS, MOST_ROWS = 7, 10, 1000
NAMES_AT_ONCE = 500  # that one query looks up by their whole letters


@dataclass(frozen=True)
class NameHit:
    """A page that a query leads to. `matched` is the name that did, `kind` `title` or a kind of name,
    `match` `exact`, `prefix` or `fuzzy`; `score` is 1 but for fuzzy matches; `named` says that the query holds that
    name in full, among other words; `not_same_as` is the title of another hit it may be taken for, or "". Of what is
    fuzzy, `close` is a slip or two from the query, and `near` that of no other medicine. `ambiguous` is what an
    abbreviation of several medicines found."""

    slug: str
    title: str
    matched: str
    kind: str
    match: str
    score: float
    not_same_as: str = ""
    named: bool = False
    close: bool = False
    near: bool = False
    ambiguous: bool = False

    @property
    def hint(self) -> str:
        """How to read the hit: `same` is what was typed, `near` the same but for a slip, `similar` another name."""
        return "same" if self.sure else "near" if self.near else "similar"

    @property
    def shown(self) -> str:
        """The name to ask about: a known misspelling is never shown."""
        return self.title if self.kind == "misspelling" else self.matched

    @property
    def sure(self) -> bool:
        """Whether the name was typed, in full or its beginning: what only looks like it is a guess."""
        return self.named or self.match != "fuzzy"


def find(query: str, limit: int = 10) -> list[NameHit]:
    """The pages that `query` may name, best first, at most `limit`. At most three queries of the database."""
    typed = query_parser.parse_query(query)
    if typed is None:
        return []
    names = _fetch(*candidates.statement(typed, _counts(typed)))
    others = combinations.other_names(typed, names)
    combined = typed.spans and candidates.combinations_statement(typed, others)
    if combined:
        keys = {name.key for name in names}
        names += [name for name in _fetch(*combined) if name.key not in keys]
    best = ranking.rank(typed, names, others)[:limit]
    return _hits(typed, names, best)


def known_names(texts: Iterable[str]) -> set[str]:
    """Those of the folded and squashed `texts` that are a name of a page, or a long one but for a slip that leaves
    its sound or its letters. One query of the database; no page is ranked."""
    terms_of = {text: _terms_of_a_name(text) for text in texts}
    marks = sorted(set().union(*terms_of.values()))
    if not marks:
        return set()
    marked = SearchMark.objects.filter(mark__in=marks).values_list("mark", "name__form")[:MOST_ROWS]
    return {
        text
        for mark, form in marked
        for text, own in terms_of.items()
        if mark in own and _is_said(text, form)
    }


def _terms_of_a_name(text):
    marks = {terms.whole_term(text)}
    if len(text) >= SLIP_CHARS:
        marks |= {terms.phonetic_term(text), terms.letters_term(text)} - {""}
    return marks


def _is_said(text, form):
    squashed = "".join(normalisation.words_of(form))
    slips = 0 if len(text) < SLIP_CHARS else 1 if len(text) < TWO_SLIPS_CHARS else 2
    return squashed[:1] == text[:1] and OSA.distance(text, squashed, score_cutoff=slips) <= slips


def bearers(queries: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """For each query that is a whole name the pages that bear it, as pairs of slug and title: those that `find` calls
    exact, in its order. One query of the database for some hundred names.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for at in range(0, len(queries), NAMES_AT_ONCE):
        batch = queries[at : at + NAMES_AT_ONCE]
        typed = {text: query for text in batch if (query := query_parser.parse_query(text))}
        exact = {text: query_parser.exact_terms(query) for text, query in typed.items()}
        by_term = _by_term(sorted(set().union(*exact.values())))
        for text, query in typed.items():
            names = {name.key: name for term in exact[text] for name in by_term.get(term, ())}
            ranked = ranking.rank(query, list(names.values()), {})
            pages = [(name.slug, name.title) for name, score in ranked if score.match == "exact"]
            if pages:
                found[text] = pages
    return found


def _by_term(marks):
    """The names that have each of these index terms, by term."""
    found: dict[str, list[candidates.Name]] = {}
    if marks:
        with connection.cursor() as cursor:
            cursor.execute(*candidates.marked_statement(marks))
            for term, *columns in cursor.fetchall():
                found.setdefault(term, []).append(candidates.Name(*columns))
    return found


def _hits(
    typed: query_parser.Query, names: list[candidates.Name], best: list[ranking.Ranked]
) -> list[NameHit]:
    """What is said of the best names: how each came to be found, and what it must not be taken for."""
    spans = {typed.span(*span) for span in typed.spans}
    fuzzy = [name for name, score in best if score.tier == scoring.FUZZY and name.squashed not in spans]
    close = [name for name in fuzzy if near_misses.is_close(typed, name)]
    known = any(score.match == "exact" for _, score in best) or len(fuzzy) < len(best) and not close
    near = set() if known else near_misses.near_slugs(close, names)
    warned = not_the_same(_confusable(typed, best), names)
    closest = {name.slug for name in close}
    return [
        NameHit(
            slug=name.slug,
            title=name.title,
            matched=" ".join(typed.core).upper() if score.abbreviated else name.text,
            kind="abbreviation" if score.abbreviated else name.kind,
            match=score.match,
            score=round(score.value, 3) if score.tier == scoring.FUZZY else 1.0,
            not_same_as=warned.get(name.slug, ""),
            named=name.squashed in spans,
            close=name.slug in closest,
            near=name.slug in near,
            ambiguous=score.abbreviated and len(typed.meanings) > 1,
        )
        for name, score in best
    ]


def _confusable(typed, best):
    """The names that somebody could take for what was typed: those that were, and titles and brands that are like it.

    A synonym that nobody reads on a pack frightens about a medicine that nobody asked for.
    """
    asked = shape("".join(typed.base))
    return [
        name
        for name, score in best
        if score.says_all
        or name.kind in ("title", "brand", "generic")
        and similarity(asked, shape(name.squashed, name.sound)) >= CONFUSABLE
    ]


def _counts(typed):
    counting = candidates.counting_statement(typed)
    if counting is None:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(*counting)
        return cursor.fetchone()


def _fetch(sql, parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [candidates.Name(*row) for row in cursor.fetchall()]


def write(pages: Sequence[IndexedPage]) -> bool:
    """The names of these pages put right; see DerivedIndex."""
    wanted = _wanted(pages)
    stored = rows.stored_rows(list(wanted))
    changed = [pk for pk, of_page in wanted.items() if stored.get(pk, set()) != set(of_page)]
    if changed:
        rows.replace_rows(changed, [row for pk in changed for row in wanted[pk]])
    return bool(changed)


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
