"""Rows of the index of names: what a page gives, what the database has, and their replacement."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import connection

from drugs.content import Document, normalisation
from drugs.content.names import own_names
from drugs.content.normalisation import FUZZY_CHARS
from drugs.models.bulk_insert import insert_rows
from drugs.models.search import SearchMark, SearchName
from drugs.search.names.phonetics import phonetic_spelling
from drugs.search.names.terms import index_terms


class NameRow(NamedTuple):
    """A row of SearchName, which says what the columns are."""

    key: int
    publication_id: int
    text: str
    kind: str
    form: str
    whole: bool
    sound: str
    names: int


class MarkRow(NamedTuple):
    """A row of SearchMark: an index term, the number of trigrams of the name, and the key of its NameRow."""

    mark: str
    size: int
    name_id: int


MOST_NAMES = 32_000  # what the column holds


def rows_of(pk: int, document: Document) -> list[NameRow]:
    """The names of a page, for the publication with the key `pk`: every form of every name once.

    A form that several names have is that of the first, whole names before parts of names.
    """
    names = _names(document)
    forms = [(form, text, kind) for text, kind in names for form in normalisation.forms(text)]
    forms.sort(key=lambda item: not item[0].whole)
    count = min(len({normalisation.fold(text) for text, _ in names}), MOST_NAMES)
    rows: dict[str, NameRow] = {}
    for form, text, kind in forms:
        if form.text not in rows:
            sound = phonetic_spelling("".join(normalisation.words_of(form.text))[:FUZZY_CHARS])
            key = name_key(document.slug, form.text)
            rows[form.text] = NameRow(key, pk, text, kind, form.text, form.whole, sound, count)
    return list(rows.values())


def _names(document):
    """Every name of a page as (text, kind): the title, its own names, and its ingredients as one name."""
    ingredients = " + ".join(document.ingredients)[: normalisation.MAX_CHARS]
    names = [(document.title, "title"), *((name.text, name.kind) for name in own_names(document))]
    return [*names, (ingredients, "generic")] if ingredients else names


def name_key(slug: str, form: str) -> int:
    """Primary key of a name: 63 bits of hash, of the page first, so that the rows of a page lie together."""
    halves = [hashlib.blake2b(text.encode(), digest_size=4).digest() for text in (slug, f"{slug} {form}")]
    return int.from_bytes(b"".join(halves), "big") >> 1


def terms_of(rows: Iterable[NameRow]) -> list[MarkRow]:
    """The index terms of names."""
    marks: list[MarkRow] = []
    for row in rows:
        terms, size = index_terms(normalisation.Form(row.form, row.whole), title=row.kind == "title")
        marks += [MarkRow(mark, size, row.key) for mark in terms]
    return marks


def stored_rows(pks: Sequence[int]) -> dict[int, set[NameRow]]:
    """The names that the database has of these publications, by publication."""
    stored = defaultdict(set)
    for columns in SearchName.objects.filter(publication__in=pks).values_list(*NameRow._fields):
        row = NameRow._make(columns)
        stored[row.publication_id].add(row)
    return stored


def stored_terms(pks: Sequence[int]) -> dict[int, set[MarkRow]]:
    """The index terms that the database has of these publications, by publication."""
    stored = defaultdict(set)
    marks = SearchMark.objects.filter(name__publication__in=pks)
    columns = marks.values_list("name__publication_id", *MarkRow._fields)
    for pk, *row in columns.iterator(chunk_size=20_000):
        stored[pk].add(MarkRow._make(row))
    return stored


def replace_rows(pks: Sequence[int], rows: Sequence[NameRow]) -> None:
    """Puts `rows`, with their index terms, in the place of all that the database has of these publications."""
    with connection.cursor() as cursor:
        old = SearchName.objects.filter(publication__in=pks).values_list("key")
        # The new keys too: a mark left behind by whatever deleted its name must not stop an edition.
        keys = sorted({*old, *((row[0],) for row in rows)})
        cursor.executemany("DELETE FROM drugs_searchmark WHERE name_id = %s", keys)
        cursor.executemany("DELETE FROM drugs_searchname WHERE publication_id = %s", [(pk,) for pk in pks])
        # In the order of the index, which then grows page by page instead of everywhere at once.
        insert_rows(cursor, "drugs_searchname", NameRow._fields, sorted(rows))
        insert_rows(cursor, "drugs_searchmark", MarkRow._fields, sorted(terms_of(rows)))
