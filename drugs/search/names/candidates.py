"""Which names are worth comparing with a query? One statement of plain SQL, the same on every database."""

from drugs.content import normalisation
from drugs.search.names import query_parser, terms

# A typing error breaks three trigrams and moves the length by one.
SHORTER, LONGER = 3, 3
# A long query is known by some of its trigrams, evenly spread.
TRIGRAMS = 14
# Of the query's trigrams the rarest are asked for, until they bring this many rows; at least GRAMS of them.
ROWS, GRAMS = 3000, 5
FUZZY, EQUAL, STARTING, INSIDE, COMBINED = 90, 120, 80, 30, 50

COLUMNS = "n.key, n.text, n.kind, n.form, n.whole, n.sound, n.names, p.slug, p.title"

# Sums and ranks over equal counts run together, so the order of the marks' letters (collation) plays no part;
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
_NAMES = """
SELECT {columns} FROM drugs_searchname n JOIN drugs_publication p ON p.id = n.publication_id
WHERE p.withdrawn_at IS NULL AND n.key IN ({sources})"""


def statement(query):
    """SQL and parameters that fetch COLUMNS of every name worth comparing."""
    sources, parameters = [], []

    def add(sql, *values):
        # Only this module's own text goes into a statement; what was typed goes into the parameters.
        sources.append(f"SELECT name_id FROM ({sql}) AS s{len(sources)}")  # noqa: S608
        parameters.extend(values)

    def add_marked(found, smallest, limit):
        add(_MARKED.format(marks=_places(found)), *sorted(found), smallest, limit)

    if query.fuzzy:
        text = " ".join(query.base)
        grams = terms.grams(text)
        asked = _spread(text, grams)
        sizes = (max(len(grams) - SHORTER, 1), len(grams) + max(LONGER, len(grams) // 3))
        add(
            _FUZZY.format(grams=_places(asked)),
            *sorted(asked),
            *sizes,
            ROWS,
            GRAMS,
            *sizes,
            len(grams),
            FUZZY,
        )
        if len(query.core) == 1 and len(query.core[0]) >= terms.WORD_PREFIX_CHARS:
            add_marked([terms.WORD + query.core[0][: terms.WORD_PREFIX_CHARS]], 1, INSIDE)
    squashed = query.squashed
    for mark in terms.prefix_terms(squashed):
        add_marked([mark], min(len(squashed) // 2, 100), STARTING)
    add_marked(query_parser.query_keys(query), 0, EQUAL)
    return _NAMES.format(columns=COLUMNS, sources=" UNION ALL ".join(sources)), parameters


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


def combinations_statement(query, known):
    """SQL and parameters for the combinations of ingredients that the query names; None if it names too few."""
    said = {query.span(*span) for span in query.spans}.union(*known.values())
    found = sorted(terms.part_term(part) for part in said if terms.part_term(part))
    if len(found) < 2:
        return None
    return _COMBINED.format(columns=COLUMNS, marks=_places(found)), [*found, COMBINED]
