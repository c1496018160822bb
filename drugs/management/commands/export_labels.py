"""Export of regulators' labels, one line of JSON a label."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from drugs.import_export.label_import import export_labels


class Command(BaseCommand):
    help = "Writes the current version of each label, one line of JSON a label."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.ndjson", help="where to write")

    def handle(self, *, file: str, **options: Any) -> None:
        try:
            with open(file, "w", encoding="utf-8") as lines:
                count = export_labels(lines)
        except OSError as error:
            raise CommandError(f"Cannot write {file}: {error.strerror}.") from None
        self.stdout.write(f"{count} labels written to {file}.")
