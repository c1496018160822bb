"""Content checks of every desk, which also put right what the editors' lists know of it (derived columns)."""

import itertools
import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from drugs import content_checks, desk
from drugs.content import Document, DocumentError, Finding
from drugs.import_export import export
from drugs.models import Monograph

BATCH = 100  # desks that one transaction puts right: an editor who comes meanwhile waits for no more


class Command(BaseCommand):
    help = (
        "Runs the checks over every desk. `block` stops publishing, `review` a signature, `look` asks an editor. "
        "Puts right what the editors' lists know of each desk; no text changes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, format: str, **options: Any) -> None:
        write = self._write_json if format == "json" else self._write_text
        monographs = export.monographs()
        while batch := list(itertools.islice(monographs, BATCH)):
            sound: list[tuple[Monograph, Document]] = []
            for monograph in batch:
                findings = _findings(monograph, sound)
                if findings:
                    write(monograph, findings)
            desk.refresh_derived(sound)

    def _write_text(self, monograph: Monograph, findings: list[Finding]) -> None:
        for finding in findings:
            self.stdout.write(f"{monograph.slug}: {finding.level}: {finding.message} ({finding.field})")

    def _write_json(self, monograph: Monograph, findings: list[Finding]) -> None:
        line = {
            "slug": monograph.slug,
            "title": monograph.title,
            "findings": [vars(finding) for finding in findings],
        }
        self.stdout.write(json.dumps(line, ensure_ascii=False))


def _findings(monograph, sound):
    """What the checks find. Adds the monograph with its Document to `sound` if it holds a valid one."""
    try:
        document = desk.read(monograph)
    except DocumentError as error:
        return [Finding("block", "invalid", error.message, error.field)]
    sound.append((monograph, document))
    return content_checks.check(
        document, country=settings.COUNTRY, shared=desk.shared_paragraphs(monograph, document)
    )
