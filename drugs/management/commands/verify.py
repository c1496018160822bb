"""Integrity check: a proof that the database holds what was published."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from tqdm import tqdm

from drugs.backups import taking_over
from drugs.backups.integrity import verify
from drugs.models import Edition, Publication


class Command(BaseCommand):
    help = "Proves every hash, the chain of editions, the pages, the index and the triggers. Writes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--take-over",
            metavar="REASON",
            help="have the record of acts say that what was done past the site is to stand, and why",
        )

    def handle(self, *, take_over: str | None = None, **options: Any) -> None:
        try:
            if take_over is not None:
                self._take_over(take_over)
            faults = self._tell()
            editions, pages = Edition.objects.count(), Publication.objects.count()
        except DatabaseError as error:
            raise CommandError(f"The database cannot be read: {error}.") from None
        if faults:
            raise CommandError(f"{faults} faults found.")
        self.stdout.write(f"{editions} editions of {pages} pages: all is as it was written.")

    def _tell(self):
        """Every fault in a line of its own: how many there are, warnings left out."""
        faults = 0
        with tqdm(disable=None, unit=" rows", file=self.stderr._out) as bar:
            for fault in verify(progress=bar.update):
                faults += not fault.warning
                style = self.style.WARNING if fault.warning else self.style.ERROR
                self.stderr.write(style(f"Warning: {fault}" if fault.warning else str(fault)))
        return faults

    def _take_over(self, reason):
        try:
            entry = taking_over.take_over(reason)
        except taking_over.Refused as error:
            raise CommandError(str(error)) from None
        self.stderr.write(f"Entry {entry.number} of the record of acts says so, for ever: {entry.remark}")
