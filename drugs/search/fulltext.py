"""Full-text search: the pages that say all words of a query, each with a snippet; a derived index.

SQLite's FTS5 and PostgreSQL's full text stand behind one interface: a table of one row a page with the columns
`rowid` (the publication's key) and `text`. Their order of results may differ; what is marked does not matter.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from drugs.content import invisible
from drugs.search.derived_index import IndexedPage
from drugs.search.snippets import SnippetPart, plain_text, snippet, without_language
from drugs.search.word_forms import SHORTEST, beginnings

TABLE = "drugs_searchwords"
# A query's length is bounded by these before a database sees it.
QUERY_CHARS = 100
QUERY_WORDS = 8
# No document holds control characters, so these can mark what matched.
START, END = "\x02", "\x03"

# PostgreSQL leaves such words out by itself; a query of nothing else finds nothing.
_STOP_WORDS = frozenset(
    """a about an and any are as at be by can could do does for from had has have he her his how i if in into is it
    its may me my not of on or our she should so than that the their them then there these they this to was we were
    what when where which while who why will with would you your""".split()
)


@dataclass(frozen=True)
class PassageHit:
    """A page that says the words, with its sentence that says most of them and the anchor of its section, or ""."""

    slug: str
    title: str
    snippet: tuple[SnippetPart, ...]
    anchor: str = ""


def find(query: str, limit: int = 10) -> list[PassageHit]:
    """The pages that say every word of `query`, best first: as English words, and behind those in the forms of the
    language that a page is in (`word_forms`). One query, two where the first finds fewer than `limit`, three on a site
    with pages in other languages.
    """
    words = _words(query)
    if not words:
        return []
    with connection.cursor() as cursor:
        hits = _hits(cursor, words, {"": words}, limit)
        if len(hits) < limit and (other := _beginnings(cursor, words)):
            slugs = {hit.slug for hit in hits}
            hits += [hit for hit in _hits(cursor, words, other, limit) if hit.slug not in slugs]
        return hits[:limit]


def _hits(cursor, words, ways, limit):
    """The pages that say the words of one of the `ways`: English ones, or beginnings by the mark of their language."""
    (_sqlite if connection.vendor == "sqlite" else _postgres)(cursor, ways, limit)
    return [
        PassageHit(slug, title, *snippet(title, without_language(text), words, START, END))
        for slug, title, text in cursor
    ]


def _words(query):
    """The words of a query that may be looked up: of two characters or more, without signs that mean something to a
    database, without stop words."""
    words = re.findall(r"[^\W_]+", invisible.strip_invisible(query[:QUERY_CHARS]).casefold())
    words = [word for word in dict.fromkeys(words) if len(word) > 1 and word not in _STOP_WORDS]
    return words[:QUERY_WORDS]


def known_words(words: Collection[str], *, besides: int | None = None) -> frozenset[str]:
    """Those of the folded `words` that some page says, letter for letter, the one with the key `besides` left out.

    One query a word: for the few words that a change of spelling touches.
    """
    with connection.cursor() as cursor:
        return frozenset(word for word in words if _is_said(cursor, word, besides))


def _is_said(cursor, word, besides):
    """Both indexes know stems, so some of the texts that match are read."""
    matches = (
        f"{TABLE} MATCH %s" if connection.vendor == "sqlite" else "words @@ plainto_tsquery('english', %s)"
    )
    quoted = f'"{word}"' if connection.vendor == "sqlite" else word
    cursor.execute(
        f"SELECT text FROM {TABLE} WHERE {matches} AND rowid <> %s LIMIT 200",  # noqa: S608
        [quoted.replace("\0", ""), besides or 0],
    )
    return any(word in re.findall(r"[^\W_]+", text.casefold()) for (text,) in cursor.fetchall())


def write(pages: Sequence[IndexedPage]) -> bool:
    """The texts of these pages put right; see DerivedIndex."""
    wanted = _texts(pages)
    with connection.cursor() as cursor:
        stored = _stored(cursor, list(wanted))
        changed = [(pk, text) for pk, text in wanted.items() if stored.get(pk, "") != text]
        if changed:
            _write(cursor, changed)
    return bool(changed)


@transaction.atomic
def rewrite(pages: Sequence[IndexedPage]) -> None:
    """The texts of many pages written anew; see DerivedIndex."""
    with connection.cursor() as cursor:
        _write(cursor, list(_texts(pages).items()))


def differing(pages: Sequence[IndexedPage]) -> set[int]:
    """The keys of those of `pages` whose text is another; see DerivedIndex."""
    wanted = _texts(pages)
    with connection.cursor() as cursor:
        stored = _stored(cursor, list(wanted))
    return {pk for pk, text in wanted.items() if stored.get(pk, "") != text}


def clear() -> None:
    """The texts of all pages taken away; see DerivedIndex."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608


