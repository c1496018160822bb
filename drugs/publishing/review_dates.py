"""Review dates: bounds within which readers may rely on the day of a review and on the day the next one is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from drugs.content.dates import months_later
from drugs.publishing.errors import PublishingError

if TYPE_CHECKING:
    from drugs.publishing.editions import Review

OLDEST_MONTHS = 12  # a review of longer ago was of what was known then
LONGEST_MONTHS = 60  # until the next one, unless MEDINFO_REVIEW_MONTHS allows more


def refuse_impossible_dates(review: Review) -> None:
    """Refusal of dates that would let a page look reviewed when it is not: PublishingError with a sentence.

    The review is of today or of the twelve months before, by the site's own calendar. The next one comes after it,
    and at most five years later, or MEDINFO_REVIEW_MONTHS if those are more.
    """
    today = timezone.localdate()
    if review.on > today:
        raise PublishingError(f"The day of the review, {review.on}, is still to come.")
    if review.on < months_later(today, -OLDEST_MONTHS):
        raise PublishingError(
            f"The day of the review, {review.on}, is more than a year ago. Read the page again, and sign it then."
        )
    if review.due <= review.on:
        raise PublishingError(f"The next review, {review.due}, must come after this one.")
    most = max(LONGEST_MONTHS, settings.REVIEW_MONTHS)
    if review.due > months_later(review.on, most):
        raise PublishingError(
            f"The next review, {review.due}, is due more than {most} months after this one. Choose an earlier day."
        )
