"""Telephone numbers in the site's own phrases, as links that a telephone calls when they are tapped."""

import re

from django.utils.html import format_html, format_html_join

from drugs.content.countries import Country

# Three digits at least, in groups or not: times of day have fewer.
_NUMBER = r"\d(?:[ -]?\d){2,}"


def with_calls(phrase: str, country: Country, numbers_page: str) -> str:
    """HTML of a phrase of `country`, escaped, each number in it a `tel:` link (RFC 3966).

    Where no country is set its words for the number lead to `numbers_page`, which has those of all.
    """
    short = [re.escape(number) for number in country.emergency if len(number) < 3]
    unknown = [] if country.emergency else [re.escape(country.emergency_number)]
    pieces = re.split(rf"(?<!\w)({'|'.join([*unknown, _NUMBER, *short])})(?!\w)", str(phrase))
    return format_html_join("", "{}", ((_piece(at, piece, numbers_page),) for at, piece in enumerate(pieces)))


def _piece(at: int, piece: str, numbers_page: str) -> str:
    """Every second piece of a text that was split at its numbers is a number, or the words for one."""
    if not at % 2:
        return piece
    return format_html(
        '<a href="{}">{}</a>', f"tel:{digits}" if (digits := digits_of(piece)) else numbers_page, piece
    )


def digits_of(number: str) -> str:
    """The digits of a number as people write it."""
    return re.sub(r"\D", "", number)
