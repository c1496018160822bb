"""Bulk INSERT in SQL, for rows that are written by the thousand."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model


def insert_rows(
    cursor: CursorWrapper, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """COPY on PostgreSQL, executemany on SQLite; the ORM takes five times as long for thirty rows a name.

    `table` and `columns` are names of ours and stand in the SQL as they are; the values of `rows` never do.
    """
    if connection.vendor == "postgresql":
        # Django does not see what the driver raises while it copies, and would not know it.
        with connection.wrap_database_errors, cursor.copy(_copy(table, columns)) as copy:
            for row in rows:
                copy.write_row(row)
    elif rows:
        places = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)  # noqa: S608


def insert_columns(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """New rows of `model`, each as its columns but the key: texts, numbers and None, nothing that a field converts.

    All rows have the same columns in the same order.
    """
    if rows:
        quoted = connection.ops.quote_name
        columns = list(map(quoted, rows[0]))
        with connection.cursor() as cursor:
            insert_rows(cursor, quoted(model._meta.db_table), columns, [list(row.values()) for row in rows])


def _copy(table, columns):
    return f"COPY {table} ({', '.join(columns)}) FROM STDIN"
