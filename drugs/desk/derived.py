"""Derived columns and rows of the desk: letter, blocking findings, paragraph hashes, likely duplicates."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction

from drugs import content_checks
from drugs.content import Document, invisible
from drugs.content.normalisation import fold
from drugs.content.sort_keys import letter_of, sort_key
from drugs.desk import duplicates
from drugs.models import Monograph, Paragraph


def derived_columns(document: Document) -> dict[str, Any]:
    """Columns of Monograph, by name, that follow from what its desk says.

    The editors' lists and the import ask for them, and need not read all of a desk.
    """
    findings = content_checks.blocking_findings(document)
    return {
        "letter": letter_of(sort_key(document.title)),
        "sameness": sameness(document),
        "blocks": len(findings),
        "held_back": [" ".join(finding.message.split()) for finding in findings],
    }


def set_derived_columns(monograph: Monograph, document: Document) -> None:
    """The derived columns of `monograph`, set to those of `document`, what its desk says. Saves nothing."""
    set_columns(monograph, derived_columns(document))


def set_columns(monograph: Monograph, columns: Mapping[str, Any]) -> None:
    """Columns of `monograph`, set by name. Saves nothing."""
    for name, value in columns.items():
        setattr(monograph, name, value)


@transaction.atomic
def write_derived_rows(monograph: Monograph, document: Document) -> None:
    """Derived rows, by which other pages know what `document`, that of the desk, says: hashes, likely duplicates."""
    Paragraph.objects.filter(monograph=monograph).delete()
    Paragraph.objects.bulk_create(paragraph_rows(monograph, document))
    duplicates.update_likely_duplicates([monograph])


@transaction.atomic
def refresh_derived(pairs: Sequence[tuple[Monograph, Document]]) -> None:
    """Derived columns and likely duplicates put right, of desks with the documents that they hold.

    The text stays as it is. A desk that somebody has changed since it was read is left alone: that has put it right.
    """
    versions = {monograph.pk: monograph.version for monograph, _ in pairs}
    current = Monograph.objects.select_for_update().filter(pk__in=versions).values_list("pk", "version")
    unchanged = {pk for pk, version in current if versions[pk] == version}
    pairs = [pair for pair in pairs if pair[0].pk in unchanged]
    for monograph, document in pairs:
        derived = {"folded": fold(document.title), **derived_columns(document)}
        if any(getattr(monograph, name) != value for name, value in derived.items()):
            set_columns(monograph, derived)
            monograph.save(update_fields=derived)
        for name in monograph.names.all():
            if name.folded != fold(name.text):
                name.save(update_fields=["folded"])
    duplicates.update_likely_duplicates([monograph for monograph, _ in pairs])


def paragraph_rows(monograph: Monograph, document: Document) -> Iterator[Paragraph]:
    """Unsaved rows with the hashes of the longer paragraphs of `document`."""
    return (
        Paragraph(monograph=monograph, digest=digest) for digest in content_checks.paragraph_hashes(document)
    )


def shared_paragraphs(monograph: Monograph, document: Document) -> dict[str, str]:
    """Paragraphs of `document` that another desk has too: that page's slug by hash."""
    hashes = content_checks.paragraph_hashes(document)
    others = Paragraph.objects.filter(digest__in=hashes).exclude(monograph=monograph)
    return dict(others.order_by("-monograph__slug").values_list("digest", "monograph__slug"))


def sameness(document: Document) -> str:
    """Key that two pages on the same medicine have in common: the set of ingredients, or else the title.

    Case, punctuation and the order of ingredients do not count.
    """
    parts = document.ingredients or (document.title,)
    folded = (re.sub(r"[\W_]+", " ", invisible.strip_invisible(part).casefold()).strip() for part in parts)
    return "+".join(sorted(set(folded)))[:500]
