"""Append-only tables: triggers that refuse UPDATE, DELETE and an INSERT that does not follow its predecessor.

They keep editions and the audit log as they are, whoever writes; see Chain for what has to follow what. They are the
last operation of every migration that touches such a table and are installed again after every migrate, since SQLite
drops triggers silently when it rebuilds a table to alter it.
"""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "drugs_edition"


@dataclass(frozen=True)
class Chain:
    """A table of rows that are only ever added; `chain` says which rows a new one, NEW, has to follow."""

    table: str
    row: str
    chain: str

    @property
    def triggers(self) -> tuple[str, str, str]:
        """The names of its triggers, in the order in which they are made."""
        return f"{self.table}_no_update", f"{self.table}_no_delete", f"{self.table}_follows"

    def sql(self, template: str) -> str:
        return template.format(table=self.table, row=self.row, chain=self.chain)


CHAINS = (
    Chain(TABLE, "an edition", "monograph_id = NEW.monograph_id"),
    Chain("drugs_auditentry", "an entry of the record", "TRUE"),
)

_SQLITE = (
    """
    CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
    BEGIN SELECT RAISE(ABORT, '{row} is never changed'); END""",
    """
    CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
    BEGIN SELECT RAISE(ABORT, '{row} is never deleted'); END""",
    # INSERT OR REPLACE fires no DELETE trigger, so an id that exists is refused here.
    """
    CREATE TRIGGER {table}_follows BEFORE INSERT ON {table}
    WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id OR record = NEW.record)
      OR NEW.number IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM {table} WHERE {chain})
      OR NEW.previous IS NOT COALESCE((
        SELECT record FROM {table} WHERE {chain} ORDER BY number DESC LIMIT 1), '')
    BEGIN SELECT RAISE(ABORT, '{row} follows its predecessor'); END""",
)

_POSTGRESQL = """
    CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '{row} is never changed or deleted' USING ERRCODE = 'integrity_constraint_violation';
    END $$;
    CREATE OR REPLACE FUNCTION {table}_follow() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE last_number integer; last_record text;
    BEGIN
      SELECT number, record INTO last_number, last_record FROM {table}
        WHERE {chain} ORDER BY number DESC LIMIT 1;
      IF NEW.number IS DISTINCT FROM COALESCE(last_number, 0) + 1
         OR NEW.previous IS DISTINCT FROM COALESCE(last_record, '') THEN
        RAISE EXCEPTION '{row} follows its predecessor' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER {table}_no_update BEFORE UPDATE OR DELETE ON {table}
      FOR EACH ROW EXECUTE FUNCTION {table}_refuse();
    CREATE TRIGGER {table}_no_delete BEFORE TRUNCATE ON {table}
      FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse();
    CREATE TRIGGER {table}_follows BEFORE INSERT ON {table}
      FOR EACH ROW EXECUTE FUNCTION {table}_follow();
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """The triggers put in place on those tables that are there, whether or not some of them stand already."""
    remove(connection)
    with connection.cursor() as cursor:
        for chain in _present(connection):
            for template in [_POSTGRESQL] if connection.vendor == "postgresql" else _SQLITE:
                cursor.execute(chain.sql(template))


def remove(connection: BaseDatabaseWrapper) -> None:
    """The triggers taken away: for a migration backwards, and for tests that empty the database."""
    with connection.cursor() as cursor:
        for chain in _present(connection):
            on = f" ON {chain.table}" if connection.vendor == "postgresql" else ""
            for name in chain.triggers:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


# What each trigger is and does. Of the bits of tgtype 1 is a row, 2 before, 4 INSERT, 8 DELETE, 16 UPDATE, 32 TRUNCATE;
# tgenabled is O or A where it fires in every session.
_PRESENT_ON_POSTGRESQL = """
    SELECT t.tgname, c.relname, t.tgtype, p.prosrc
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL AND pg_table_is_visible(c.oid)"""
_PRESENT_ON_SQLITE = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the triggers that are not in place as `install` makes them."""
    on_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT_ON_POSTGRESQL if on_postgresql else _PRESENT_ON_SQLITE)
        present = set(cursor.fetchall())
    expected = _expected_on_postgresql if on_postgresql else _expected_on_sqlite
    return [row[0] for chain in CHAINS for row in expected(chain) if row not in present]


def _expected_on_postgresql(chain):
    refuse, follow = chain.sql(_POSTGRESQL).split("$$")[1::2]
    rows = zip(chain.triggers, (1 + 2 + 8 + 16, 2 + 32, 1 + 2 + 4), (refuse, refuse, follow), strict=True)
    return [(name, chain.table, kind, body) for name, kind, body in rows]


def _expected_on_sqlite(chain):
    return [
        (name, chain.table, chain.sql(text).strip())
        for name, text in zip(chain.triggers, _SQLITE, strict=True)
    ]


def _present(connection):
    tables = connection.introspection.table_names()
    return [chain for chain in CHAINS if chain.table in tables]
