"""Derived columns and rows of the desk: letter, blocking findings, paragraph hashes, likely duplicates."""

import re

from django.db import transaction

from drugs import content_checks
from drugs.content import invisible
from drugs.content.normalisation import fold
from drugs.content.sort_keys import letter_of, sort_key
from drugs.desk import duplicates
from drugs.models import Monograph, Paragraph


def derived_columns(document):
    """What the editors' lists and the import ask of a desk, without reading all of it."""
    findings = content_checks.blocking_findings(document)
    return {
        "letter": letter_of(sort_key(document.title)),
        "sameness": sameness(document),
        "blocks": len(findings),
        "held_back": [" ".join(finding.message.split()) for finding in findings],
    }


def set_derived_columns(monograph, document):
    """Sets the columns of `monograph` that follow from `document`, what its desk says. Saves nothing."""
    set_columns(monograph, derived_columns(document))


def set_columns(monograph, columns):
    for name, value in columns.items():
        setattr(monograph, name, value)


@transaction.atomic
def write_derived_rows(monograph, document):
    """Keeps what other pages have to know of `document`, what the desk says: its longer paragraphs and its names."""
    Paragraph.objects.filter(monograph=monograph).delete()
    Paragraph.objects.bulk_create(paragraph_rows(monograph, document))
    duplicates.update_likely_duplicates([monograph])


@transaction.atomic
def refresh_derived(pairs):
    """Puts right what is derived from desks: `pairs` of a Monograph and the Document that its desk says.

    The text stays as it is. A desk that somebody has changed since it was read is left alone: that has put it right.
    """
    versions = {monograph.pk: monograph.version for monograph, _ in pairs}
    now = Monograph.objects.select_for_update().filter(pk__in=versions).values_list("pk", "version")
    same = {pk for pk, version in now if versions[pk] == version}
    pairs = [pair for pair in pairs if pair[0].pk in same]
    for monograph, document in pairs:
        derived = {"folded": fold(document.title), **derived_columns(document)}
        if any(getattr(monograph, name) != value for name, value in derived.items()):
            set_columns(monograph, derived)
            monograph.save(update_fields=derived)
        for name in monograph.names.all():
            if name.folded != fold(name.text):
                name.save(update_fields=["folded"])
    duplicates.update_likely_duplicates([monograph for monograph, _ in pairs])


def paragraph_rows(monograph, document):
    return (
        Paragraph(monograph=monograph, digest=digest) for digest in content_checks.paragraph_hashes(document)
    )


def shared_paragraphs(monograph, document):
    """The paragraphs of `document` that another desk has too, as a dict from hash to that page's slug."""
    found = Paragraph.objects.filter(digest__in=content_checks.paragraph_hashes(document)).exclude(
        monograph=monograph
    )
    return dict(found.order_by("-monograph__slug").values_list("digest", "monograph__slug"))


def sameness(document):
    """What two pages on the same medicine have in common: the set of ingredients, or else the title.

    Case, punctuation and the order of ingredients do not count.
    """
    parts = document.ingredients or (document.title,)
    folded = (re.sub(r"[\W_]+", " ", invisible.strip_invisible(part).casefold()).strip() for part in parts)
    return "+".join(sorted(set(folded)))[:500]
