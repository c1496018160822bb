"""Review dates: those that cannot be, or that no reader should rely on, are refused with a sentence."""

import datetime

import pytest

from drugs import publishing
from drugs.models import Edition
from drugs.publishing import PublishingError
from drugs.publishing.review_dates import refuse_impossible_dates
from tests.support.builders import make_monograph, make_review
from tests.support.clock import today_is


def days(*texts):
    return map(datetime.date.fromisoformat, texts)


@pytest.mark.parametrize(
    ("on", "due"),
    [
        ("2026-11-22", "2029-11-22"),
        ("2026-11-22", "2026-11-23"),
        ("2025-11-22", "2026-11-20"),
        ("2026-11-22", "2031-11-22"),
    ],
)
def test_dates_that_can_be_are_taken(on, due):
    refuse_impossible_dates(*days(on, due))


@pytest.mark.parametrize(
    ("on", "due", "sentence"),
    [
        ("2026-11-23", "2029-11-22", "The day of the review, 2026-11-23, is still to come."),
        ("2025-11-21", "2027-11-21", "The day of the review, 2025-11-21, is more than a year ago."),
        ("2026-11-22", "2031-11-23", "The next review, 2031-11-23, is due more than 60 months after"),
        ("2026-11-22", "9999-12-31", "The next review, 9999-12-31, is due more than 60 months after"),
        ("2026-11-22", "2026-11-22", "The next review, 2026-11-22, must come after this one."),
        ("2026-11-22", "2020-01-01", "The next review, 2020-01-01, must come after this one."),
    ],
)
def test_dates_that_cannot_be_are_refused(on, due, sentence):
    with pytest.raises(PublishingError) as error:
        refuse_impossible_dates(*days(on, due))
    assert str(error.value).startswith(sentence)


@pytest.mark.django_db
def test_nothing_is_signed_with_such_a_date():
    monograph = make_monograph()
    on, due = days("1900-01-01", "2027-01-01")
    with pytest.raises(PublishingError, match="is more than a year ago"):
        publishing.publish(
            monograph, by="rey", kind="clarity", note="Signed.", review=make_review(on=on, due=due)
        )
    assert not Edition.objects.exists()


def test_a_site_with_longer_intervals_may_use_them(settings):
    settings.REVIEW_MONTHS = 72
    refuse_impossible_dates(*days("2026-11-22", "2032-11-22"))
    with pytest.raises(PublishingError, match="more than 72 months"):
        refuse_impossible_dates(*days("2026-11-22", "2032-11-23"))


def test_a_leap_day_is_a_day_like_any_other():
    with today_is(datetime.date(2028, 2, 29)):
        refuse_impossible_dates(*days("2027-02-28", "2032-02-28"))
        refuse_impossible_dates(*days("2028-02-29", "2033-02-28"))
        with pytest.raises(PublishingError, match="more than a year ago"):
            refuse_impossible_dates(*days("2027-02-27", "2031-02-27"))
        with pytest.raises(PublishingError, match="more than 60 months"):
            refuse_impossible_dates(*days("2028-02-29", "2033-03-01"))
