"""The rights of the role that the running site uses on PostgreSQL, which owns no table."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection, transaction

from drugs.audit import database_role


class Command(BaseCommand):
    help = (
        "Gives a role of PostgreSQL what the running site needs, and no more: it cannot lift what protects editions "
        "and acts. Call it as the owner of the tables, after each migrate."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="the role that MEDINFO_DATABASE_URL of the running site names")

    def handle(self, *, role: str, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError(
                "Only PostgreSQL has roles: whoever may write a file of SQLite may do all with it."
            )
        try:
            with transaction.atomic():
                count = database_role.grant(connection, role)
        except (DatabaseError, ValueError) as error:
            raise CommandError(f"Nothing was changed: {error}") from None
        self.stdout.write(f"{role} reads and writes rows of {count} tables and owns none of them.")
