"""Problem reports of readers: kept within a rate limit, closed by editors, and purged months later.

Whoever sends too much from one address is asked to wait. Beyond what editors can read in an hour, of one page or of
the site, reports are kept all the same, in a queue of their own (overflow): no flood closes the only way by which
readers say that a dose is wrong.

Nothing is kept about readers. How much came in is counted in the table of reports itself, which all processes
share; how much came from one address, by `sender_limits`, and the other two numbers hold where that cannot count.
"""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from drugs import audit
from drugs.audit import facts
from drugs.content.dates import months_later
from drugs.models import ProblemReport, Publication
from drugs.models.reports import State
from drugs.web import sender_limits

HOUR = datetime.timedelta(hours=1)
REMOVED = "[An editor removed these words: they could identify somebody.]"
FROM_ADDRESS, FROM_ADDRESS_ON_PAGE = 20, 8  # the rate limit of an address: reports in an hour
ON_PAGE, ON_SITE = 40, 200  # reports in an hour that editors can read; what comes beyond is overflow
MOST_OVERFLOW = 5_000  # open reports in the overflow: some twenty megabytes


class RateLimited(Exception):
    """An address sent more reports within the hour than it may, or there is no room for more."""


class TokenUsed(Exception):
    """The form with this token has already been sent, with other words."""


@transaction.atomic
def accept_report(publication: Publication, words: dict[str, object], *, address: str, token: str) -> None:
    """Keeps what a reader says about `publication`; `words` are fields of a ProblemReport by name.

    The same words within the hour are kept once. `address` is the client's, `token` that of the form. Raises
    RateLimited and TokenUsed.
    """
    audit.lock_log()
    # The second half of a double click waits here until the first is kept.
    Publication.objects.select_for_update().get(pk=publication.pk)
    recent = ProblemReport.objects.filter(created_at__gt=timezone.now() - HOUR)
    if recent.filter(monograph=publication.monograph_id, **words).exists():
        return
    if ProblemReport.objects.filter(token=token).exists():
        raise TokenUsed
    limits = {
        sender_limits.counter("reports", address): FROM_ADDRESS,
        sender_limits.counter("reports", address, publication.slug): FROM_ADDRESS_ON_PAGE,
    }
    if sender_limits.is_reached(limits):
        raise RateLimited
    overflow = _is_flood(recent, publication)
    if overflow and ProblemReport.objects.filter(overflow=True, state=State.OPEN).count() >= MOST_OVERFLOW:
        raise RateLimited
    ProblemReport.objects.create(
        monograph_id=publication.monograph_id, token=token, overflow=overflow, **words
    )
    sender_limits.count(limits)


def _is_flood(recent, publication):
    """Whether more came in within the hour than editors can read, of the page or of the site."""
    on_page = Q(monograph=publication.monograph_id)
    read = recent.order_by().filter(overflow=False)
    count = read.aggregate(site=Count("pk"), page=Count("pk", filter=on_page))
    return count["site"] >= ON_SITE or count["page"] >= ON_PAGE


def close_report(report: ProblemReport, outcome: str, *, by: str) -> None:
    """Says in `report`, without saving it, what came of it; an empty outcome opens it again."""
    report.outcome = outcome
    report.state = State.CLOSED if outcome else State.OPEN
    report.closed_at = timezone.now() if outcome else None
    report.closed_by = by if outcome else ""


def record_answer(reports: Iterable[ProblemReport], *, by: str) -> None:
    """Audit entry of what came of `reports`, in the transaction that saves it."""
    for report in reports:
        outcome = report.get_outcome_display() or "still open"
        audit.record(by, "report_answered", report.monograph.slug, outcome, facts.reports([report]))


@transaction.atomic
def purge(day: datetime.date, months: int, *, by: str) -> int:
    """Deletion of the reports that were closed `months` before `day`, or earlier: how many these were."""
    audit.lock_log()
    keys = list(reports_closed_before(day, months).values_list("pk", flat=True))
    if keys:
        ProblemReport.objects.filter(pk__in=keys).delete()
        audit.record(by, "reports_purged", f"{len(keys)} reports", "", facts.deleted("reports", keys))
    return len(keys)


def reports_closed_before(day: datetime.date, months: int) -> QuerySet[ProblemReport]:
    """The reports that were closed `months` before `day`, or earlier: those to purge. Open ones never are."""
    return ProblemReport.objects.filter(closed_at__date__lte=months_later(day, -months))
