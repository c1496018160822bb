"""Editions, or the desk, to files: pages of format 1, or one JSON document a line."""

from drugs import desk, formats
from drugs.content import Document
from drugs.formats.json_record import Exported
from drugs.models import Monograph, Publication

CHUNK = 200


def editions():
    """Every publication, withdrawn ones too, with what its current edition says, by slug."""
    rows = Publication.objects.select_related("edition", "monograph__import_record").order_by("slug")
    for publication in rows.iterator(CHUNK):
        record = getattr(publication.monograph, "import_record", None)
        document = Document.from_json(publication.edition.document)
        yield Exported(document, record, publication, publication.edition)


def desks():
    """Every monograph with what its desk says, by slug. Raises DocumentError for a desk that says nothing valid."""
    for monograph in monographs("import_record", "publication__edition"):
        publication = getattr(monograph, "publication", None)
        edition = publication and publication.edition
        yield Exported(desk.read(monograph), getattr(monograph, "import_record", None), publication, edition)


def monographs(*related):
    """Every Monograph with the rows of its desk, and `related` joined, by slug; a few hundred at a time.

    No statement stays open between them, so whoever walks through may write.
    """
    rows = ("names", "ingredients", "classes", "sections", "side_effects", "faqs", "references")
    found = Monograph.objects.order_by("slug").prefetch_related(*rows)
    found = found.select_related(*related) if related else found
    last = ""
    while batch := list(found.filter(slug__gt=last)[:CHUNK]):
        yield from batch
        last = batch[-1].slug


def as_page(exported):
    """The text of the page in format 1."""
    return formats.write(exported.document)
