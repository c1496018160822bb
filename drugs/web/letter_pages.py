"""Pages of one letter of the A-Z: its second letters, which page this is of how many, and the ways to the others.

Each page goes on after a key (keyset pagination); their borders are counted among the keys of the letter alone.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from drugs.models import Publication
from drugs.web import lists

MOST_NUMBERS = 40  # pages of a letter that are linked by number


class PageLink(NamedTuple):
    """A page of the letter by its number, and the slug that it goes on after; "" for the first."""

    number: int
    after: str


class LetterPage(NamedTuple):
    """A page of a letter: its rows, their place among the other pages, and what the whole letter has.

    `usual` is the status that most rows have, which is said once; `seconds` are the letter's second letters.
    """

    rows: list[Publication]
    usual: str
    seconds: tuple[str, ...]
    number: int
    pages: tuple[PageLink, ...]
    previous: PageLink | None
    following: PageLink | None

    @property
    def total(self) -> int:
        return len(self.pages)

    @property
    def numbered(self) -> bool:
        """Whether a link to each page is shown."""
        return 1 < self.total <= MOST_NUMBERS


def letter_page(letter: str, second: str = "", after: Publication | None = None) -> LetterPage:
    """The page of `letter`, or of the names that go on with the letter `second`, behind `after`: two queries."""
    public = Publication.objects.public()
    keys = list(public.starting_with(letter).values_list("sort_key", "slug"))
    seconds = tuple(sorted({key[1:2] for key, _slug in keys} & set(lists.SECONDS))) if letter != "0" else ()
    pages = public.starting_with(letter)
    if second:
        keys = [row for row in keys if row[0].startswith(letter + second)]
        pages = pages.filter(sort_key__startswith=letter + second)
    start = bisect_right(keys, (after.sort_key, after.slug)) if after else 0
    rows = list(lists.behind(pages, after)[: lists.PAGE])
    links = _links([slug for _key, slug in keys])
    number = min(start // lists.PAGE + bool(start % lists.PAGE), max(len(links) - 1, 0))
    return LetterPage(
        rows=rows,
        usual=_usual(rows),
        seconds=seconds,
        number=number + 1,
        pages=links,
        previous=links[number - 1] if number else None,
        following=links[number + 1] if number + 1 < len(links) and start + len(rows) < len(keys) else None,
    )


def _links(slugs: Sequence[str]) -> tuple[PageLink, ...]:
    """All pages of a list with these slugs."""
    borders = ["", *(slugs[at - 1] for at in range(lists.PAGE, len(slugs), lists.PAGE))]
    return tuple(PageLink(number, after) for number, after in enumerate(borders, start=1))


def _usual(rows: Sequence[Publication]) -> str:
    counted = Counter(row.status for row in rows).most_common(1)
    return counted[0][0] if counted and counted[0][1] > 1 else ""
