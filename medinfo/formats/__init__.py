"""Formats of dates and times, by language. Django looks here before its own."""
