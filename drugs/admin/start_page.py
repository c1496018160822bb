"""The start page: my own work, what waits for all, how far the site is, and what to review first. Few queries."""

from typing import NamedTuple

from django.contrib import admin
from django.db.models import Aggregate, BigIntegerField, Count, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest
from django.utils import timezone

from drugs.admin.worklists import MINE, SHARED, Worklist, counting
from drugs.models import DailyReads, Monograph, ProblemReport, Publication
from drugs.web import read_counts

FIRST = 8  # pages to review first
SEARCHES = 1_000_000_000  # more than a page is searched for in a month


class CountedList(NamedTuple):
    worklist: Worklist
    number: int
    caution: str  # why there may be more
    says: str


class ToReview(NamedTuple):
    """A page to review, and why it comes first."""

    publication: Publication
    why: str


class StartPage(NamedTuple):
    """What one person sees: lists of the own work and of everybody's, `empty` ones of these apart, which nobody needs
    to read, and `progress` in plain numbers, by name.
    """

    mine: list[CountedList]
    shared: list[CountedList]
    empty: list[CountedList]
    progress: dict[str, int]
    first: list[ToReview]


def start_page(request: HttpRequest) -> StartPage:
    """The start page of this person: lists that they may see, each with its count, all counted by one query."""
    mine, shared = ([item for item in items if _is_visible(request, item)] for items in (MINE, SHARED))
    account = request.user.get_username()
    may_see = request.user.has_perm("drugs.view_monograph")
    queries = [item.counting(account) for item in (*mine, *shared)]
    numbers = _numbers([*queries, *(_progress() if may_see else ())])
    of_mine, of_all = (
        [
            CountedList(item, numbers.get(item.name, 0), item.caution(), item.says_to(request.user))
            for item in items
        ]
        for items in (mine, shared)
    )
    return StartPage(
        of_mine,
        [
            counted
            for counted in of_all
            if (counted.number or counted.caution) and not _is_mine(counted, of_mine)
        ],
        [counted for counted in of_all if not (counted.number or counted.caution)],
        {name: numbers.get(name, 0) for name in ("pages", "public", "reviewed")} if may_see else {},
        _first() if request.user.has_perm("drugs.publish_monograph") else [],
    )


def _is_mine(counted, of_mine):
    """Whether a list of this person's own has all that is in this one: then it would say the same twice."""
    parts = {own.worklist.part_of: own.number for own in of_mine}
    return parts.get(counted.worklist.key) == counted.number


def _is_visible(request, item):
    if item.permission and not request.user.has_perm(item.permission):
        return False
    return admin.site.get_model_admin(item.model).has_view_permission(request)


def _numbers(queries: list[QuerySet]) -> dict[str, int]:
    if not queries:
        return {}
    first, *others = queries
    return dict(first.union(*others, all=True).order_by())  # Django 6 orders unions by the model


def _progress():
    public = Publication.objects.public()
    yield counting("pages", Monograph.objects.all())
    yield counting("public", public)
    yield counting("reviewed", public.filter(review_due__gt=timezone.localdate()))


def _first():
    """Public pages without a current review: most reported, then most read, most searched for, longest due."""
    unreviewed = Publication.objects.public().exclude(review_due__gt=timezone.localdate())
    reports = ProblemReport.objects.filter(
        monograph=OuterRef("monograph"), outcome="", overflow=False
    ).values("monograph")
    reads = DailyReads.objects.filter(publication=OuterRef("pk"), day__gte=read_counts.first_day())
    # Both in one number, since each sum goes through thirty rows of each page: what was read counts before it.
    asked = Sum(Cast("number", BigIntegerField()) * SEARCHES + F("searches"))
    rows = unreviewed.annotate(
        reports=_or_zero(reports, Count("pk")), asked=_or_zero(reads.values("publication"), asked)
    )
    longest_due = F("review_due").asc(nulls_last=True)
    rows = rows.order_by("-reports", "-asked", longest_due, "sort_key")[:FIRST]
    # Of which nothing is known come last: there is no reason to begin with them.
    return [ToReview(page, _why(page)) for page in rows if page.reports or page.asked or page.review_due]


def _or_zero(rows: QuerySet, number: Aggregate) -> Coalesce:
    """The `number` of the grouped `rows` of each page, 0 without any."""
    return Coalesce(Subquery(rows.order_by().annotate(of_page=number).values("of_page")), 0)


def _why(page):
    times_read, times_searched = divmod(int(page.asked), SEARCHES)  # PostgreSQL adds up to decimals
    reports = f"{page.reports} open report{'s' * (page.reports > 1)}" if page.reports else ""
    read = f"read {times_read} times" if times_read else ""
    searched = f"searched for {times_searched} times" if times_searched else ""
    overdue = f"review was due on {page.review_due:%-d %B %Y}" if page.review_due else "not reviewed"
    return ", ".join(filter(None, [reports, read, searched, overdue]))
