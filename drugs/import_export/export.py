"""Export of editions, or of the desk, to files: pages of format 1, or one JSON document a line."""

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from drugs import desk, formats
from drugs.audit.withdrawals import withdrawals_of_pages
from drugs.content import Document, sha256
from drugs.formats import json_record
from drugs.formats.json_record import Exported
from drugs.models import Monograph, Publication
from drugs.models.paging import batches
from drugs.web import open_data

CHUNK = 200  # rows that are read at a time
Row = TypeVar("Row", Monograph, Publication)


def editions() -> Iterator[Exported]:
    """Every publication, withdrawn ones too, with what its current edition says, by slug."""
    rows = Publication.objects.select_related("edition", "successor").order_by("slug")
    for chunk in _chunks(rows.iterator(CHUNK)):
        withdrawals = withdrawals_of_pages(chunk)
        for publication in chunk:
            document, history = (
                Document.from_json(publication.edition.document),
                withdrawals[publication.slug],
            )
            yield Exported(document, publication.source, publication, publication.edition, history)


def desks() -> Iterator[Exported]:
    """Every monograph with what its desk says, by slug. Raises DocumentError for a desk that says nothing valid."""
    for chunk in _chunks(monographs("import_record", "publication__edition")):
        publications = [publication for one in chunk if (publication := one.publication_or_none)]
        withdrawals = withdrawals_of_pages(publications)
        for monograph in chunk:
            record, publication = getattr(monograph, "import_record", None), monograph.publication_or_none
            edition = publication.edition if publication else None
            history = withdrawals[publication.slug] if publication else ()
            source = record.source if record else None
            yield Exported(desk.read(monograph), source, publication, edition, history)


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def monographs(*related: str) -> Iterator[Monograph]:
    """Every Monograph with the rows of its desk prefetched, and `related` joined, by slug; CHUNK at a time.

    No statement stays open between two chunks, so whoever walks through may write.
    """
    parts = ("names", "ingredients", "classes", "sections", "side_effects", "faqs", "references")
    rows = Monograph.objects.prefetch_related(*parts)
    if related:
        rows = rows.select_related(*related)
    for batch in batches(rows, CHUNK, key="slug"):
        yield from batch


def as_page(exported: Exported) -> str:
    """The text of the page in format 1."""
    return formats.write(exported.document)


def write_pages(folder: Path, source: Iterable[Exported], *, withdrawn: bool = False) -> int:
    """A file of format 1 in `folder` for each of `source`: how many were written. Raises OSError, DocumentError.

    Without `withdrawn`, withdrawn pages are left out: a file has no place to say so, and would come back with the
    next import as if nothing had happened.
    """
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for exported in source:
        if not withdrawn and exported.publication and exported.publication.withdrawn_at:
            continue
        count += _write_atomically(folder / f"{_file_name(exported.document.slug)}.md", [as_page(exported)])
    return count


def write_lines(path: Path, source: Iterable[Exported]) -> int:
    """NDJSON file at `path` with a line for each of `source`: how many were written. Raises OSError, DocumentError."""
    terms = open_data.terms()
    return _write_atomically(path, (json_record.as_line(exported, terms) for exported in source))


def _file_name(slug):
    # A file name may have 255 bytes with its suffix; the page itself carries its whole slug.
    return slug if len(slug) <= 240 else f"{slug[:220]}-{sha256(slug)[:16]}"


def _write_atomically(path: Path, texts: Iterable[str]) -> int:
    """Atomic write of `texts`: a file beside `path`, put in place when it is whole; how many texts there were."""
    part, count = path.with_name(f".{path.name[:200]}.part"), 0
    try:
        with part.open("w", encoding="utf-8") as file:
            for text in texts:
                file.write(text)
                count += 1
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return count
