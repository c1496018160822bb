"""Triggers of append-only tables as 0001_initial and 0006_record_of_acts install them. Frozen: never edited.

The living ones are those of `drugs.audit.triggers`, which `drugs.apps` installs after every migrate.
"""

CHAINS = (  # a table, its row in words, and the rows that a new one, NEW, has to follow
    ("drugs_edition", "an edition", "monograph_id = NEW.monograph_id"),
    ("drugs_auditentry", "an entry of the record", "TRUE"),
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


def install(apps, schema_editor):
    connection = schema_editor.connection
    remove(apps, schema_editor)
    with connection.cursor() as cursor:
        for table, row, chain in _present(connection):
            for template in [_POSTGRESQL] if connection.vendor == "postgresql" else _SQLITE:
                cursor.execute(template.format(table=table, row=row, chain=chain))


def remove(apps, schema_editor):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        for table, _, _ in _present(connection):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            for ending in ("no_update", "no_delete", "follows"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{ending}{on}")


def _present(connection):
    tables = connection.introspection.table_names()
    return [chain for chain in CHAINS if chain[0] in tables]
