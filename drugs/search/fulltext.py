"""Full-text search: the pages that say all words of a query, each with a snippet; a derived index.

SQLite's FTS5 and PostgreSQL's full text stand behind one interface: a table of one row a page with the columns
`rowid` (the publication's key) and `text`. Their order of results may differ; what is marked does not matter.
"""

import re
from collections.abc import Collection, Mapping, Sequence
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
# Pages that PostgreSQL ranks, the newest of those that say the words: each has to be unpacked, 20 microseconds of CPU.
RANKED = 2000
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


@dataclass(frozen=True)
class FoundPage:
    """A page that says the words, without a passage. `ways` are the words of the query that find it: see `find`."""

    pk: int
    slug: str
    title: str
    ways: Mapping[str, Sequence[str]]


def find(query: str, limit: int = 10) -> list[PassageHit]:
    """The pages that say every word of `query`, best first, each with its passage: see `find_pages` and `passages`."""
    return passages(query, find_pages(query, limit))


def find_pages(query: str, limit: int) -> list[FoundPage]:
    """The pages that say every word of `query`, best first: as English words, and behind those in the forms of the
    language that a page is in (`word_forms`). One query, two where the first finds fewer than `limit`, three on a site
    with pages in other languages.
    """
    words = _words(query)
    if not words:
        return []
    with connection.cursor() as cursor:
        found = _pages(cursor, {"": words}, limit)
        if len(found) < limit and (other := _beginnings(cursor, words)):
            slugs = {page.slug for page in found}
            found += [page for page in _pages(cursor, other, limit) if page.slug not in slugs]
        return found[:limit]


def _pages(cursor, ways, limit):
    """The pages that say the words of one of the `ways`: English ones, or beginnings by the mark of their language."""
    (_sqlite if connection.vendor == "sqlite" else _postgres)(cursor, ways, limit)
    return [FoundPage(*row, ways) for row in cursor]


def passages(query: str, pages: Sequence[FoundPage]) -> list[PassageHit]:
    """Those of the `pages` that `query` finds, in their order, each with its passage. Ask for no more than are shown:
    their whole texts are read and marked. One query for English words, one for those of other languages.
    """
    words, marked = _words(query), {}
    with connection.cursor() as cursor:
        for english in (True, False):
            some = [page for page in pages if ("" in page.ways) == english]
            if some:
                mark = _sqlite_marked if connection.vendor == "sqlite" else _postgres_marked
                mark(cursor, some[0].ways, [page.pk for page in some])
                marked.update(cursor.fetchall())
    return [
        PassageHit(
            page.slug,
            page.title,
            *snippet(page.title, without_language(marked[page.pk]), words, START, END),
        )
        for page in pages
        if page.pk in marked
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


# The best are found before they are joined: sorting whole rows would read every text that matches.
def _sqlite(cursor, ways, limit):
    cursor.execute(
        "SELECT p.id, p.slug, p.title FROM "  # noqa: S608
        f"(SELECT rowid AS page, rank AS place FROM {TABLE} WHERE {TABLE} MATCH %s ORDER BY rank LIMIT %s) best "
        "CROSS JOIN drugs_publication p ON p.id = best.page "
        "WHERE p.withdrawn_at IS NULL ORDER BY best.place, p.slug",
        [_sqlite_match(ways), limit],
    )


def _sqlite_marked(cursor, ways, keys):
    cursor.execute(
        f"SELECT rowid, highlight({TABLE}, 0, %s, %s) FROM {TABLE} "  # noqa: S608
        f"WHERE {TABLE} MATCH %s AND rowid IN ({', '.join(['%s'] * len(keys))})",
        [START, END, _sqlite_match(ways), *keys],
    )


def _sqlite_match(ways):
    return " OR ".join(
        "(" + " ".join([f'"{mark}"' * bool(mark), *(_sqlite_word(word, bool(mark)) for word in words)]) + ")"
        for mark, words in ways.items()
    )


def _sqlite_word(word, is_beginning):
    return f'"{word}"' + " *" * (is_beginning and len(word) >= SHORTEST)


def _postgres(cursor, ways, limit):
    """Which pages say the words is asked of the index alone, before any of them is unpacked to be ranked."""
    asked, query = _postgres_query(ways)
    cursor.execute(
        f"WITH asked AS (SELECT {asked} AS query), said AS MATERIALIZED ("  # noqa: S608
        f"SELECT w.rowid AS page FROM {TABLE} w, asked WHERE w.words @@ query), "
        "newest AS (SELECT page FROM said ORDER BY page DESC LIMIT %s) "
        f"SELECT p.id, p.slug, p.title FROM newest JOIN {TABLE} w ON w.rowid = page "
        "JOIN drugs_publication p ON p.id = page, asked "
        "WHERE p.withdrawn_at IS NULL ORDER BY ts_rank(w.words, query, 1) DESC, p.slug LIMIT %s",
        [query, RANKED, limit],
    )


def _postgres_marked(cursor, ways, keys):
    asked, query = _postgres_query(ways)
    cursor.execute(
        f"SELECT rowid, ts_headline('english', text, {asked}, %s) FROM {TABLE} WHERE rowid = ANY(%s)",  # noqa: S608
        [query, f"HighlightAll=true, StartSel={START}, StopSel={END}", keys],
    )


def _postgres_query(ways):
    """SQL of what is asked, and its value."""
    if "" in ways:
        return "plainto_tsquery('english', %s)", " ".join(ways[""])
    return "to_tsquery('simple', %s)", " | ".join(
        " & ".join([mark, *(word + ":*" * (len(word) >= SHORTEST) for word in words)])
        for mark, words in ways.items()
    )
