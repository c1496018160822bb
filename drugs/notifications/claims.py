"""Claims of notifications: what a channel tells is claimed, and that is committed, before anything is sent.

So it is told at most once: after a kill between both, once or never, and never twice. What never came is still at the
desk, and in the digest of the next day. Only what was certainly not taken is claimed anew, ten minutes later.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from drugs.models import NotificationCursor, ProblemReport
from drugs.models.reports import Kind, State

WAIT = datetime.timedelta(minutes=10)
HOUR = 6  # of the day, in the site's time zone, from which digests are sent
MOST_REPORTS = 200  # in one announcement


class NotTaken(Exception):
    """Something was certainly not taken by whom it was sent to; it may be sent again."""


class Claim(NamedTuple):
    """What one channel is about to tell: new reports, and whether the digest of the day is due."""

    reports: list[ProblemReport]
    day: datetime.date | None


def newest_report() -> int:
    """The key of the newest report, 0 without any. Keys rise with commits: reports come in under the log's lock."""
    return ProblemReport.objects.aggregate(newest=Max("pk"))["newest"] or 0


@contextmanager
def claim(channel: str, *, reports: bool = False, digest: bool = False) -> Iterator[Claim]:
    """What `channel` has to tell now, claimed for the block that tells it; NotTaken in it gives that back.

    With `reports` that somebody says that something is wrong, with `digest` what waits, once a day.
    """
    before, claimed = _claim(channel, reports=reports, digest=digest)
    try:
        yield claimed
    except NotTaken:
        row = NotificationCursor.objects.filter(channel=channel, report__gte=before.report)
        row.update(report=before.report, day=before.day, wait_until=timezone.now() + WAIT)
        raise


@transaction.atomic
def _claim(channel: str, *, reports: bool, digest: bool) -> tuple[NotificationCursor, Claim]:
    NotificationCursor.objects.get_or_create(channel=channel, defaults={"report": newest_report()})
    mark = NotificationCursor.objects.select_for_update().get(channel=channel)
    before = NotificationCursor(channel=channel, report=mark.report, day=mark.day)
    now, today = timezone.localtime(), timezone.localdate()
    if mark.wait_until and now < mark.wait_until:
        return before, Claim([], None)
    day = today if digest and now.hour >= HOUR and mark.day != today else None
    newest = newest_report() if reports else mark.report
    told = _reports(mark.report) if newest > mark.report else []
    if day or newest != mark.report or mark.wait_until:
        mark.report, mark.day, mark.wait_until = newest, day or mark.day, None
        mark.save(update_fields=["report", "day", "wait_until"])
    return before, Claim(told, day)


def _reports(after: int) -> list[ProblemReport]:
    rows = ProblemReport.objects.filter(pk__gt=after, kind=Kind.WRONG, state=State.OPEN, overflow=False)
    return list(rows.select_related("monograph").order_by("pk")[:MOST_REPORTS])
