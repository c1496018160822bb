"""Which rows does the index of names keep of a page, and how are they written?"""

import hashlib
from collections import defaultdict

from django.db import connection

from drugs.content import normalisation as normalise
from drugs.models.search import SearchMark, SearchName
from drugs.search.names.phonetics import sound
from drugs.search.names.terms import FUZZY_CHARS, marks

NAME_COLUMNS = ("key", "publication_id", "text", "kind", "form", "whole", "sound", "names")
MARK_COLUMNS = ("mark", "size", "name_id")
MOST_NAMES = 32_000  # what the column holds


def of_document(pk, document):
    """The rows of SearchName for `document`: every form of every name once, whole names before parts of them."""
    names = _names(document)
    forms = [(form, text, kind) for text, kind in names for form in normalise.forms(text)]
    forms.sort(key=lambda found: not found[0].whole)
    count = min(len({normalise.fold(text) for text, _ in names}), MOST_NAMES)
    rows = {}
    for form, text, kind in forms:
        if form.text not in rows:
            heard = sound("".join(normalise.words_of(form.text))[:FUZZY_CHARS])
            key = key_of(document.slug, form.text)
            rows[form.text] = (key, pk, text, kind, form.text, form.whole, heard, count)
    return list(rows.values())


def _names(document):
    """Every name of a page as (text, kind): the title, its names, and its ingredients as one name."""
    ingredients = " + ".join(document.ingredients)[: normalise.MAX_CHARS]
    names = [(document.title, "title"), *((name.text, name.kind) for name in document.names)]
    return [*names, (ingredients, "generic")] if ingredients else names


def key_of(slug, form):
    """63 bits of hash, of the page first, so that the rows of a page lie together."""
    halves = [hashlib.blake2b(text.encode(), digest_size=4).digest() for text in (slug, f"{slug} {form}")]
    return int.from_bytes(b"".join(halves), "big") >> 1


def marks_of(rows):
    """The rows of SearchMark that belong to rows of SearchName."""
    found = []
    for key, _, _, kind, form, whole, _, _ in rows:
        of_name, size = marks(normalise.Form(form, whole), title=kind == "title")
        found += [(mark, size, key) for mark in of_name]
    return found


def kept(pks):
    """What the database has of the names of these publications: sets of rows by publication."""
    found = defaultdict(set)
    for row in SearchName.objects.filter(publication__in=pks).values_list(*NAME_COLUMNS):
        found[row[1]].add(row)
    return found


def kept_marks(pks):
    """What the database has of the marks of these publications: sets of rows by publication."""
    found = defaultdict(set)
    rows = SearchMark.objects.filter(name__publication__in=pks)
    for pk, *row in rows.values_list("name__publication_id", *MARK_COLUMNS).iterator(chunk_size=20_000):
        found[pk].add(tuple(row))
    return found


def replace(pks, rows):
    """Puts `rows` in the place of all that the database has of these publications."""
    with connection.cursor() as cursor:
        old = SearchName.objects.filter(publication__in=pks).values_list("key")
        # The new keys too: a mark left behind by whatever deleted its name must not stop an edition.
        keys = sorted({*old, *((row[0],) for row in rows)})
        cursor.executemany("DELETE FROM drugs_searchmark WHERE name_id = %s", keys)
        cursor.executemany("DELETE FROM drugs_searchname WHERE publication_id = %s", [(pk,) for pk in pks])
        # In the order of the index, which then grows page by page instead of everywhere at once.
        insert(cursor, "drugs_searchname", NAME_COLUMNS, sorted(rows))
        insert(cursor, "drugs_searchmark", MARK_COLUMNS, sorted(marks_of(rows)))


def insert(cursor, table, columns, rows):
    """The fastest way that each database has; the ORM takes five times as long for thirty rows a name."""
    if connection.vendor == "postgresql":
        # Django does not see what the driver raises while it copies, and would not know it.
        with connection.wrap_database_errors, cursor.copy(_copy(table, columns)) as copy:
            for row in rows:
                copy.write_row(row)
    elif rows:
        places = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)  # noqa: S608


def _copy(table, columns):
    return f"COPY {table} ({', '.join(columns)}) FROM STDIN"
