"""Restore of a backup into the database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from tqdm import tqdm

from drugs import backups
from drugs.audit import checkpoints


class Command(BaseCommand):
    help = (
        "Puts a backup into this database, SQLite or PostgreSQL: all of it or nothing. Stop the site first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--overwrite", action="store_true", help="delete what the database holds, in the same transaction"
        )

        parser.add_argument(
            "--key",
            action="append",
            default=[],
            metavar="NAME+HASH+KEY",
            help="a public key that the backup may be signed with, beside the site's own",
        )
        parser.add_argument("--unsigned", action="store_true", help="ask for no signature")
        parser.add_argument(
            "--identity", type=Path, metavar="FILE", help="the secret key of age that opens an encrypted one"
        )

    def handle(
        self,
        *,
        file: Path,
        overwrite: bool,
        key: list[str],
        unsigned: bool,
        identity: Path | None,
        **options: Any,
    ) -> None:
        trust = backups.Trust(tuple(key), unsigned, identity)
        try:
            with tqdm(disable=None, unit=" rows", file=self.stderr._out) as bar:
                header, public_again, signed_by = backups.restore(
                    file, overwrite=overwrite, trust=trust, progress=bar.update
                )
        except backups.BackupError as error:
            raise CommandError(str(error)) from None
        except DatabaseError as error:
            raise CommandError(f"Nothing was restored: {error}.") from None
        rows = header["rows"]
        self.stdout.write(
            f"{rows['drugs.edition']} editions of {rows['drugs.monograph']} monographs as of "
            f"{header['written_at']}: every hash and chain holds, and the index was written anew."
        )
        checkpoints.make(now_due=True)  # so that nobody has to wait for a witness of the act
        if not signed_by:
            self.stdout.write(
                "Nobody's signature was asked for: whoever wrote the file may have written anything."
            )
        if public_again:
            self.stdout.write(
                f"Withdrawn since, and public again: {', '.join(public_again)}. Withdraw them once more before "
                "readers come."
            )
