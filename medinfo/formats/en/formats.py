"""Formats of dates and times in English: days as readers' pages write them, hours as 14:30 and not 2:30 p.m."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
