"""Restore of a backup into the database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from tqdm import tqdm

from drugs import backups


class Command(BaseCommand):
    help = (
        "Puts a backup into this database, SQLite or PostgreSQL: all of it or nothing. Stop the site first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--overwrite", action="store_true", help="delete what the database holds, in the same transaction"
        )

    def handle(self, *, file: Path, overwrite: bool, **options: Any) -> None:
        try:
            with tqdm(disable=None, unit=" rows", file=self.stderr._out) as bar:
                header, public_again = backups.restore(file, overwrite=overwrite, progress=bar.update)
        except backups.BackupError as error:
            raise CommandError(str(error)) from None
        except DatabaseError as error:
            raise CommandError(f"Nothing was restored: {error}.") from None
        rows = header["rows"]
        self.stdout.write(
            f"{rows['drugs.edition']} editions of {rows['drugs.monograph']} monographs as of "
            f"{header['written_at']}: every hash and chain holds, and the index was written anew."
        )
        if public_again:
            self.stdout.write(
                f"Withdrawn since, and public again: {', '.join(public_again)}. Withdraw them once more before "
                "readers come."
            )
