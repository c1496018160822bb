"""Import of a list of names to the desk, published if asked where nothing else has changed."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from tqdm import tqdm

from drugs.import_export import name_import
from drugs.import_export.name_import import BadLine


class Command(BaseCommand):
    help = "Imports names from JSON Lines or CSV with the keys drug, alias and kind (or alias_kind)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--publish", action="store_true", help="publish pages whose only change is names")
        parser.add_argument("--dry-run", action="store_true", help="do everything but write")

    def handle(self, *, file: Path, publish: bool, dry_run: bool, **options: Any) -> None:
        try:
            lines = list(name_import.read_list(file))
        except name_import.NameListError as error:
            raise CommandError(str(error)) from None
        bad = [line for line in lines if isinstance(line, BadLine)]
        grouped = name_import.group(line for line in lines if not isinstance(line, BadLine))
        bad += [BadLine(entry.line, f"no monograph is called {entry.drug!r}.") for entry in grouped.unknown]
        for line in sorted(bad, key=lambda line: line.line):
            self.stderr.write(self.style.ERROR(f"{file}, line {line.line}: {line.message}"))
        for alias, drugs in sorted(grouped.shared.items()):
            self.stderr.write(
                f"{alias} names several medicines: {', '.join(drugs)}. Search shows all of them."
            )
        try:
            self._apply(grouped.names, publish, dry_run)
        except OperationalError as error:
            raise CommandError(
                f"The database gave up: {error}. Names of pages done so far are saved. Run it again to go on."
            ) from None
        if bad:
            raise CommandError(f"{len(bad)} lines could not be used.")

    def _apply(self, names, publish, dry_run):
        added, published, waiting = 0, 0, 0
        results = name_import.apply(names, by="import_names", publish=publish, dry_run=dry_run)
        for result in tqdm(results, total=len(names), disable=None, unit=" pages", file=self.stderr._out):
            added += result.added
            published += result.published
            waiting += bool(result.waits)
            if result.waits:
                self.stderr.write(f"waits on the desk: {result.slug}: {result.waits}")
        ending = " Nothing was written: this was a dry run." if dry_run else ""
        self.stdout.write(
            f"{added} names added, {published} pages published, {waiting} wait on the desk.{ending}"
        )
