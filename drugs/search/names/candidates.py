"""Candidate generation: the names worth comparing with a query, by statements of plain SQL for every database.

Recall is decided here, precision in the ranking. Names come from several sources, each with a limit of its own: those
that share the query's rarest trigrams, which a first statement counts; that begin with it; that have an index term of
it in common; or, in a last statement, that are combinations of ingredients it names. However many names have a term,
no more of them than LISTED are read, those of the next sizes first: what a search costs does not grow with the table.
"""

import itertools
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
LISTED = 1500  # names at most that are counted or read of those with one index term
_LARGEST = 32_767  # what the column of sizes holds
# Names at most of each source.
FUZZY, ENDS, EQUAL, STARTING, INSIDE, COMBINED, BY_WORDS = 90, 150, 120, 80, 30, 50, 60
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


# What is read of the list of one term is bounded, and is the same rows on every database: its index is in this order.
_LIST = """
SELECT name_id, size FROM drugs_searchmark WHERE mark = %s AND size BETWEEN %s AND %s
ORDER BY size {way}, name_id {way} LIMIT %s"""
_ANY_OF = "SELECT name_id, size FROM drugs_searchmark WHERE mark IN ({marks})"
_COUNT = "(SELECT COUNT(*) FROM (SELECT 1 FROM drugs_searchmark WHERE mark = %s AND size BETWEEN %s AND %s LIMIT %s) c)"
# Scores are whole numbers, since databases round fractions differently.
_FUZZY = """
SELECT name_id FROM ({lists}) shared
GROUP BY name_id, size ORDER BY COUNT(*) * 20000 / (size + %s) DESC, name_id LIMIT %s"""
_ENDS = """
SELECT name_id FROM ({lists}) ended
GROUP BY name_id, size ORDER BY COUNT(*) DESC, ABS(size - %s), name_id LIMIT %s"""
_MARKED = "SELECT name_id FROM ({lists}) marked GROUP BY name_id, size ORDER BY size, name_id LIMIT %s"
_WORDS = """
SELECT name_id FROM ({lists}) worded
GROUP BY name_id, size HAVING COUNT(*) = %s ORDER BY size, name_id LIMIT %s"""
_NAMES = """
SELECT {columns} FROM drugs_searchname n JOIN drugs_publication p ON p.id = n.publication_id
WHERE p.withdrawn_at IS NULL AND n.key IN ({sources})"""


def counting_statement(query: Query) -> Statement | None:
    """The statement that counts, up to LISTED, the names that share each of the query's `trigrams` and may be meant by
    it; None if it is too short to be compared.
    """
    grams = trigrams(query)
    if not grams:
        return None
    smallest, largest = _sizes(query)
    parameters = [value for gram in grams for value in (gram, smallest, largest, LISTED)]
    return f"SELECT {', '.join([_COUNT] * len(grams))}", parameters


def trigrams(query: Query) -> list[str]:
    """The trigrams by which names like the query are found: TRIGRAMS of them, evenly spread; none of a short query."""
    return sorted(_spread(*_text_and_grams(query))) if query.fuzzy else []


def statement(query: Query, counts: Sequence[int]) -> Statement:
    """The statement that fetches COLUMNS of every name worth comparing. `counts` are what the first one counted."""
    sources: list[str] = []
    parameters: list[Any] = []

    def add(sql: str, lists: Sequence[Statement], *values: Any) -> None:
        # Only this module's own text goes into a statement; what was typed goes into the parameters.
        united = " UNION ALL ".join(f"SELECT * FROM ({text}) l{at}" for at, (text, _) in enumerate(lists))  # noqa: S608
        sources.append(f"SELECT name_id FROM ({sql.format(lists=united)}) AS s{len(sources)}")  # noqa: S608
        parameters.extend(value for _, of_list in lists for value in of_list)
        parameters.extend(values)

    def add_marked(marks: Iterable[str], smallest: int, limit: int) -> None:
        add(_MARKED, [_list(mark, smallest, _LARGEST, limit) for mark in sorted(marks)], limit)

    if query.fuzzy:
        _, grams = _text_and_grams(query)
        rarest = _rarest(query, counts)
        if rarest:
            add(_FUZZY, list(_lists_of_rarest(query, rarest)), len(grams), FUZZY)
        # Of so many names these lists are a sample; a slip leaves the beginning or the end whole.
        if LISTED in rarest.values() and (ends := _lists_of_ends(query)):
            add(_ENDS, ends, len(grams), ENDS)
        if len(query.core) == 1 and len(query.core[0]) >= terms.WORD_PREFIX_CHARS:
            add_marked([terms.WORD + query.core[0][: terms.WORD_PREFIX_CHARS]], 1, INSIDE)
    if len(query.core) == 1:
        add_marked(_word_marks(query.core[0]), 1, INSIDE)
    else:
        marks = sorted(set(map(terms.beginning_term, query.core[:WORDS])))
        add(_WORDS, [_list(mark, 0, _LARGEST, LISTED) for mark in marks], len(marks), BY_WORDS)
    squashed = query.squashed
    for mark in terms.prefix_terms(squashed):
        add_marked([mark], min(len(squashed) // 2, 100), STARTING)
    keys = sorted(query_parser.exact_keys(query))
    like = [_list(mark, 0, _LARGEST, EQUAL) for mark in sorted(query_parser.likeness_keys(query))]
    add(_MARKED, [(_ANY_OF.format(marks=_places(keys)), keys), *like], EQUAL)
    return _NAMES.format(columns=COLUMNS, sources=" UNION ALL ".join(sources)), parameters


def _list(mark, smallest, largest, limit, way="ASC"):
    return _LIST.format(way=way), [mark, smallest, largest, limit]


def _rarest(query, counts):
    """The rarest trigrams that any name has, with the numbers of their names, until these are ROWS."""
    known = sorted((count, gram) for count, gram in zip(counts, trigrams(query), strict=True) if count)
    rows = itertools.accumulate(count for count, _ in known)
    return {
        gram: count
        for at, ((count, gram), so_far) in enumerate(zip(known, rows, strict=True))
        if at < GRAMS or so_far <= ROWS
    }


def _lists_of_rarest(query, rarest):
    """The lists of these trigrams; of those that too many names share the names nearest in size."""
    size = len(_text_and_grams(query)[1])
    smallest, largest = _sizes(query)
    for gram, count in rarest.items():
        if count < LISTED:
            yield _list(gram, smallest, largest, LISTED)
        else:
            yield from _nearest(gram, size, smallest, largest)


def _lists_of_ends(query):
    """The lists of the first and the last letters of the query."""
    squashed = "".join(query.base)
    marks = (*terms.long_prefix_terms(squashed), *terms.suffix_terms(squashed))
    return [each for mark in marks for each in _nearest(mark, len(_text_and_grams(query)[1]), *_sizes(query))]


def _nearest(mark, size, smallest, largest):
    yield _list(mark, size, largest, LISTED // 2)
    yield _list(mark, smallest, size - 1, LISTED // 2, "DESC")


def _text_and_grams(query):
    text = " ".join(query.base)
    return text, terms.grams(text)


def _sizes(query):
    """The fewest and the most trigrams of a name that the query may mean."""
    _, grams = _text_and_grams(query)
    return max(len(grams) - SHORTER, 1), len(grams) + max(LONGER, len(grams) // 3)


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
