"""Calendar arithmetic in months, for the day on which a review falls due, and dates that say less than a day."""

import calendar
import datetime
import re


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month so many months on, or the last day of a shorter month; back if it is negative."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


def is_partial_date(text: str) -> bool:
    """Whether `text` is YYYY-MM-DD, YYYY-MM or YYYY, as sources date their versions, or empty."""
    if not re.fullmatch(r"([0-9]{4}(-[0-9]{2}){0,2})?", text):
        return False
    try:
        return not text or bool(datetime.date.fromisoformat(text + "-01-01"[len(text) - 4 :]))
    except ValueError:
        return False
