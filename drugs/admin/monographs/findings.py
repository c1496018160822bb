"""What do the checks say about the desk, and where on the screen is each thing they name?"""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from drugs import content_checks, desk
from drugs.admin.monographs.states import publication_of
from drugs.content import Document, Finding, diff

LEVELS = {
    "block": "Stops publication",
    "review": "Stops a signature",
    "look": "Please look",
}
# The field of a row that a finding about the whole row leads to.
_MAIN = {
    "names": "text",
    "ingredients": "text",
    "classes": "name",
    "sections": "body",
    "side_effects": "name",
    "faqs": "answer",
    "references": "title",
}


@dataclass(frozen=True)
class LinkedFinding:
    """A finding, what its level means in words, and the address of its field."""

    finding: Finding
    level: str
    url: str


def anchor(path):
    """The id on the screen of a document's path such as `title`, `sections` or `side_effects.0.name`."""
    part, _, rest = path.partition(".")
    if part not in _MAIN:
        return f"id_{part}" if part else ""
    if not rest:
        return f"{part}-group"
    index, _, field = rest.partition(".")
    return f"id_{part}-{index}-{field or _MAIN[part]}"


def linked_findings(monograph, document):
    """The findings about `document`, the desk of `monograph`, each Pointed at its field, the gravest first."""
    screen = reverse("admin:drugs_monograph_change", args=[monograph.pk])
    shared = desk.shared_paragraphs(monograph, document)
    return [
        LinkedFinding(finding, LEVELS[finding.level], f"{screen}#{anchor(finding.field)}")
        for finding in content_checks.check(document, country=settings.COUNTRY, shared=shared)
    ]


def changes_since_published(monograph, document):
    """What `document` changes in the current edition of `monograph`; None if there is none."""
    publication = publication_of(monograph)
    if not publication:
        return None
    return diff.compare(Document.from_json(publication.edition.document), document)
