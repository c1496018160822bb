"""Repair of the names that older imports took from one ingredient, or from a sentence, on every desk."""

import itertools
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from drugs import audit, desk
from drugs.content import DocumentError
from drugs.import_export import export

BATCH = 100  # desks that one transaction puts right: an editor who comes meanwhile waits for no more


class Command(BaseCommand):
    help = (
        "Takes names that are one ingredient's, or a sentence, off the desks of combinations, and says each. Editions "
        "stay as they are: readers and search leave such names out of them already."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="do everything but write")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        monographs, repaired = export.monographs(), 0
        while batch := list(itertools.islice(monographs, BATCH)):
            with transaction.atomic():
                audit.lock_log()
                slugs = [monograph.slug for monograph in batch if self._repair(monograph)]
                transaction.set_rollback(dry_run)
            repaired += len(slugs)
        ending = " Nothing was written: this was a dry run." if dry_run else ""
        self.stdout.write(
            f"{repaired} desks repaired; what readers see follows with their next edition.{ending}"
        )

    def _repair(self, monograph):
        try:
            done = desk.repair_names(monograph, by="repair_names")
        except DocumentError as error:
            self.stderr.write(f"{monograph.slug}: left as it is, it holds no valid page ({error})")
            return False
        for what, names in (
            ("is an ingredient's name, and no longer one of the page", done.dropped),
            ("is no name of the page, and is kept as text", done.kept),
            ("is no name of the page, and is left: an editor wrote it", done.left),
        ):
            for name in names:
                self.stdout.write(f"{monograph.slug}: “{name}” {what}")
        return bool(done.dropped or done.kept)
