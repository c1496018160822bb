"""Import of regulators' labels as sources beside pages."""

import json
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from drugs.import_export.label_import import import_labels
from drugs.labels.store import OUTCOMES


class Command(BaseCommand):
    help = (
        "Imports regulators' labels: SPL, openFDA, FHIR. No page changes. Running it twice changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths", nargs="+", metavar="PATH", help="an XML or JSON file, a zip, or a folder"
        )
        parser.add_argument("--dry-run", action="store_true", help="do everything but write")
        parser.add_argument("--report", metavar="FILE.jsonl", help="write one line of JSON a label")
        parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes that parse XML")

    def handle(
        self, *, paths: list[str], dry_run: bool, report: str | None, workers: int, **options: Any
    ) -> None:
        counts: Counter[str] = Counter()
        try:
            lines = open(report, "w", encoding="utf-8") if report else None  # noqa: SIM115 - closed below
        except OSError as error:
            raise CommandError(f"Cannot write {report}: {error.strerror}.") from None
        try:
            for result in import_labels(paths, workers=workers, dry_run=dry_run):
                counts[result.outcome] += 1
                if result.outcome == "failed":
                    self.stderr.write(self.style.ERROR(f"failed: {result.name}: {result.reason}"))
                if lines:
                    lines.write(json.dumps(result.as_dict(), ensure_ascii=False) + "\n")
        finally:
            if lines:
                lines.close()
        ending = " Nothing was written: this was a dry run." if dry_run else ""
        self.stdout.write(
            ", ".join(f"{counts[name]} {name}" for name in (*OUTCOMES, "failed")) + "." + ending
        )
        if counts["failed"]:
            raise CommandError(f"{counts['failed']} of {counts.total()} labels failed.")
