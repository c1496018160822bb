"""Which side effects, classes and ingredients do the pages that readers see name? Written with every edition.

Names are folded by case, number and, for side effects, what stands in brackets behind them; never by meaning.
"""

import re
from collections import Counter, defaultdict

from django.db import connection, transaction

from drugs.content.markdown import plain
from drugs.content.normalisation import fold
from drugs.content.sort_keys import letter_of, sort_key
from drugs.models.facets import (
    BANDS,
    NAME_CHARS,
    SLUG_CHARS,
    PublishedClass,
    PublishedEffect,
    PublishedIngredient,
)
from drugs.search import counters

# Each table with its columns, the publication's key first.
TABLES = {
    PublishedEffect: ("publication_id", "slug", "letter", "name", "sort_key", "band"),
    PublishedClass: ("publication_id", "slug", "letter", "name", "sort_key", "atc"),
    PublishedIngredient: ("publication_id", "folded", "sort_key"),
}
# What is longer, or a list of several, is a sentence about this one medicine and no name to look up.
EFFECT_CHARS, EFFECT_WORDS = 60, 7

_MARKED = re.compile(r"[\\*_`<>&\[\]!~|]")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)[\s.:]*\Z")
_SEVERAL = re.compile(r"[,;:.](?:\s|\Z)|[()]")
# Words that end like a plural and are none, or that nobody uses in the singular.
_NO_PLURALS = frozenset(
    """ascites caries chills clostridioides diabetes faeces feces genitals herpes hives lens measles menses
    mumps pancreas rabies rickets scabies series shingles species sweats""".split()
)


def facet_slug(name):
    """`name` folded by case and number: the last part of its address. Empty if it cannot be one."""
    slug = "-".join(_singular(word) for word in fold(name).split())
    return slug if len(slug) <= SLUG_CHARS else ""


def _singular(word):
    if len(word) < 4 or word in _NO_PLURALS or re.search(r"(?:ss|us|is)\Z", word):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if re.search(r"(?:ss|sh|x|[^a]ch)es\Z", word):
        return word[:-2]
    return word.removesuffix("s")


def effect_name(text):
    """The name of a side effect as its own page says it; empty if `text` is no name but a sentence or a list."""
    name = plain(text) if _MARKED.search(text) else " ".join(text.split())
    while _IN_BRACKETS.search(name):
        name = _IN_BRACKETS.sub("", name)
    name = name.rstrip(" .:")
    if len(name) > EFFECT_CHARS or len(name.split()) > EFFECT_WORDS or _SEVERAL.search(name):
        return ""
    return _capitalised(name) if name[:1].isalpha() else ""


def _capitalised(name):
    return name[:1].upper() + name[1:]


def facets_of(pk, document):
    """The rows of each table for `document`: a dict from table to a list of tuples, as TABLES orders them."""
    key = sort_key(document.title)
    effects, classes = {}, {}
    for effect in document.side_effects:
        name = effect_name(effect.name)
        if name and (slug := facet_slug(name)):
            row = (pk, slug, letter_of(slug), name, key, BANDS.index(effect.frequency))
            effects[slug] = min(effects.get(slug, row), row, key=lambda row: row[-1])
    for item in document.classes:
        if len(item.name) <= NAME_CHARS and (slug := facet_slug(item.name)):
            classes.setdefault(slug, (pk, slug, letter_of(slug), _capitalised(item.name), key, item.atc))
    folded = {fold(text) for text in document.ingredients} - {""}
    ingredients = [(pk, text, key) for text in folded] if len(folded) > 1 else []
    return dict(zip(TABLES, (list(effects.values()), list(classes.values()), ingredients), strict=True))


def write(publication, document):
    """Rewrites what `publication` names. Call it in the publishing transaction."""
    _put_all([(publication.pk, facets_of(publication.pk, document))])


def remove(publication):
    """Forgets what `publication` names, as when it is withdrawn. Call it in that transaction."""
    _put_all([(publication.pk, {})])


@transaction.atomic
def rewrite(pages):
    """Puts right the rows of `pages`: pairs of Publication and Document, or None for one that is not public."""
    _put_all([(page.pk, facets_of(page.pk, document) if document else {}) for page, document in pages])


def _put_all(wanted):
    before, after = Counter(), Counter()
    for table in TABLES:
        gone, new = _put(table, {pk: rows.get(table, []) for pk, rows in wanted})
        before.update(gone)
        after.update(new)
    counters.change(before, after)


def differing(pages):
    """The keys of those of `pages`, pairs as in `rewrite`, whose rows are not as they should be: a set."""
    wanted = [(page.pk, facets_of(page.pk, document) if document else {}) for page, document in pages]
    wrong = set()
    for table in TABLES:
        rows = {pk: rows.get(table, []) for pk, rows in wanted}
        kept = _stored(table, rows)
        wrong |= {pk for pk in rows if kept[pk] != set(rows[pk])}
    return wrong


def clear():
    """Forgets what all pages name."""
    for table in TABLES:
        table.objects.all().delete()


def _stored(table, wanted):
    kept = defaultdict(set)
    for row in table.objects.filter(publication__in=list(wanted)).values_list(*TABLES[table]):
        kept[row[0]].add(row)
    return kept


def _put(table, wanted):
    """Makes `table` hold these rows of these publications. Whatever it holds already costs one reading.

    Returns what lists counted of the rows that were wrong, and what they are to count instead.
    """
    columns, kept = TABLES[table], _stored(table, wanted)
    wrong = [pk for pk, rows in wanted.items() if kept[pk] != set(rows)]
    gone = [row for pk in wrong for row in kept[pk]]
    rows = [row for pk in wrong for row in wanted[pk]]
    if gone:
        table.objects.filter(publication__in={row[0] for row in gone}).delete()
    if rows:
        # Without an object a row: twenty side effects a page are the most that an import writes after search.
        places = ", ".join(["%s"] * len(columns))
        names = ", ".join(columns)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table._meta.db_table} ({names}) VALUES ({places})",  # noqa: S608
                rows,
            )
    return counters.counts_of_rows(table, gone), counters.counts_of_rows(table, rows)
