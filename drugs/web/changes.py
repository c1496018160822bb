"""Changes between neighbouring editions, kept in the page cache once compared; history; and the newest editions."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import QuerySet
from django.utils.translation import get_language

from drugs.audit.withdrawals import Withdrawal
from drugs.caching.page_cache import cached_value
from drugs.content import Document, diff
from drugs.models import Edition, Publication


def changes(edition: Edition) -> tuple[diff.Change, ...] | None:
    """The changes from the edition before `edition` to it, or None if it is the first one."""
    if edition.number == 1:
        return None
    return cached_value(f"changes:{edition.record}:{get_language()}", lambda: _compare(edition))


def since_review(publication: Publication) -> tuple[diff.Change, ...]:
    """The changes from the edition that a kept review was of to the current one; none where it is of this one."""
    if not publication.review_of or publication.review_of == publication.number:
        return ()
    signed = Edition.objects.get(monograph=publication.monograph_id, number=publication.review_of)
    return _between(signed, publication.edition)


def _compare(edition):
    previous = Edition.objects.get(monograph=edition.monograph_id, number=edition.number - 1)
    return _between(previous, edition)


def _between(before, after):
    """The changes between two editions in the words that readers see."""
    documents = [_for_readers(Document.from_json(edition.document)) for edition in (before, after)]
    return tuple(diff.compare(documents[0], documents[1], as_read=True))


def _for_readers(document):
    """What readers see of it: misspellings are for the search alone."""
    return replace(document, names=tuple(name for name in document.names if name.kind != "misspelling"))


def history(
    editions: Sequence[Edition], withdrawals: Sequence[Withdrawal]
) -> list[tuple[Edition, list[Withdrawal]]]:
    """The `editions` of a page, newest first, each with the withdrawals that came after it, newest first too.

    A withdrawal stands below the edition that brought the page back, whatever the clock said.
    """
    rows: list[tuple[Edition, list[Withdrawal]]] = [(edition, []) for edition in editions]
    places = {edition.published_at: place for place, edition in enumerate(editions, start=1)}
    for withdrawal in reversed(withdrawals):
        place = places.get(withdrawal.returned_at, 0) if withdrawal.returned_at else 0
        rows[min(place, len(rows) - 1)][1].append(withdrawal)
    return rows


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
