"""Changes between neighbouring editions, kept in the page cache once compared, and the newest editions."""

from dataclasses import replace

from django.db.models import QuerySet
from django.utils.translation import get_language

from drugs.caching.page_cache import cached_value
from drugs.content import Document, diff
from drugs.models import Edition, Publication


def changes(edition: Edition) -> tuple[diff.Change, ...] | None:
    """The changes from the edition before `edition` to it, or None if it is the first one."""
    if edition.number == 1:
        return None
    return cached_value(f"changes:{edition.record}:{get_language()}", lambda: tuple(_compare(edition)))


def since_review(publication: Publication) -> tuple[diff.Change, ...]:
    """The changes from the edition that a kept review was of to the current one; none where it is of this one."""
    if not publication.review_of or publication.review_of == publication.number:
        return ()
    signed = Edition.objects.get(monograph=publication.monograph_id, number=publication.review_of)
    documents = (_for_readers(Document.from_json(e.document)) for e in (signed, publication.edition))
    return tuple(diff.compare(*documents))


def _compare(edition):
    previous = Edition.objects.get(monograph=edition.monograph_id, number=edition.number - 1)
    before, after = (_for_readers(Document.from_json(e.document)) for e in (previous, edition))
    return diff.compare(before, after)


def _for_readers(document):
    """What readers see of it: misspellings are for the search alone."""
    return replace(document, names=tuple(name for name in document.names if name.kind != "misspelling"))


def recent_changes(count: int, kind: str = "") -> QuerySet[Edition]:
    """The newest editions that say something new to readers, at most `count`, without their documents.

    With `kind`, a kind of change, only those. What was imported, and editions of names only, are no news;
    pages that are withdrawn have none.
    """
    editions = Edition.objects.filter(kind__in=Edition.NEWS, monograph__publication__withdrawn_at=None)
    if kind:
        editions = editions.filter(kind=kind)
    return (
        editions.select_related("monograph__publication")
        .defer("document")
        .order_by("-published_at", "-id")[:count]
    )
