"""Calendar arithmetic in months, for the day on which a review falls due."""

import calendar
import datetime


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month so many months on, or the last day of a shorter month; back if it is negative."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))
