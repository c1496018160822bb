"""State of a drug's page, and the frame of every page, each in one SQL query: what the page cache is asked by.

The page of a drug is kept finished. What remains to be asked each time is whether it is still the one to show, and
for that the ORM takes several times as long as all else together; this statement takes 0.03 ms.
"""

import functools
import sys
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connection, connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from drugs.caching import stale_pages
from drugs.caching.circuit_breaker import breaker

# The frame of pages, as JSON: the site's texts, and how many pages each letter has.
_TEXTS = {
    "sqlite": "(SELECT json_group_object(key, body) FROM drugs_sitetext)",
    "postgresql": "(SELECT json_object_agg(key, body)::text FROM drugs_sitetext)",
}
_LETTERS = {
    "sqlite": "(SELECT json_group_object(letter, number) FROM drugs_tally WHERE kind = 'letter')",
    "postgresql": "(SELECT json_object_agg(letter, number)::text FROM drugs_tally WHERE kind = 'letter')",
}
# All other columns of a publication are made from the document whose hash is here, and by the same publishing.
_PAGE = """
SELECT withdrawn_at, {texts}, (SELECT withdrawals FROM drugs_stamp), (SELECT relations FROM drugs_stamp), id, sha256,
number, published_at, reviewed_by, reviewer_role, reviewed_on, review_due, review_of
FROM drugs_publication WHERE slug = %s"""


class SiteFrame(NamedTuple):
    """What stands around pages, as JSON; None where there is nothing."""

    texts: str | None
    letters: str | None


class PageState(NamedTuple):
    """All that the page of a drug depends on, as the database has it now."""

    texts: str  # as in a SiteFrame
    withdrawn: bool
    facts: tuple[object, ...]  # equal only as long as the page is to look the same on the same day


def page_state(slug: str) -> PageState | None:
    """The state of the page with the address `slug`, or None: one query."""
    row = _fetch(_PAGE, slug)
    if row is None:
        return None
    withdrawn_at, texts, withdrawals, *facts = row
    stale_pages.observe(withdrawals)
    texts = sys.intern(texts or "")  # the same on all pages: kept, compared and hashed once
    return PageState(texts, withdrawn_at is not None, (texts, *facts))


def site_frame() -> SiteFrame:
    """The frame as it is now: one query."""
    texts, letters, withdrawals = _fetch("SELECT {texts}, {letters}, (SELECT withdrawals FROM drugs_stamp)")
    stale_pages.observe(withdrawals)
    return SiteFrame(texts, letters)


def with_frame(rows: QuerySet) -> QuerySet[Any]:
    """`rows` with the columns of a SiteFrame on each of them: for queries that find one row, or few.

    Rows are Any because no type knows annotated columns.
    """
    vendor = connection.vendor
    return rows.annotate(texts=RawSQL(_TEXTS[vendor], ()), letters=RawSQL(_LETTERS[vendor], ()))  # noqa: S611


def _fetch(sql, *parameters):
    database = connections[DEFAULT_DB_ALIAS]  # itself: each look through `connection` finds it anew
    # The query is itself the check of the connection, which on PostgreSQL would be a second one in each request.
    # Not documented; read in Django 5.2.19 (BaseDatabaseWrapper.close_if_health_check_failed).
    database.health_check_done = True
    try:
        return _execute(database, sql, parameters)
    except (OperationalError, InterfaceError):
        if database.in_atomic_block or breaker.tripped or database.is_usable():
            raise
        database.close()
        return _execute(database, sql, parameters)


def _execute(database, sql, parameters):
    with database.cursor() as cursor:
        cursor.execute(_in_dialect(database.vendor, sql), parameters)
        return cursor.fetchone()


@functools.cache
def _in_dialect(vendor, sql):
    return sql.format(texts=_TEXTS[vendor], letters=_LETTERS[vendor])
