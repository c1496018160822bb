"""Role of the running site on PostgreSQL: it reads and writes rows, owns no table, and so lifts no trigger.

Whoever has the running site, or its password for the database, can then add editions and acts that follow, and neither
change nor delete one. Migrations, `restore` and this itself run as the owner.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from drugs.audit import triggers

READ_ONLY = ("django_migrations",)


def grant(connection: BaseDatabaseWrapper, role: str) -> int:
    """Rights of `role` set to what the running site needs, on every table there is: on how many.

    Raises ProgrammingError if there is no such role, or if whoever is connected owns the tables no more than it does.
    """
    name = connection.ops.quote_name(role)
    append_only = {chain.table for chain in triggers.CHAINS}
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), current_schema(), current_user")
        database, schema, owner = cursor.fetchone()
        if owner == role:
            raise ValueError(f"{role} is who is connected now. Call this as the owner of the tables.")
        database, schema = connection.ops.quote_name(database), connection.ops.quote_name(schema)
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {name}")
        cursor.execute(f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {name}")
        cursor.execute(f"REVOKE CREATE ON DATABASE {database} FROM PUBLIC, {name}")
        cursor.execute(f"GRANT CONNECT ON DATABASE {database} TO {name}")
        cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {name}")
        tables = connection.introspection.table_names(cursor)
        for table in tables:
            rights = "SELECT, INSERT, UPDATE, DELETE"
            if table in append_only:
                rights = "SELECT, INSERT"
            elif table in READ_ONLY:
                rights = "SELECT"
            cursor.execute(f"GRANT {rights} ON {connection.ops.quote_name(table)} TO {name}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {name}")
    return len(tables)
