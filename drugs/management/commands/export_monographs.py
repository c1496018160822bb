"""Gives every monograph back: as pages, or as one JSON document a line."""

import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from drugs.content import DocumentError, sha256
from drugs.formats import json_record
from drugs.import_export import export
from drugs.web import site_texts


class Command(BaseCommand):
    help = "Exports current editions to a folder of pages, or to one NDJSON file."

    def add_arguments(self, parser):
        parser.add_argument("target", metavar="DIR|FILE.ndjson")
        parser.add_argument("--format", choices=("md", "ndjson"), help="default: by the target's name")
        parser.add_argument("--desk", action="store_true", help="export the desk instead of the editions")

    def handle(self, *, target, desk, **options):
        target = Path(target)
        name = options["format"] or ("ndjson" if target.suffix in (".ndjson", ".jsonl") else "md")
        source = tqdm(
            export.desks() if desk else export.editions(),
            disable=None,
            unit=" pages",
            file=self.stderr._out,
        )
        try:
            count = (self._write_pages if name == "md" else self._write_lines)(target, source, desk)
        except OSError as error:
            raise CommandError(f"Cannot write {error.filename or target}: {error.strerror}.") from None
        except DocumentError as error:
            raise CommandError(f"A page cannot be written: {error}") from None
        self.stdout.write(f"{count} monographs written to {target}.")

    def _write_pages(self, folder, source, desk):
        folder.mkdir(parents=True, exist_ok=True)
        count = 0
        for exported in source:
            if not desk and exported.publication.withdrawn_at:
                continue  # a page has no place to say so, and would come back as if nothing had happened
            count += 1
            page = folder / f"{_file_name(exported.document.slug)}.md"
            _replace(page, lambda file, item=exported: file.write(export.as_page(item)))
        return count

    def _write_lines(self, path, source, desk):
        disclaimer, count = site_texts.load()["disclaimer_short"], 0

        def write(file):
            nonlocal count
            for exported in source:
                file.write(json_record.as_line(exported, disclaimer))
                count += 1

        _replace(path, write)
        return count


def _file_name(slug):
    # A file name may have 255 bytes with its suffix; the page itself carries its whole slug.
    return slug if len(slug) <= 240 else f"{slug[:220]}-{sha256(slug)[:16]}"


def _replace(path, write):
    """Writes a file beside `path` and puts it in place when it is whole."""
    part = path.with_name(f".{path.name[:200]}.part")
    try:
        with part.open("w", encoding="utf-8") as file:
            write(file)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
