"""Says what the checks find on every desk, and puts right what the editors' lists know of it."""

import itertools
import json

from django.conf import settings
from django.core.management.base import BaseCommand

from drugs import content_checks, desk
from drugs.content import DocumentError, Finding
from drugs.import_export import export

BATCH = 100  # desks that one transaction puts right: an editor who comes meanwhile waits for no more


class Command(BaseCommand):
    help = (
        "Runs the checks over every desk. `block` stops publishing, `review` a signature, `look` asks an editor. "
        "Puts right what the editors' lists know of each desk; no text changes."
    )

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, format, **options):
        write = self._write_json if format == "json" else self._write_text
        monographs = export.monographs()
        while batch := list(itertools.islice(monographs, BATCH)):
            sound = []
            for monograph in batch:
                findings = _findings(monograph, sound)
                if findings:
                    write(monograph, findings)
            desk.refresh_derived(sound)

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
