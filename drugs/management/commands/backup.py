"""Backup of the whole site into one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from tqdm import tqdm

from drugs import backups
from drugs.audit import checkpoints
from drugs.backups import proofs


class Command(BaseCommand):
    help = "Writes all that the site holds, of one moment, into one file, while the site runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, help="such as medinfo-2026-11-22.gz; only its owner may read it"
        )
        parser.add_argument(
            "--proof",
            action="store_true",
            help="keep its hash and its migrations in FILE.proof, which prove it where nobody can decrypt it",
        )

    def handle(self, *, file: Path, proof: bool, **options: Any) -> None:
        try:
            with tqdm(disable=None, unit=" rows", file=self.stderr._out) as bar:
                header = backups.write(file, bar.update)
        except backups.BackupError as error:
            raise CommandError(str(error)) from None
        except DatabaseError as error:
            raise CommandError(f"No backup was written: {error}.") from None
        if proof:
            proofs.keep(file, header["migrations"])
        rows = header["rows"]
        self.stdout.write(
            f"{file}: {rows['drugs.edition']} editions of {rows['drugs.monograph']} monographs, "
            f"{sum(rows.values())} rows, {file.stat().st_size} bytes; every hash and chain holds."
        )
        if not header["checkpoint"]:
            self.stderr.write(f"Nobody has signed it. {checkpoints.WITHOUT_KEY}")
