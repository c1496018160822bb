"""Integrity check: a proof that the database holds what was published."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from tqdm import tqdm

from drugs.backups.integrity import verify
from drugs.models import Edition, Publication


class Command(BaseCommand):
    help = "Proves every hash, the chain of editions, the pages, the index and the triggers. Writes nothing."

    def handle(self, **options: Any) -> None:
        faults = 0
        try:
            with tqdm(disable=None, unit=" rows", file=self.stderr._out) as bar:
                for fault in verify(progress=bar.update):
                    faults += not fault.warning
                    style = self.style.WARNING if fault.warning else self.style.ERROR
                    self.stderr.write(style(f"Warning: {fault}" if fault.warning else str(fault)))
            editions, pages = Edition.objects.count(), Publication.objects.count()
        except DatabaseError as error:
            raise CommandError(f"The database cannot be read: {error}.") from None
        if faults:
            raise CommandError(f"{faults} faults found.")
        self.stdout.write(f"{editions} editions of {pages} pages: all is as it was written.")
