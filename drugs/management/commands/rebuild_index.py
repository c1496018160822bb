"""Rebuild of the search index from the editions, without locking readers out."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from tqdm import tqdm

from drugs.backups.integrity import CHAINS, first_fault
from drugs.models import Publication
from drugs.search import index


class Command(BaseCommand):
    help = (
        "Rebuilds the index of names, words, side effects and classes. Readers find every page all the while."
    )

    def handle(self, **options: Any) -> None:
        self._refuse_tampering()
        with tqdm(
            total=Publication.objects.count(), disable=None, unit=" pages", file=self.stderr._out
        ) as bar:
            try:
                count = index.rebuild(bar.update)
            except OperationalError as error:
                raise CommandError(f"The database gave up: {error}. Run the command again.") from None
        self.stdout.write(f"{count} pages indexed.")

    def _refuse_tampering(self):
        """An index of pages that nobody published, or brought back, would complete what somebody began."""
        if fault := first_fault(CHAINS):
            raise CommandError(f"Nothing was rebuilt, because the database is not whole. {fault}")
