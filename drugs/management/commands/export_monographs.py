"""Export of every monograph: as pages, or as one JSON document a line (NDJSON)."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from tqdm import tqdm

from drugs import audit
from drugs.content import DocumentError
from drugs.import_export import export


class Command(BaseCommand):
    help = "Exports current editions to a folder of pages, or to one NDJSON file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", metavar="DIR|FILE.ndjson", type=Path)
        parser.add_argument("--format", choices=("md", "ndjson"), help="default: by the target's name")
        parser.add_argument("--desk", action="store_true", help="export the desk instead of the editions")

    def handle(self, *, target: Path, format: str | None, desk: bool, **options: Any) -> None:
        format = format or ("ndjson" if target.suffix in (".ndjson", ".jsonl") else "md")
        source = tqdm(
            export.desks() if desk else export.editions(),
            disable=None,
            unit=" pages",
            file=self.stderr._out,
        )
        try:
            if format == "md":
                count = export.write_pages(target, source, withdrawn=desk)
            else:
                count = export.write_lines(target, source)
        except OSError as error:
            raise CommandError(f"Cannot write {error.filename or target}: {error.strerror}.") from None
        except DocumentError as error:
            raise CommandError(f"A page cannot be written: {error}") from None
        self._record(count, "desks" if desk else "editions", target.name)
        self.stdout.write(f"{count} monographs written to {target}.")

    def _record(self, count, what, name):
        try:
            audit.record("export_monographs", "exported", f"{count} {what}", name)
        except DatabaseError as error:
            raise CommandError(
                f"{count} monographs are written, and the act cannot be recorded: {error}"
            ) from None
