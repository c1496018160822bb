"""The findings of the content checks, linked to the fields of the change form, and the diff since publication."""

from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse

from drugs import content_checks, desk, formats
from drugs.content import Document, DocumentError, Finding, diff
from drugs.content_checks import readability
from drugs.models import Monograph

LEVELS = {
    "block": "Stops publication",
    "review": "Stops a signature",
    "look": "Please look",
}
# The field of a row that a finding about the whole row leads to.
MAIN_FIELD = {
    "names": "text",
    "ingredients": "text",
    "classes": "name",
    "sections": "body",
    "side_effects": "name",
    "faqs": "answer",
    "references": "title",
}


class LinkedFinding(NamedTuple):
    """A finding, its level in words, and the address of the field it is about."""

    finding: Finding
    level: str
    url: str


def anchor(path: str) -> str:
    """The HTML id of the form field for a document's path such as `title`, `sections` or `side_effects.0.name`."""
    part, _, rest = path.partition(".")
    if part not in MAIN_FIELD:
        return f"id_{part}" if part else ""
    if not rest:
        return f"{part}-group"
    index, _, field = rest.partition(".")
    return f"id_{part}-{index}-{field or MAIN_FIELD[part]}"


def linked_findings(monograph: Monograph, document: Document) -> list[LinkedFinding]:
    """The findings about `document`, the desk of `monograph`, the gravest first."""
    screen = reverse("admin:drugs_monograph_change", args=[monograph.pk])
    shared = desk.shared_paragraphs(monograph, document)
    found = content_checks.check(document, country=settings.COUNTRY, shared=shared)
    return [
        LinkedFinding(finding, LEVELS[finding.level], f"{screen}#{anchor(finding.field)}")
        for finding in (*_too_long(document), *found)
    ]


def _too_long(document):
    """The finding of a page that is too long to be an edition, at its longest part: that is where to begin."""
    try:
        formats.check_size(document)
    except DocumentError as error:
        lengths = {
            f"{part}.{number}": len(getattr(row, MAIN_FIELD[part]))
            for part in ("sections", "faqs")
            for number, row in enumerate(getattr(document, part))
        }
        longest = max(lengths, key=lengths.__getitem__, default="title")
        message = (
            f"The page is too long: {error} This is its longest part, of {lengths.get(longest, 0):,} letters."
        )
        yield Finding("block", "too_long", message, longest)


class LinkedSentence(NamedTuple):
    """A long sentence, and the address of the field in which it stands."""

    long: readability.LongSentence
    url: str


def reading_ease(monograph: Monograph, document: Document) -> dict[str, Any]:
    """The reading grade of `document`, the desk of `monograph`, and its longest sentences, for the template."""
    screen = reverse("admin:drugs_monograph_change", args=[monograph.pk])
    reading = readability.reading(document)
    longest = [LinkedSentence(found, f"{screen}#{anchor(found.path)}") for found in reading.longest]
    return {"grade": reading.grade, "longest": longest}


def current_document(monograph: Monograph) -> Document | None:
    """What the current edition of `monograph` says; None if there is no edition."""
    publication = monograph.publication_or_none
    return Document.from_json(publication.edition.document) if publication else None


def changes_since_published(edition: Document | None, document: Document) -> list[diff.Change] | None:
    """The diff from the current `edition` to `document`; None if there is no edition."""
    return diff.compare(edition, document) if edition else None
