"""Telephone numbers in the site's own phrases, as links that a telephone calls when they are tapped."""

import re

from django.utils.html import format_html, format_html_join

from drugs.content.countries import Country

# Three digits at least, in groups or not: times of day have fewer.
_NUMBER = r"\d(?:[ -]?\d){2,}"


def with_calls(phrase: str, country: Country) -> str:
    """HTML of a phrase of `country`, escaped, each number in it a `tel:` link (RFC 3966)."""
    short = [re.escape(number) for number in country.emergency if len(number) < 3]
    pieces = re.split(rf"(?<!\w)({'|'.join([_NUMBER, *short])})(?!\w)", str(phrase))
    return format_html_join("", "{}", ((_piece(at, piece),) for at, piece in enumerate(pieces)))


def _piece(at: int, piece: str) -> str:
    """Every second piece of a text that was split at its numbers is a number."""
    return format_html('<a href="tel:{}">{}</a>', re.sub(r"\D", "", piece), piece) if at % 2 else piece
