"""Export of editions, or of the desk, to files: pages of format 1, or one JSON document a line."""

from collections.abc import Iterator

from drugs import desk, formats
from drugs.content import Document
from drugs.formats.json_record import Exported
from drugs.models import Monograph, Publication
from drugs.models.paging import batches

CHUNK = 200  # rows that are read at a time


def editions() -> Iterator[Exported]:
    """Every publication, withdrawn ones too, with what its current edition says, by slug."""
    rows = Publication.objects.select_related("edition", "monograph__import_record").order_by("slug")
    for publication in rows.iterator(CHUNK):
        record = getattr(publication.monograph, "import_record", None)
        document = Document.from_json(publication.edition.document)
        yield Exported(document, record, publication, publication.edition)


def desks() -> Iterator[Exported]:
    """Every monograph with what its desk says, by slug. Raises DocumentError for a desk that says nothing valid."""
    for monograph in monographs("import_record", "publication__edition"):
        record, publication = getattr(monograph, "import_record", None), monograph.publication_or_none
        edition = publication.edition if publication else None
        yield Exported(desk.read(monograph), record, publication, edition)


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
