"""Change log of the public pages: its only writer, called where a page becomes current or is withdrawn."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Lag

from drugs import audit
from drugs.models import PageChange, Publication
from drugs.models.changes import GONE
from drugs.publishing.locks import lock_publishing
from drugs.search import counters


@transaction.atomic
def append(changes: Iterable[tuple[Publication, str]]) -> None:
    """New entries for `changes`, pairs of a Publication as it is now and one of KINDS, in their order.

    They are numbered under the lock of the audit log, which is held until the transaction ends: whoever reads a
    number has missed none before it.
    """
    audit.lock_log()
    last, at = PageChange.objects.order_by("-number").values_list("number", "at").first() or (0, None)
    rows = []
    for number, (page, kind) in enumerate(changes, start=last + 1):
        moment = page.withdrawn_at or page.published_at
        at = max(at, moment) if at else moment
        rows.append(PageChange(number=number, at=at, kind=kind, publication=page, edition=page.number))
    PageChange.objects.bulk_create(rows)


def kind_of_edition(publication: Publication, *, was_withdrawn: bool, is_old_text: bool = False) -> str:
    """The kind of the change that made the current edition of `publication` the current one."""
    if was_withdrawn or is_old_text:
        return "restored"
    return "reviewed" if publication.review_of == publication.number else "published"


def unlogged(using: str = "default") -> Iterable[Publication]:
    """Publications of which the newest entry says something else than they do: none, unless a program that knows no
    change log has published.
    """
    newest = PageChange.objects.filter(publication=OuterRef("pk")).order_by("-number")
    pages = Publication.objects.using(using).annotate(
        said=Subquery(newest.values("kind")[:1]), edition_said=Subquery(newest.values("edition")[:1])
    )
    gone = Q(said__in=GONE)
    is_right = Q(edition_said=F("number")) & (
        Q(withdrawn_at=None) & ~gone | Q(withdrawn_at__isnull=False) & gone
    )
    return pages.filter(~is_right | Q(said=None)).order_by("pk")


def backdated() -> QuerySet[PageChange]:
    """Entries that are dated before the one that they follow, which `append` never writes."""
    before = Window(Lag("at"), order_by="number")
    return PageChange.objects.annotate(before=before).filter(at__lt=F("before")).order_by("number")


@transaction.atomic
def catch_up() -> int:
    """Entries for whatever `unlogged` finds: how many. They come last, as nobody could follow them before."""
    lock_publishing()
    changes = []
    for publication in unlogged():
        kind = kind_of_edition(publication, was_withdrawn=publication.said in GONE)  # type: ignore[attr-defined]
        if publication.withdrawn_at:
            kind = "moved" if publication.successor_id else "withdrawn"
        changes.append((publication, kind))
    append(changes)
    if changes:
        counters.touch_relations()  # by which answers that are kept are made anew
    return len(changes)
