"""Facets of published pages: side effects, classes and ingredients, normalised to slugs; a derived index.

Names are folded by case, number and, for side effects, what stands in brackets behind them; by meaning only as far as
`effect_names` says that two names are of one effect. A row keeps the name that its page says.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from django.db import connection, transaction
from django.db.models import Model

from drugs.content import Document
from drugs.content.markdown import plain
from drugs.content.normalisation import fold
from drugs.content.sort_keys import letter_of, sort_key
from drugs.models.bulk_insert import insert_rows
from drugs.models.facets import (
    BANDS,
    NAME_CHARS,
    PublishedClass,
    PublishedEffect,
    PublishedIngredient,
    PublishedMentions,
)
from drugs.search import counters, mentions
from drugs.search.derived_index import IndexedPage
from drugs.search.effect_names import entry_slug
from drugs.search.facet_slugs import facet_slug


class EffectRow(NamedTuple):
    publication_id: int
    slug: str
    letter: str
    name: str
    sort_key: str
    band: int  # place in BANDS: the lower, the more frequent


class ClassRow(NamedTuple):
    publication_id: int
    slug: str
    letter: str
    name: str
    sort_key: str
    atc: str


class IngredientRow(NamedTuple):
    publication_id: int
    folded: str
    sort_key: str


class MentionsRow(NamedTuple):
    publication_id: int
    candidates: str


# Each table with what a row of it holds, in the order of its columns.
TABLES: dict[type[Model], Any] = {
    PublishedEffect: EffectRow,
    PublishedClass: ClassRow,
    PublishedIngredient: IngredientRow,
    PublishedMentions: MentionsRow,
}
Facets: TypeAlias = Mapping[
    type[Model], Sequence[NamedTuple]
]  # rows by table; a table without rows may be missing
# What is longer, or a list of several, is a sentence about this one medicine and no name to look up.
EFFECT_CHARS, EFFECT_WORDS = 60, 7

_MARK_UP = re.compile(r"[\\*_`<>&\[\]!~|]")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)[\s.:]*\Z")
_SEVERAL_NAMES = re.compile(r"[,;:.](?:\s|\Z)|[()]")


def effect_name(text: str) -> str:
    """The name of a side effect as its own page says it; "" if `text` is no name but a sentence or a list."""
    name = plain(text) if _MARK_UP.search(text) else " ".join(text.split())
    while _IN_BRACKETS.search(name):
        name = _IN_BRACKETS.sub("", name)
    name = name.rstrip(" .:")
    if len(name) > EFFECT_CHARS or len(name.split()) > EFFECT_WORDS or _SEVERAL_NAMES.search(name):
        return ""
    return _capitalised(name) if name[:1].isalpha() else ""


def _capitalised(name):
    return name[:1].upper() + name[1:]


def facets_of(pk: int, document: Document) -> Facets:
    """The rows of a page: for each table those that `document` gives the publication with the key `pk`."""
    key = sort_key(document.title)
    effects: dict[str, EffectRow] = {}
    classes: dict[str, ClassRow] = {}
    for effect in document.side_effects:
        name = effect_name(effect.name)
        if name and (slug := entry_slug(facet_slug(name))):
            row = EffectRow(pk, slug, letter_of(slug), name, key, BANDS.index(effect.frequency))
            effects[slug] = min(effects.get(slug, row), row, key=lambda row: row.band)
    for item in document.classes:
        if len(item.name) <= NAME_CHARS and (slug := facet_slug(item.name)):
            row_of_class = ClassRow(pk, slug, letter_of(slug), _capitalised(item.name), key, item.atc)
            classes.setdefault(slug, row_of_class)
    folded = {fold(text) for text in document.ingredients} - {""}
    names = mentions.candidates(document)
    ingredients = [IngredientRow(pk, text, key) for text in folded] if len(folded) > 1 else []
    return {
        PublishedEffect: list(effects.values()),
        PublishedClass: list(classes.values()),
        PublishedIngredient: ingredients,
        PublishedMentions: [MentionsRow(pk, "\n".join(names))] if names else [],
    }


def write(pages: Sequence[IndexedPage]) -> bool:
    """The rows of these pages put right, and the counters with them; see DerivedIndex."""
    return _replace_rows(_facets_by_page(pages))


@transaction.atomic
def rewrite(pages: Sequence[IndexedPage]) -> None:
    """The rows of many pages put right; see DerivedIndex."""
    write(pages)


def differing(pages: Sequence[IndexedPage]) -> set[int]:
    """The keys of those of `pages` whose rows are wrong; see DerivedIndex."""
    wanted = _facets_by_page(pages)
    return {pk for table in TABLES for pk in _wrong(table, wanted, _stored(table, wanted))}


def clear() -> None:
    """The rows of all pages taken away; see DerivedIndex."""
    for table in TABLES:
        table._default_manager.all().delete()


def _facets_by_page(pages):
    return {page.pk: facets_of(page.pk, document) if document else {} for page, document in pages}


def _replace_rows(wanted):
    """Makes the tables hold these facets of these publications, counted; whether any row was different."""
    before, after = Counter(), Counter()
    changed = False
    for table in TABLES:
        gone, new = _replace_rows_of(table, wanted)
        before.update(counters.counts_of_facets(table, gone))
        after.update(counters.counts_of_facets(table, new))
        changed = changed or bool(gone or new)
    counters.change(before, after)
    return changed


def _replace_rows_of(table, wanted):
    """The rows that left `table` and those that came. Rows that are right already cost one reading."""
    stored = _stored(table, wanted)
    wrong = _wrong(table, wanted, stored)
    gone = [row for pk in wrong for row in stored[pk]]
    new = [row for pk in wrong for row in wanted[pk].get(table, ())]
    if gone:
        table.objects.filter(publication__in={row.publication_id for row in gone}).delete()
    if new:
        # Without an object a row: twenty side effects a page are the most that an import writes after search.
        with connection.cursor() as cursor:
            insert_rows(cursor, table._meta.db_table, TABLES[table]._fields, new)
    return gone, new


def _wrong(table, wanted, stored):
    return [pk for pk, facets in wanted.items() if stored[pk] != set(facets.get(table, ()))]


def _stored(table, keys):
    """The rows of `table` that the database has, as a set by publication."""
    rows, row_type = defaultdict(set), TABLES[table]
    for columns in table.objects.filter(publication__in=list(keys)).values_list(*row_type._fields):
        row = row_type._make(columns)
        rows[row.publication_id].add(row)
    return rows
