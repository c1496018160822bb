"""What keeps editions as they are: triggers that refuse UPDATE, DELETE and an INSERT that does not follow.

They are the last operation of every migration that touches editions and are installed again after every
migrate, since SQLite drops triggers silently when it rebuilds a table to alter it.
"""

TABLE = "drugs_edition"
NAMES = ("drugs_edition_no_update", "drugs_edition_no_delete", "drugs_edition_follows")

_SQLITE = {
    "drugs_edition_no_update": """
        CREATE TRIGGER drugs_edition_no_update BEFORE UPDATE ON drugs_edition
        BEGIN SELECT RAISE(ABORT, 'an edition is never changed'); END""",
    "drugs_edition_no_delete": """
        CREATE TRIGGER drugs_edition_no_delete BEFORE DELETE ON drugs_edition
        BEGIN SELECT RAISE(ABORT, 'an edition is never deleted'); END""",
    # INSERT OR REPLACE fires no DELETE trigger, so an id that exists is refused here.
    "drugs_edition_follows": """
        CREATE TRIGGER drugs_edition_follows BEFORE INSERT ON drugs_edition
        WHEN EXISTS (SELECT 1 FROM drugs_edition WHERE id = NEW.id OR record = NEW.record)
          OR NEW.number IS NOT (
            SELECT COALESCE(MAX(number), 0) + 1 FROM drugs_edition WHERE monograph_id = NEW.monograph_id)
          OR NEW.previous IS NOT COALESCE((
            SELECT record FROM drugs_edition WHERE monograph_id = NEW.monograph_id
            ORDER BY number DESC LIMIT 1), '')
        BEGIN SELECT RAISE(ABORT, 'an edition follows its predecessor'); END""",
}

_POSTGRESQL = """
    CREATE OR REPLACE FUNCTION drugs_edition_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'an edition is never changed or deleted' USING ERRCODE = 'integrity_constraint_violation';
    END $$;
    CREATE OR REPLACE FUNCTION drugs_edition_follow() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE last_number integer; last_record text;
    BEGIN
      SELECT number, record INTO last_number, last_record FROM drugs_edition
        WHERE monograph_id = NEW.monograph_id ORDER BY number DESC LIMIT 1;
      IF NEW.number IS DISTINCT FROM COALESCE(last_number, 0) + 1
         OR NEW.previous IS DISTINCT FROM COALESCE(last_record, '') THEN
        RAISE EXCEPTION 'an edition follows its predecessor' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$;
    DROP TRIGGER IF EXISTS drugs_edition_no_update ON drugs_edition;
    DROP TRIGGER IF EXISTS drugs_edition_no_delete ON drugs_edition;
    DROP TRIGGER IF EXISTS drugs_edition_follows ON drugs_edition;
    CREATE TRIGGER drugs_edition_no_update BEFORE UPDATE OR DELETE ON drugs_edition
      FOR EACH ROW EXECUTE FUNCTION drugs_edition_refuse();
    CREATE TRIGGER drugs_edition_no_delete BEFORE TRUNCATE ON drugs_edition
      FOR EACH STATEMENT EXECUTE FUNCTION drugs_edition_refuse();
    CREATE TRIGGER drugs_edition_follows BEFORE INSERT ON drugs_edition
      FOR EACH ROW EXECUTE FUNCTION drugs_edition_follow();
"""


def install(connection):
    """Puts the triggers in place, whether or not some of them are there."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL)
            return
        for name, sql in _SQLITE.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(sql)


def remove(connection):
    """Takes the triggers away: for a migration backwards, and for tests that empty the database."""
    with connection.cursor() as cursor:
        for name in NAMES:
            cursor.execute(
                f"DROP TRIGGER IF EXISTS {name} ON {TABLE}"
                if connection.vendor == "postgresql"
                else f"DROP TRIGGER IF EXISTS {name}"
            )


def missing(connection):
    """The names of the triggers that are not in place, in a list."""
    sql = (
        "SELECT tgname FROM pg_trigger WHERE tgrelid = 'drugs_edition'::regclass AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'drugs_edition'"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in NAMES if name not in present]
