"""Work that waits for one person: its lists with their numbers, for a digest, and its rows, for a feed."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from drugs.http.desk_host import desk_origin
from drugs.models import Monograph, ProblemReport, ReviewNote

MOST_ENTRIES = 50  # of each list in a feed
COMMENT_DAYS = 30


class Waiting(NamedTuple):
    """A list of work: its name, who has it by a permission, its `rows` for an account, and where they are worked on.

    `page` is the page of the desk for a row, `since` the attribute that says since when it waits.
    """

    name: str
    permission: str
    rows: Callable[[str], QuerySet]
    list: str
    page: str
    since: str


class Counted(NamedTuple):
    """A list of work with how many rows it has, and the address that shows them."""

    name: str
    number: int
    address: str


class Entry(NamedTuple):
    """A row of work: what it is, where it is worked on, since when it waits."""

    title: str
    address: str
    key: str
    since: datetime.datetime


def _comments(account: str) -> QuerySet:
    """What came by links that `account` made, in the last days: nobody says of a comment that it is read."""
    since = timezone.now() - datetime.timedelta(days=COMMENT_DAYS)
    return ReviewNote.objects.filter(share__made_by=account, at__gt=since)


WAITING = (
    Waiting(
        "Sent back to you",
        "drugs.change_monograph",
        lambda account: Monograph.objects.filter(sent_back_to=account),
        "drugs_monograph_changelist?list=back_to_me",
        "drugs_monograph_review",
        "submitted_at",
    ),
    Waiting(
        "Waiting for you",
        "drugs.publish_monograph",
        lambda account: Monograph.objects.waiting_for(account),
        "drugs_monograph_changelist?list=for_me",
        "drugs_monograph_review",
        "submitted_at",
    ),
    Waiting(
        "Problems that readers reported",
        "drugs.change_problemreport",
        lambda account: ProblemReport.objects.filter(outcome="", overflow=False),
        "drugs_problemreport_changelist?list=open",
        "drugs_problemreport_change",
        "created_at",
    ),
)
COMMENTS = "Comments by a link that you made"


def desk_address(name: str, *arguments: Any) -> str:
    """The whole address of the page `name` of the desk, perhaps with a `?` and what follows."""
    route, mark, query = name.partition("?")
    path = reverse(f"admin:{route}", args=arguments)
    return f"{desk_origin() or settings.BASE_URL}{path}{mark}{query}"


def counted(user: User) -> list[Counted]:
    """The lists of `user` that hold something: a query each."""
    account = user.get_username()
    numbers = [(item, item.rows(account).count()) for item in _lists(user)]
    return [Counted(item.name, number, desk_address(item.list)) for item, number in numbers if number]


def entries(user: User) -> Iterator[Entry]:
    """The rows of all lists of `user`, and what came by links that they made; nothing of anybody's words."""
    account = user.get_username()
    for item in _lists(user):
        for row in item.rows(account).order_by(f"-{item.since}", "-pk")[:MOST_ENTRIES]:
            since = getattr(row, item.since)
            page = row if isinstance(row, Monograph) else row.monograph
            key = f"{item.page}-{row.pk}-{since:%Y%m%d%H%M%S}"
            yield Entry(f"{item.name}: {page}", desk_address(item.page, row.pk), key, since)
    if user.has_perm("drugs.change_monograph"):
        notes = _comments(account).select_related("monograph").order_by("-at", "-pk")
        for note in notes[:MOST_ENTRIES]:
            address = desk_address("drugs_monograph_review", note.monograph_id)
            yield Entry(f"{COMMENTS}: {note.monograph}", address, f"comment-{note.pk}", note.at)


def _lists(user: User) -> list[Waiting]:
    return [item for item in WAITING if user.has_perm(item.permission)]
