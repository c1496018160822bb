"""Change feed for programs: the log of changes from a cursor or a moment on, each cursor good for ever.

A cursor names an entry by its number and a hash, so that one of a history that a restored backup has replaced is told
from one of this history.
"""

import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from drugs import content
from drugs.models import PageChange
from drugs.web.data_responses import Refused
from drugs.web.parameters import START

PAGE = 100  # rows


class Page(NamedTuple):
    """Entries in their order, whether more follow, and the cursor behind the last of them."""

    entries: list[PageChange]
    more: bool
    cursor: str


def changes_since(since: str | datetime.datetime) -> Page:
    """The entries behind a cursor, or from a moment on. Raises Refused for a cursor of a history that is no more."""
    rows = _rows()
    if since == START:
        return _page(list(rows[: PAGE + 1]), START)
    if isinstance(since, str):
        entries = list(rows.filter(number__gte=int(since.split("-")[0]))[: PAGE + 2])
        if not entries or cursor_of(entries[0]) != since:
            raise Refused(
                _(
                    "This site has gone back to a backup since it gave that cursor. Begin with the bulk files again."
                ),
                410,
            )
        return _page(entries[1:], since)
    # Before the entries, so that none comes between that it would jump over.
    newest = head()
    return _page(list(rows.filter(at__gte=since).order_by("at", "number")[: PAGE + 1]), newest)


def head() -> str:
    """The cursor behind the newest entry: one query."""
    entry = _rows().last()
    return cursor_of(entry) if entry else START


def cursor_of(entry: PageChange) -> str:
    said = f"{entry.number} {_moment(entry)} {entry.publication.slug} {entry.edition}"
    return f"{entry.number}-{content.sha256(said)[:12]}"


def item(entry: PageChange) -> dict[str, Any]:
    """An entry as programs get it; `url` is where readers are led: of a page that moved, the one in its place."""
    page = entry.publication
    target = page.successor if entry.kind == "moved" and page.successor else page
    return {
        "at": _moment(entry),
        "kind": entry.kind,
        "slug": page.slug,
        "edition": entry.edition,
        "url": settings.BASE_URL + target.get_absolute_url(),
    }


def _rows() -> QuerySet[PageChange]:
    return PageChange.objects.select_related("publication__successor").order_by("number")


def _page(entries: list[PageChange], empty: str) -> Page:
    page = entries[:PAGE]
    return Page(page, len(entries) > PAGE, cursor_of(page[-1]) if page else empty)


def _moment(entry: PageChange) -> str:
    return entry.at.astimezone(datetime.UTC).isoformat()
