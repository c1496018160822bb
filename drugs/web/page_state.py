"""State of the site and of a drug's page, each in one SQL query: what finished answers are kept under.

What readers get is kept finished. What remains to be asked each time is whether it is still the one to show, and
for that the ORM takes several times as long as all else together; each statement here takes 0.03 ms.
"""

import functools
import sys
from collections.abc import Hashable

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections

from drugs.caching import stale_pages
from drugs.caching.circuit_breaker import breaker

# The site's texts in one, each with its length, so that no two are the same in another division; as JSON they cost
# twice as much. The glossary is left out, which pages of medicines alone need: its changes move `relations`.
_TEXTS = {
    "sqlite": "(SELECT group_concat(length(body) || ':' || body, key) FROM drugs_sitetext WHERE key <> 'glossary')",
    "postgresql": (
        "(SELECT string_agg(length(body) || ':' || body, key ORDER BY key) FROM drugs_sitetext "
        "WHERE key <> 'glossary')"
    ),
}
# Whatever is published or reviewed is a new edition, and whatever is withdrawn, restored or counted anew moves a stamp:
# in its own transaction, whichever version of this program does it. So lists need no stamp of their own.
_SITE = """
SELECT {texts}, (SELECT withdrawals FROM drugs_stamp), (SELECT relations FROM drugs_stamp),
(SELECT MAX(id) FROM drugs_edition), (SELECT MAX(id) FROM drugs_checkpoint)"""
# All other columns of a publication are written with its edition, which never changes. The days of the notice that a
# source changed are the labels' own.
_PAGE = """
SELECT {texts}, (SELECT withdrawals FROM drugs_stamp), (SELECT relations FROM drugs_stamp), withdrawn_at, edition_id,
begins_on, changed_on
FROM drugs_publication
LEFT JOIN drugs_sourcenotice ON drugs_sourcenotice.monograph_id = drugs_publication.monograph_id
WHERE slug = %s"""

# What an answer depends on, as the database has it now: equal only as long as it is to look the same on the same day.
Facts = tuple[Hashable, ...]


def site_state() -> Facts:
    """The state of lists and of all else that is not of one medicine: one query."""
    return _facts(_fetch(_SITE))


def page_state(slug: str) -> Facts | None:
    """The state of the page with the address `slug`, or None if readers have no such page: one query."""
    row = _fetch(_PAGE, slug)
    return None if row is None or row[3] is not None else _facts(row)


def _facts(row):
    stale_pages.observe(row[1])
    return sys.intern(row[0] or ""), *row[1:]  # the texts are the same in all answers: kept and compared once


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
    sql = _in_dialect(database.vendor, sql)
    if database.in_atomic_block or database.execute_wrappers or database.queries_logged:
        with database.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchone()
    # Django's cursors cost as much as the query itself, and do nothing for one that stands alone.
    database.ensure_connection()
    with database.wrap_database_errors:
        if database.vendor == "sqlite":
            return database.connection.execute(sql.replace("%s", "?"), parameters).fetchone()
        return _prepared(database.connection, sql, parameters)


def _prepared(raw, sql, parameters):
    """The row, by a statement that PostgreSQL plans once a connection: that takes longer than to run it."""
    import psycopg  # only where it is used: it takes some megabytes of each process

    try:
        return psycopg.Cursor(raw).execute(sql, parameters, prepare=True).fetchone()
    except (
        psycopg.errors.InvalidSqlStatementName,  # a pool has laid another connection under this one
        psycopg.errors.DuplicatePreparedStatement,
        psycopg.errors.FeatureNotSupported,  # a table has other columns than when it was planned
    ):
        raw.prepare_threshold = None  # nothing more is prepared on this one
        return psycopg.Cursor(raw).execute(sql, parameters).fetchone()


@functools.cache
def _in_dialect(vendor, sql):
    return sql.format(texts=_TEXTS[vendor])
