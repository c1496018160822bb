"""Review dates: bounds within which readers may rely on the day of a review and on the day the next one is due.

Asked when a review is signed. Whether one is overdue since says `Publication.status`.
"""

from datetime import date

from django.conf import settings
from django.utils import timezone

from drugs.content.dates import months_later
from drugs.publishing.errors import PublishingError

OLDEST_MONTHS = 12  # a review of longer ago was of what was known then
LONGEST_MONTHS = 60  # until the next one, unless MEDINFO_REVIEW_MONTHS allows more


def refuse_impossible_dates(on: date, due: date) -> None:
    """Refusal of dates that would let a page look reviewed when it is not: PublishingError with a sentence."""
    if objection := day_objection(on) or due_objection(on, due):
        raise PublishingError(objection)


def day_objection(on: date) -> str:
    """Why no review can be of the day `on`, in a sentence; empty if it can.

    It is of today or of the twelve months before, by the site's own calendar.
    """
    today = timezone.localdate()
    if on > today:
        return f"The day of the review, {on}, is still to come."
    if on < months_later(today, -OLDEST_MONTHS):
        return f"The day of the review, {on}, is more than a year ago. Read the page again, and sign it then."
    return ""


def due_objection(on: date, due: date) -> str:
    """Why the review after one of the day `on` cannot be due on `due`, in a sentence; empty if it can.

    It comes after that one, and at most five years later, or MEDINFO_REVIEW_MONTHS if those are more.
    """
    if due <= on:
        return f"The next review, {due}, must come after this one."
    most = max(LONGEST_MONTHS, settings.REVIEW_MONTHS)
    if due > months_later(on, most):
        return (
            f"The next review, {due}, is due more than {most} months after this one. Choose an earlier day."
        )
    return ""
