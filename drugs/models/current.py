"""What the most asked-for pages need of the database, each in one query: SQL, because the ORM costs more than the page.

The page of a drug is kept finished. What remains to be asked each time is whether it is still the one to show, and
for that the ORM takes longer (0.9 ms for two queries) than all else together (0.15 ms); this statement takes 0.03.
"""

import sys
from typing import NamedTuple

from django.db import connection
from django.db.models.expressions import RawSQL

from drugs.models.publications import Publication

# What stands around pages, as JSON: the site's texts, and how many pages each letter has.
_TEXTS = {
    "sqlite": "(SELECT json_group_object(key, body) FROM drugs_sitetext)",
    "postgresql": "(SELECT json_object_agg(key, body)::text FROM drugs_sitetext)",
}
_LETTERS = {
    "sqlite": "(SELECT json_group_object(letter, number) FROM drugs_tally WHERE kind = 'letter')",
    "postgresql": "(SELECT json_object_agg(letter, number)::text FROM drugs_tally WHERE kind = 'letter')",
}
_COLUMNS = [field.column for field in Publication._meta.concrete_fields]
_WITHDRAWN_AT = _COLUMNS.index("withdrawn_at")
_PAGE = f"""
SELECT {{texts}}, (SELECT relations FROM drugs_stamp), {", ".join("p." + column for column in _COLUMNS)}
FROM drugs_publication p WHERE p.slug = %s"""  # noqa: S608 - our own words


class Frame(NamedTuple):
    """What stands around pages, as JSON; None where there is nothing."""

    texts: str
    letters: str


class CurrentPage(NamedTuple):
    """All that the page of a drug depends on, as the database has it now."""

    texts: str  # as in a Frame
    withdrawn: bool
    facts: tuple  # equal only as long as the page is to look the same on the same day


def page(slug):
    """The CurrentPage with the address `slug`, or None: one query."""
    row = _fetch(_PAGE, slug)
    if row is None:
        return None
    texts = sys.intern(row[0] or "")  # the same on all pages: kept, compared and hashed once
    return CurrentPage(texts, row[2 + _WITHDRAWN_AT] is not None, (texts, *row[1:]))


def frame():
    """The Frame as it is now: one query."""
    return Frame(*_fetch("SELECT {texts}, {letters}"))


def with_frame(rows):
    """`rows` with what a Frame has on each of them: for queries that find one row, or few, and bring it along."""
    vendor = connection.vendor
    return rows.annotate(texts=RawSQL(_TEXTS[vendor], ()), letters=RawSQL(_LETTERS[vendor], ()))  # noqa: S611


def _fetch(sql, *parameters):
    vendor = connection.vendor
    with connection.cursor() as cursor:
        cursor.execute(sql.format(texts=_TEXTS[vendor], letters=_LETTERS[vendor]), parameters)
        return cursor.fetchone()
