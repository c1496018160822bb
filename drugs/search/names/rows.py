"""Which rows does the index of names keep of a page, and how are they written?"""

import hashlib
from collections import defaultdict

from django.db import connection

from drugs.content import normalisation
from drugs.content.normalisation import FUZZY_CHARS
from drugs.models.bulk_insert import insert_rows
from drugs.models.search import SearchMark, SearchName
from drugs.search.names.phonetics import phonetic_spelling
from drugs.search.names.terms import index_terms

NAME_COLUMNS = ("key", "publication_id", "text", "kind", "form", "whole", "sound", "names")
MARK_COLUMNS = ("mark", "size", "name_id")
MOST_NAMES = 32_000  # what the column holds


def rows_of(pk, document):
    """The rows of SearchName for `document`: every form of every name once, whole names before parts of them."""
    names = _names(document)
    forms = [(form, text, kind) for text, kind in names for form in normalisation.forms(text)]
    forms.sort(key=lambda found: not found[0].whole)
    count = min(len({normalisation.fold(text) for text, _ in names}), MOST_NAMES)
    rows = {}
    for form, text, kind in forms:
        if form.text not in rows:
            heard = phonetic_spelling("".join(normalisation.words_of(form.text))[:FUZZY_CHARS])
            key = name_key(document.slug, form.text)
            rows[form.text] = (key, pk, text, kind, form.text, form.whole, heard, count)
    return list(rows.values())


def _names(document):
    """Every name of a page as (text, kind): the title, its names, and its ingredients as one name."""
    ingredients = " + ".join(document.ingredients)[: normalisation.MAX_CHARS]
    names = [(document.title, "title"), *((name.text, name.kind) for name in document.names)]
    return [*names, (ingredients, "generic")] if ingredients else names


def name_key(slug, form):
    """63 bits of hash, of the page first, so that the rows of a page lie together."""
    halves = [hashlib.blake2b(text.encode(), digest_size=4).digest() for text in (slug, f"{slug} {form}")]
    return int.from_bytes(b"".join(halves), "big") >> 1


def terms_of(rows):
    """The rows of SearchMark that belong to rows of SearchName."""
    found = []
    for key, _, _, kind, form, whole, _, _ in rows:
        of_name, size = index_terms(normalisation.Form(form, whole), title=kind == "title")
        found += [(mark, size, key) for mark in of_name]
    return found


def stored_rows(pks):
    """What the database has of the names of these publications: sets of rows by publication."""
    found = defaultdict(set)
    for row in SearchName.objects.filter(publication__in=pks).values_list(*NAME_COLUMNS):
        found[row[1]].add(row)
    return found


def stored_terms(pks):
    """What the database has of the marks of these publications: sets of rows by publication."""
    found = defaultdict(set)
    rows = SearchMark.objects.filter(name__publication__in=pks)
    for pk, *row in rows.values_list("name__publication_id", *MARK_COLUMNS).iterator(chunk_size=20_000):
        found[pk].add(tuple(row))
    return found


def replace_rows(pks, rows):
    """Puts `rows` in the place of all that the database has of these publications."""
    with connection.cursor() as cursor:
        old = SearchName.objects.filter(publication__in=pks).values_list("key")
        # The new keys too: a mark left behind by whatever deleted its name must not stop an edition.
        keys = sorted({*old, *((row[0],) for row in rows)})
        cursor.executemany("DELETE FROM drugs_searchmark WHERE name_id = %s", keys)
        cursor.executemany("DELETE FROM drugs_searchname WHERE publication_id = %s", [(pk,) for pk in pks])
        # In the order of the index, which then grows page by page instead of everywhere at once.
        insert_rows(cursor, "drugs_searchname", NAME_COLUMNS, sorted(rows))
        insert_rows(cursor, "drugs_searchmark", MARK_COLUMNS, sorted(terms_of(rows)))
