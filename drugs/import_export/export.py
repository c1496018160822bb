"""Editions, or the desk, to files: pages of format 1, or one JSON document a line."""

import json
from dataclasses import dataclass

from drugs import formats
from drugs.content.document import Document
from drugs.desk import rows as desk
from drugs.models import Edition, ImportRecord, Monograph, Publication
from drugs.web import site_texts

CHUNK = 200


@dataclass(frozen=True)
class Exported:
    """One monograph on its way out. `edition` and `publication` are None for a desk never published."""

    document: Document
    record: ImportRecord | None
    publication: Publication | None
    edition: Edition | None


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


def as_json(exported, disclaimer=None):
    """The document with what the site knows of it, as a dict: one line of the NDJSON, and the page's JSON.

    `disclaimer` is the short text; it is loaded when it is not given.
    """
    return {
        **exported.document.to_dict(),
        "source": _source(exported.record),
        "status": exported.publication.status if exported.publication else "not_reviewed",
        "disclaimer": site_texts.load()["disclaimer_short"] if disclaimer is None else disclaimer,
        "edition": _edition(exported.edition),
    }


def as_line(exported, disclaimer):
    """The same as one line of text."""
    return json.dumps(as_json(exported, disclaimer), ensure_ascii=False) + "\n"


def _source(record):
    return record and {"format": record.format, "path": record.path, "sha256": record.sha256}


def _edition(edition):
    return edition and {
        "number": edition.number,
        "kind": edition.kind,
        "note": edition.note,
        "published_at": edition.published_at.isoformat(),
        "sha256": edition.sha256,
        "previous": edition.previous,
        "reviewed_by": edition.reviewed_by,
        "reviewed_on": edition.reviewed_on and edition.reviewed_on.isoformat(),
        "review_due": edition.review_due and edition.review_due.isoformat(),
    }