def _texts(pages):
    return {page.pk: plain_text(document) if document else "" for page, document in pages}


def _stored(cursor, keys):
    """The texts that the database has of these publications, by key."""
    places = ", ".join(["%s"] * len(keys))
    cursor.execute(f"SELECT rowid, text FROM {TABLE} WHERE rowid IN ({places})", keys)  # noqa: S608
    return dict(cursor.fetchall())


def _write(cursor, rows):
    """The rows, pairs of key and text, in the place of what was there; none where the text is empty."""
    cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(pk,) for pk, _ in rows])  # noqa: S608
    if rows := [row for row in rows if row[1]]:
        cursor.executemany(f"INSERT INTO {TABLE} (rowid, text) VALUES (%s, %s)", rows)  # noqa: S608


def _beginnings(cursor, words):
    """The `beginnings` of `words` in those languages that a page is in. One query, which touches a word a language."""
    found = beginnings(words)
    if not found:
        return found
    matches = f"{TABLE} MATCH %s" if connection.vendor == "sqlite" else "words @@ to_tsquery('simple', %s)"
    any_page = f"SELECT %s WHERE EXISTS (SELECT 1 FROM {TABLE} WHERE {matches})"  # noqa: S608
    cursor.execute(" UNION ALL ".join([any_page] * len(found)), [mark for mark in found for _ in range(2)])
    return {mark: found[mark] for (mark,) in cursor.fetchall()}


# The best are found before they are joined and marked: sorting whole rows would read every text that matches.
def _sqlite(cursor, ways, limit):
    match = " OR ".join(
        "(" + " ".join([f'"{mark}"' * bool(mark), *(_sqlite_word(word, bool(mark)) for word in words)]) + ")"
        for mark, words in ways.items()
    )
    cursor.execute(
        f"SELECT p.slug, p.title, highlight({TABLE}, 0, %s, %s) FROM "  # noqa: S608
        f"(SELECT rowid AS page, rank AS place FROM {TABLE} WHERE {TABLE} MATCH %s ORDER BY rank LIMIT %s) best "
        f"CROSS JOIN {TABLE} ON {TABLE}.rowid = best.page AND {TABLE} MATCH %s "
        "JOIN drugs_publication p ON p.id = best.page "
        "WHERE p.withdrawn_at IS NULL ORDER BY best.place, p.slug",
        [START, END, match, limit, match],
    )


def _sqlite_word(word, is_beginning):
    return f'"{word}"' + " *" * (is_beginning and len(word) >= SHORTEST)


def _postgres(cursor, ways, limit):
    if "" in ways:
        asked, query = "plainto_tsquery('english', %s)", " ".join(ways[""])
    else:
        asked = "to_tsquery('simple', %s)"
        query = " | ".join(
            " & ".join([mark, *(word + ":*" * (len(word) >= SHORTEST) for word in words)])
            for mark, words in ways.items()
        )
    cursor.execute(
        f"WITH asked AS (SELECT {asked} AS query), best AS ("  # noqa: S608
        "SELECT p.slug, p.title, w.text, ts_rank(w.words, query, 1) AS merit "
        f"FROM {TABLE} w JOIN drugs_publication p ON p.id = w.rowid, asked "
        "WHERE w.words @@ query AND p.withdrawn_at IS NULL ORDER BY merit DESC, p.slug LIMIT %s) "
        "SELECT slug, title, ts_headline('english', text, query, %s) FROM best, asked ORDER BY merit DESC, slug",
        [query, limit, f"HighlightAll=true, StartSel={START}, StopSel={END}"],
    )
