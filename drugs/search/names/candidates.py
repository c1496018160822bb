"""Candidate generation: the names worth comparing with a query, by one statement of plain SQL for every database.

Recall is decided here, precision in the ranking. Names come from several sources, each with a limit of its own: those
that share the query's rarest trigrams, that begin with it, that have an index term of it in common, or, in a second
statement, that are combinations of ingredients it names.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from drugs.content import normalisation
from drugs.search.names import query_parser, terms
from drugs.search.names.query_parser import Query

Statement: TypeAlias = tuple[str, list[Any]]  # SQL and its parameters

# A typing error breaks three trigrams and moves the length by one.
SHORTER, LONGER = 3, 3
# A long query is known by some of its trigrams, evenly spread.
TRIGRAMS = 14
# Of the query's trigrams the rarest are asked for, until they bring this many rows; at least GRAMS of them.
ROWS, GRAMS = 3000, 5
# Names at most of each source.
FUZZY, EQUAL, STARTING, INSIDE, COMBINED, BY_WORDS = 90, 120, 80, 30, 50, 60
# Words of a query by which names of several words are found.
WORDS = 6

COLUMNS = "n.key, n.text, n.kind, n.form, n.whole, n.sound, n.names, p.slug, p.title"


class Name:
    """A candidate: the COLUMNS of a name, with its words and those run together."""

    __slots__ = (
        "form",
        "key",
        "kind",
        "names",
        "slug",
        "sound",
        "squashed",
        "text",
        "title",
        "whole",
        "words",
    )

    def __init__(
        self,
        key: int,
        text: str,
        kind: str,
        form: str,
        whole: bool,
        sound: str,
        names: int,
        slug: str,
        title: str,
    ) -> None:
        self.key, self.text, self.kind, self.form, self.whole = key, text, kind, form, whole
        self.sound, self.names, self.slug, self.title = sound, names, slug, title
        self.words = normalisation.words_of(form)
        self.squashed = "".join(self.words)


# Sums and ranks over equal counts run together, so the order of the terms' letters (collation) plays no part;
# scores are whole numbers, since databases round fractions differently.
_FUZZY = """
SELECT m.name_id FROM drugs_searchmark m JOIN (
  SELECT mark FROM (
    SELECT mark, SUM(COUNT(*)) OVER (ORDER BY COUNT(*)) AS rows_so_far, RANK() OVER (ORDER BY COUNT(*)) AS place
    FROM drugs_searchmark WHERE mark IN ({grams}) AND size BETWEEN %s AND %s GROUP BY mark
  ) counted WHERE rows_so_far <= %s OR place <= %s
) rare ON m.mark = rare.mark WHERE m.size BETWEEN %s AND %s
GROUP BY m.name_id, m.size
ORDER BY COUNT(*) * 20000 / (m.size + %s) DESC, m.name_id LIMIT %s"""
_MARKED = """
SELECT name_id FROM drugs_searchmark WHERE mark IN ({marks}) AND size >= %s
GROUP BY name_id, size ORDER BY size, name_id LIMIT %s"""
_WORDS = """
SELECT name_id FROM drugs_searchmark WHERE mark IN ({marks})
GROUP BY name_id, size HAVING COUNT(*) = %s ORDER BY size, name_id LIMIT %s"""
_NAMES = """
SELECT {columns} FROM drugs_searchname n JOIN drugs_publication p ON p.id = n.publication_id
WHERE p.withdrawn_at IS NULL AND n.key IN ({sources})"""


def statement(query: Query) -> Statement:
    """The statement that fetches COLUMNS of every name worth comparing."""
    sources: list[str] = []
    parameters: list[Any] = []

    def add(sql: str, *values: Any) -> None:
        # Only this module's own text goes into a statement; what was typed goes into the parameters.
        sources.append(f"SELECT name_id FROM ({sql}) AS s{len(sources)}")  # noqa: S608
        parameters.extend(values)

    def add_marked(marks: Iterable[str], smallest: int, limit: int) -> None:
        marks = sorted(marks)
        add(_MARKED.format(marks=_places(marks)), *marks, smallest, limit)

    if query.fuzzy:
        text = " ".join(query.base)
        grams = terms.grams(text)
        spread = sorted(_spread(text, grams))
        sizes = (max(len(grams) - SHORTER, 1), len(grams) + max(LONGER, len(grams) // 3))
        add(
            _FUZZY.format(grams=_places(spread)),
            *spread,
            *sizes,
            ROWS,
            GRAMS,
            *sizes,
            len(grams),
            FUZZY,
        )
        if len(query.core) == 1 and len(query.core[0]) >= terms.WORD_PREFIX_CHARS:
            add_marked([terms.WORD + query.core[0][: terms.WORD_PREFIX_CHARS]], 1, INSIDE)
    if len(query.core) == 1:
        add_marked(_word_marks(query.core[0]), 1, INSIDE)
    else:
        marks = sorted(set(map(terms.beginning_term, query.core[:WORDS])))
        add(_WORDS.format(marks=_places(marks)), *marks, len(marks), BY_WORDS)
    squashed = query.squashed
    for mark in terms.prefix_terms(squashed):
        add_marked([mark], min(len(squashed) // 2, 100), STARTING)
    add_marked(query_parser.query_keys(query), 0, EQUAL)
    return _NAMES.format(columns=COLUMNS, sources=" UNION ALL ".join(sources)), parameters


def marked_statement(marks: Sequence[str]) -> Statement:
    """The statement that fetches each of `marks` with COLUMNS of every name that has it."""
    sql = (
        f"SELECT m.mark, {COLUMNS} FROM drugs_searchmark m JOIN drugs_searchname n ON n.key = m.name_id "  # noqa: S608
        f"JOIN drugs_publication p ON p.id = n.publication_id "
        f"WHERE p.withdrawn_at IS NULL AND m.mark IN ({_places(marks)})"
    )
    return sql, list(marks)


def _word_marks(word):
    """The terms of the names of several words among which a short `word` stands, or is the beginning of one."""
    marks = {terms.whole_word_term(word)}
    return marks | {terms.beginning_term(word)} if len(word) < terms.WORD_PREFIX_CHARS else marks


def _spread(text, grams):
    """TRIGRAMS of the text's trigrams, evenly spread; all of them if there are no more."""
    if len(grams) <= TRIGRAMS:
        return grams
    padded = f" {text[: normalisation.FUZZY_CHARS]} "
    ordered = list(dict.fromkeys(padded[at : at + 3] for at in range(len(padded) - 2)))
    return [ordered[at * len(ordered) // TRIGRAMS] for at in range(TRIGRAMS)]


def _places(values):
    return ", ".join(["%s"] * len(values))


_COMBINED = """
SELECT {columns} FROM drugs_searchname n JOIN drugs_publication p ON p.id = n.publication_id
WHERE p.withdrawn_at IS NULL AND n.key IN (SELECT name_id FROM (
  SELECT name_id FROM drugs_searchmark WHERE mark IN ({marks})
  GROUP BY name_id, size HAVING COUNT(*) > 1 ORDER BY COUNT(*) DESC, size, name_id LIMIT %s) AS c)"""


def combinations_statement(query: Query, others: Mapping[str, set[str]]) -> Statement | None:
    """The statement for the combinations of ingredients that the query names; None if it names too few.

    `others` are other names of what it names, from `combinations.other_names`.
    """
    ingredients = {query.span(*span) for span in query.spans}.union(*others.values())
    marks = sorted({terms.part_term(squashed) for squashed in ingredients} - {""})
    if len(marks) < 2:
        return None
    return _COMBINED.format(columns=COLUMNS, marks=_places(marks)), [*marks, COMBINED]
