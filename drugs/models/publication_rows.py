"""Publications by a statement in SQL: as objects of the ORM, without what it does for each column of each statement.

To say a query, the ORM takes twenty times as long as the database to answer; for an answer to SQL, still ten times.
"""

import functools
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

from drugs.models.publications import Publication

_FIELDS = Publication._meta.concrete_fields
_NAMES = [field.attname for field in _FIELDS]
COLUMNS = ", ".join(f"drugs_publication.{field.column}" for field in _FIELDS)


def publications(sql: str, parameters: Sequence[Any], also: Sequence[str] = ()) -> list[Any]:
    """The Publications by a statement of ours that selects COLUMNS first, in its order.

    What it selects behind them stands in attributes called `also`, as the database's driver gives it. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows = cursor.fetchall()
    return [_publication(list(row), also) for row in rows]


def _publication(row, also):
    for at, converters in _converters(connection.vendor):
        for convert, column in converters:
            row[at] = convert(row[at], column, connection)
    page = Publication.from_db(connection.alias, _NAMES, row[: len(_NAMES)])
    for name, value in zip(also, row[len(_NAMES) :], strict=True):
        setattr(page, name, value)
    return page


@functools.cache
def _converters(vendor: str) -> list[tuple[int, list[tuple[Callable[..., Any], Any]]]]:
    """What makes of a column's value that of its field, by the number of the column (Django's SQLCompiler)."""
    found = []
    for at, field in enumerate(_FIELDS):
        column = field.get_col("drugs_publication")
        converters = (*connection.ops.get_db_converters(column), *column.get_db_converters(connection))
        if converters:
            found.append((at, [(convert, column) for convert in converters]))
    return found
