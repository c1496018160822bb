"""Withdrawals of pages: the history of what was taken from readers, for ever, read from the audit log."""

import datetime
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from drugs.models import AuditEntry, Edition, Publication
from drugs.models.audit import without_mark


class Withdrawal(NamedTuple):
    """A page taken from readers; `returned_at` is when an edition brought it back, None if none has yet."""

    withdrawn_at: datetime.datetime
    reason: str
    returned_at: datetime.datetime | None


class _Page(NamedTuple):
    """A page as it is now: its withdrawal, if it is withdrawn, and the moments of its editions in their order."""

    withdrawn_at: datetime.datetime | None
    reason: str
    editions: list[datetime.datetime]


def withdrawals_of_pages(publications: Iterable[Publication]) -> dict[str, tuple[Withdrawal, ...]]:
    """Every withdrawal of each of `publications`, by slug and in order: one query, or two if there is any.

    A reason that changed while the page was withdrawn is a withdrawal of its own: readers were told both. Of a page
    that was withdrawn before acts were recorded, only what it says itself is known. A reason that was too long for
    the log is cut, with a mark, once the page is back.
    """
    withdrawn_now = {publication.slug: publication.withdrawn_at for publication in publications}
    acts: dict[str, list[tuple[datetime.datetime, str]]] = {}
    entries = AuditEntry.objects.filter(action="withdrawn", object__in=withdrawn_now).order_by("number")
    for slug, at, reason in entries.values_list("object", "at", "detail"):
        acts.setdefault(slug, []).append((at, without_mark(reason)))
    pages = _pages({slug for slug, at in withdrawn_now.items() if at or slug in acts})
    return {
        slug: tuple(_history(acts.get(slug, []), pages[slug])) if slug in pages else ()
        for slug in withdrawn_now
    }


def _pages(slugs: set[str]) -> dict[str, _Page]:
    """The pages by slug, read after their acts, so that no act is of a later state than they are."""
    if not slugs:
        return {}
    at = "monograph__publication__"
    editions = Edition.objects.filter(monograph__publication__slug__in=slugs).order_by("number")
    columns = (f"{at}slug", f"{at}withdrawn_at", f"{at}withdrawn_reason", "published_at")
    pages: dict[str, _Page] = {}
    for slug, withdrawn_at, reason, published_at in editions.values_list(*columns):
        pages.setdefault(slug, _Page(withdrawn_at, reason, [])).editions.append(published_at)
    return pages


def _history(acts: list[tuple[datetime.datetime, str]], page: _Page) -> Iterator[Withdrawal]:
    """The withdrawals of a page. Its own columns win over the log and the clock, which may have been put back."""
    if page.withdrawn_at:
        # The log names the moment after, and may have cut the reason.
        acts = [act for act in acts if act[0] < page.withdrawn_at]
    for at, reason in acts:
        later = (published_at for published_at in page.editions if published_at > at)
        yield Withdrawal(at, reason, next(later, None if page.withdrawn_at else page.editions[-1]))
    if page.withdrawn_at:
        yield Withdrawal(page.withdrawn_at, page.reason, None)
