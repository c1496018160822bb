"""Bulk INSERT in SQL, for rows that are written by the thousand."""

from django.db import connection


def insert_rows(cursor, table, columns, rows):
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
