"""The calendar of tests: what they call today, so that no test changes its mind when the years pass."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.utils import timezone

TODAY = datetime.date(2026, 11, 22)
_localdate = timezone.localdate


@contextmanager
def today_is(day: datetime.date) -> Iterator[None]:
    """The site's calendar shows `day`; what has a time of its own keeps it."""

    def localdate(value=None, *args):
        return day if value is None else _localdate(value, *args)

    with mock.patch.object(timezone, "localdate", localdate):
        yield
