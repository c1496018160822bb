"""Says what the checks find on every desk."""

import json

from django.conf import settings
from django.core.management.base import BaseCommand

from drugs import checks, desk, exporting
from drugs.document import DocumentError, Finding


class Command(BaseCommand):
    help = "Runs the checks over every desk. `block` stops publishing, `review` a signature, `look` asks an editor."

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, format, **options):
        write = self._write_json if format == "json" else self._write_text
        for monograph in exporting.monographs():
            findings = _findings(monograph)
            if findings:
                write(monograph, findings)

    def _write_text(self, monograph, findings):
        for finding in findings:
            self.stdout.write(f"{monograph.slug}: {finding.level}: {finding.message} ({finding.field})")

    def _write_json(self, monograph, findings):
        line = {
            "slug": monograph.slug,
            "title": monograph.title,
            "findings": [vars(item) for item in findings],
        }
        self.stdout.write(json.dumps(line, ensure_ascii=False))


def _findings(monograph):
    try:
        document = desk.read(monograph)
    except DocumentError as error:
        return [Finding("block", "invalid", error.message, error.field)]
    return checks.check(
        document, country=settings.COUNTRY, shared=desk.shared_paragraphs(monograph, document)
    )
