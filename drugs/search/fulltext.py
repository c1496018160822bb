"""Which pages say these words, and in which sentence?

SQLite's FTS5 and PostgreSQL's full text stand behind one interface: a table of one row a page with the columns
`rowid` (the publication's key) and `text`. Their order of results may differ; what is marked does not matter.
"""

import re
from dataclasses import dataclass

from django.db import connection, transaction

from drugs.content import invisible
from drugs.search.snippets import plain_text, snippet

TABLE = "drugs_searchwords"
# A query's length is bounded by these before a database sees it.
QUERY_CHARS = 100
QUERY_WORDS = 8
# No document holds control characters, so these can mark what matched.
START, END = "\x02", "\x03"

# PostgreSQL leaves such words out by itself; a query of nothing else finds nothing.
_TOO_COMMON = frozenset(
    """a about an and any are as at be by can could do does for from had has have he her his how i if in into is it
    its may me my not of on or our she should so than that the their them then there these they this to was we were
    what when where which while who why will with would you your""".split()
)


@dataclass(frozen=True)
class PassageHit:
    """A page that says the words. `snippet` is its sentence in parts: pairs of text and whether it matched."""

    slug: str
    title: str
    snippet: tuple


def find(query, limit=10):
    """The pages that say every word of `query`, best first: a list of WordHit. One query."""
    asked = _words(query)
    if not asked:
        return []
    with connection.cursor() as cursor:
        (_sqlite if connection.vendor == "sqlite" else _postgres)(cursor, asked, limit)
        return [
            PassageHit(slug, title, snippet(title, text, asked, START, END)) for slug, title, text in cursor
        ]


def _words(query):
    """What of a query may be looked up: words of two characters or more, without signs that mean something to a
    database, without those that every page says."""
    found = re.findall(r"[^\W_]+", invisible.strip_invisible(query[:QUERY_CHARS]).casefold())
    found = [word for word in dict.fromkeys(found) if len(word) > 1 and word not in _TOO_COMMON]
    return found[:QUERY_WORDS]


def write(publication, document):
    """Rewrites what search knows of the words of `publication`. Call it in the publishing transaction."""
    text = plain_text(document)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT text FROM {TABLE} WHERE rowid = %s", [publication.pk])  # noqa: S608
        if cursor.fetchone() != (text,):
            _write(cursor, [(publication.pk, text)])


def remove(publication):
    """Forgets the words of `publication`."""
    with connection.cursor() as cursor:
        _write(cursor, [(publication.pk, "")])


@transaction.atomic
def rewrite(pages):
    """Writes the rows of `pages` anew: pairs of Publication and Document, or None for one that is not public."""
    with connection.cursor() as cursor:
        _write(cursor, [(page.pk, plain_text(document) if document else "") for page, document in pages])


def differing(pages):
    """The keys of those of `pages`, pairs as in `rewrite`, whose words are not as they should be: a set."""
    wanted = {page.pk: plain_text(document) if document else "" for page, document in pages}
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(wanted))
        cursor.execute(f"SELECT rowid, text FROM {TABLE} WHERE rowid IN ({places})", list(wanted))  # noqa: S608
        kept = dict(cursor.fetchall())
    return {pk for pk, text in wanted.items() if kept.get(pk, "") != text}


def clear():
    """Forgets the words of all pages."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608


def _write(cursor, rows):
    cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(pk,) for pk, _ in rows])  # noqa: S608
    if rows := [row for row in rows if row[1]]:
        cursor.executemany(f"INSERT INTO {TABLE} (rowid, text) VALUES (%s, %s)", rows)  # noqa: S608


# The best are found before they are joined and marked: sorting whole rows would read every text that matches.
def _sqlite(cursor, asked, limit):
    match = " ".join(f'"{word}"' for word in asked)
    cursor.execute(
        f"SELECT p.slug, p.title, highlight({TABLE}, 0, %s, %s) FROM "  # noqa: S608
        f"(SELECT rowid AS page, rank AS place FROM {TABLE} WHERE {TABLE} MATCH %s ORDER BY rank LIMIT %s) best "
        f"CROSS JOIN {TABLE} ON {TABLE}.rowid = best.page AND {TABLE} MATCH %s "
        "JOIN drugs_publication p ON p.id = best.page "
        "WHERE p.withdrawn_at IS NULL ORDER BY best.place, p.slug",
        [START, END, match, limit, match],
    )


def _postgres(cursor, asked, limit):
    cursor.execute(
        "WITH asked AS (SELECT plainto_tsquery('english', %s) AS query), best AS ("  # noqa: S608
        "SELECT p.slug, p.title, w.text, ts_rank(w.words, query, 1) AS merit "
        f"FROM {TABLE} w JOIN drugs_publication p ON p.id = w.rowid, asked "
        "WHERE w.words @@ query AND p.withdrawn_at IS NULL ORDER BY merit DESC, p.slug LIMIT %s) "
        "SELECT slug, title, ts_headline('english', text, query, %s) FROM best, asked ORDER BY merit DESC, slug",
        [" ".join(asked), limit, f"HighlightAll=true, StartSel={START}, StopSel={END}"],
    )
