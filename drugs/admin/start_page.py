"""The start page: my own work, what waits for all, how far the site is, and what to review first. Few queries."""

from typing import NamedTuple

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from drugs.admin.worklists import MINE, SHARED, Worklist, counting
from drugs.models import Monograph, Publication

FIRST = 8  # pages to review first


class CountedList(NamedTuple):
    worklist: Worklist
    number: int


class ToReview(NamedTuple):
    """A page to review, and why it comes first."""

    publication: Publication
    why: str


class StartPage(NamedTuple):
    """What one person sees: `progress` in plain numbers, by name."""

    mine: list[CountedList]
    shared: list[CountedList]
    progress: dict[str, int]
    first: list[ToReview]


def start_page(request: HttpRequest) -> StartPage:
    """The start page of this person: lists that they may see, each with its count, all counted by one query."""
    mine, shared = ([item for item in items if _is_visible(request, item)] for items in (MINE, SHARED))
    account = request.user.get_username()
    may_see = request.user.has_perm("drugs.view_monograph")
    queries = [item.counting(account) for item in (*mine, *shared)]
    numbers = _numbers([*queries, *(_progress() if may_see else ())])
    return StartPage(
        [CountedList(item, numbers.get(item.name, 0)) for item in mine],
        [CountedList(item, numbers.get(item.name, 0)) for item in shared],
        {name: numbers.get(name, 0) for name in ("pages", "public", "reviewed")} if may_see else {},
        _first() if request.user.has_perm("drugs.publish_monograph") else [],
    )


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
    """Public pages without a current review: those that readers reported most, then those that fell due first."""
    unreviewed = Publication.objects.public().exclude(review_due__gt=timezone.localdate())
    is_open = Q(monograph__problem_reports__outcome="", monograph__problem_reports__overflow=False)
    reported = Count("monograph__problem_reports", filter=is_open)
    rows = unreviewed.annotate(reports=reported).order_by("-reports", "review_due", "sort_key")
    due = rows.filter(Q(reports__gt=0) | Q(review_due__isnull=False))
    return [ToReview(page, _why(page)) for page in due[:FIRST]]


def _why(page):
    reports = f"{page.reports} open report{'s' * (page.reports > 1)}" if page.reports else ""
    overdue = f"review was due on {page.review_due:%-d %B %Y}" if page.review_due else "not reviewed"
    return ", ".join(filter(None, [reports, overdue]))
