"""The worklists that run an editor's day: each has an address, a count, and words for when it is empty.

A worklist is one of the choices of `WorklistFilter` on the changelist of its model, so the other list filters
combine with it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.views.main import ChangeList
from django.db import transaction
from django.db.models import Count, Model, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from drugs.admin.base import DeskAdmin
from drugs.admin.filters import Choices, MonographFilter
from drugs.models import (
    LikelyDuplicate,
    Monograph,
    MonographQuerySet,
    ProblemReport,
    ReviewNote,
    UnansweredQuery,
)
from drugs.models.duplicates import LikelyDuplicateQuerySet
from drugs.models.monographs import DUE_DAYS


@dataclass(frozen=True)
class Worklist:
    """A named selection of the rows of `model`, and how the changelist and the start page show it.

    `rows` narrows all rows of `model` to these. `columns` stand in the changelist beside the model's own ones.
    `caution` says what keeps the count from being the whole truth; "" if nothing does.
    """

    key: str
    model: type[Model]
    name: str
    says: str
    empty: str
    rows: Callable[..., QuerySet]
    columns: tuple[str, ...] = ()
    ordering: tuple[str, ...] = ()
    caution: Callable[[], str] = lambda: ""
    opens: str = ""  # the page beside the change form that its rows lead to
    personal: bool = False  # `rows` takes the name of an account, too
    permission: str = ""  # that the list is for, beside that to view its rows
    part_of: str = ""  # the key of the list that has these rows and those of other people
    unnamed: str = ""  # what it says instead to somebody whose account has no name

    @property
    def url(self) -> str:
        opts = self.model._meta
        address = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
        return f"{address}?list={self.key}" if self.key else address

    def says_to(self, user: Any) -> str:
        """What the list is for, in words that are true for this person."""
        return self.says if user.get_full_name() or not self.unnamed else self.unnamed

    def select(self, rows: QuerySet, account: str = "") -> QuerySet:
        """Those of `rows` that are in the list, or in that of this account."""
        return self.rows(rows, account) if self.personal else self.rows(rows)

    def counting(self, account: str = "") -> QuerySet:
        """A query for the number of rows, to be joined with those of other lists."""
        return counting(self.name, self.select(self.model._default_manager.all(), account))

    def count(self, account: str = "") -> int:
        return self.select(self.model._default_manager.all(), account).count()


def counting(name: str, rows: QuerySet) -> QuerySet:
    """A query for `name` and the number of `rows`, to be joined with others by a union."""
    named = rows.order_by().annotate(of=Value(name)).values("of")
    return named.annotate(number=Count("pk")).values_list("of", "number")


def _unchecked():
    if Monograph.objects.filter(blocks=None).exists():
        return "Some pages have not been checked since an upgrade: ask whoever runs the site to have them checked."
    return ""


def _overflowing():
    number = ProblemReport.objects.filter(state="open", overflow=True).count()
    return f"{number} more wait under “Reports beyond what can be read”." if number else ""


def _commented(monographs: MonographQuerySet) -> MonographQuerySet:
    """Those on which somebody without an account commented and nobody answered."""
    return monographs.filter(pk__in=ReviewNote.objects.unanswered_by_link().values("monograph"))


# The start page shows these, in this order.
MINE = (
    Worklist(
        "for_me",
        Monograph,
        name="Waiting for you",
        says="Handed in by others, and you may sign them. The oldest come first.",
        unnamed="Handed in by others. Your account has no name to sign with: until an administrator adds it, you can "
        "publish them without signing, or ask for changes.",
        empty="No text waits for your review.",
        rows=lambda monographs, account: monographs.waiting_for(account),
        columns=("handed_in", "handed_in_by"),
        ordering=("submitted_at", "pk"),
        opens="review",
        personal=True,
        permission="drugs.publish_monograph",
        part_of="waiting",
    ),
    Worklist(
        "back_to_me",
        Monograph,
        name="Sent back to you",
        says="A reviewer has asked for changes. Answer, mend the text, and hand it in again.",
        empty="Nothing that you handed in has come back.",
        rows=lambda monographs, account: monographs.filter(sent_back_to=account),
        columns=("asked", "handed_in"),
        ordering=("submitted_at", "pk"),
        opens="review",
        personal=True,
        permission="drugs.change_monograph",
        part_of="sent_back",
    ),
    Worklist(
        "drafts",
        Monograph,
        name="Your drafts",
        says="You changed these last, and have not handed them in. The newest come first.",
        empty="You have no draft.",
        rows=lambda monographs, account: monographs.drafts_of(account),
        ordering=("-changed_at", "pk"),
        personal=True,
        permission="drugs.change_monograph",
    ),
)
SHARED = (
    Worklist(
        "waiting",
        Monograph,
        name="Waiting for review",
        says="Somebody has handed these texts in. A reviewer reads and publishes them. The oldest come first.",
        empty="Nobody has handed in a text that is not published yet.",
        rows=MonographQuerySet.waiting,
        columns=("handed_in", "handed_in_by"),
        ordering=("submitted_at", "pk"),
        opens="review",
    ),
    Worklist(
        "sent_back",
        Monograph,
        name="Sent back",
        says="A reviewer has asked for changes of these texts. Whoever handed them in answers, and hands them in anew.",
        empty="No text has been sent back.",
        rows=MonographQuerySet.sent_back,
        columns=("asked", "handed_in", "handed_in_by"),
        ordering=("submitted_at", "pk"),
        opens="review",
    ),
    Worklist(
        "commented",
        Monograph,
        name="Comments by a link",
        says="Somebody without an account has commented on these texts. One that is answered in its review, or "
        "published, leaves this list.",
        empty="No comment by a link waits for an answer.",
        rows=_commented,
        opens="review",
    ),
    Worklist(
        "due",
        Monograph,
        name="Review overdue or due soon",
        says=f"The next review of these public pages is overdue, or due within {DUE_DAYS} days.",
        empty=f"No review is overdue or due within {DUE_DAYS} days.",
        rows=MonographQuerySet.due,
        columns=("review_due",),
        ordering=("publication__review_due", "pk"),
    ),
    Worklist(
        "sources",
        Monograph,
        name="Source changed since the review",
        says="A label that these public pages cite has a newer version with other words on warnings, who must not take "
        "it, interactions, pregnancy or doses. The pages keep their signature; open one to see the difference.",
        empty="No label that a public page cites says something else since the review.",
        rows=MonographQuerySet.source_changed,
        columns=("source_changed_on", "readers_told_on"),
        ordering=("source_notice__begins_on", "pk"),
        opens="sources",
    ),
    Worklist(
        "held",
        Monograph,
        name="Held back by checks",
        says="These texts cannot be published as they stand. Open one to mend what the checks found.",
        empty="The checks stop no text from being published.",
        rows=MonographQuerySet.held_back,
        columns=("reasons",),
        caution=_unchecked,
    ),
    Worklist(
        "unopened",
        Monograph,
        name="Imported and never worked on",
        says="These texts came from files, and nobody has changed or signed them since.",
        empty="Somebody has worked on every imported page.",
        rows=MonographQuerySet.unworked,
        columns=("imported_at",),
    ),
    Worklist(
        "open",
        ProblemReport,
        name="Problems that readers reported",
        says="Readers say that something on these pages is wrong, unclear or missing. Open one to say what came of it.",
        empty="Every report has been answered.",
        rows=lambda reports: reports.filter(outcome="", overflow=False),
        caution=_overflowing,
    ),
    Worklist(
        "open",
        UnansweredQuery,
        name="Searches that found nothing",
        says="Several readers searched for these words, and no page is called that. Open one to add it to a page "
        "as a name, or dismiss what is no medicine.",
        empty="Readers found a page for whatever several of them searched for.",
        rows=lambda queries: queries.filter(settled=False),
    ),
    Worklist(
        "open",
        LikelyDuplicate,
        name="Likely duplicates",
        says="The names of these pages say that they are on one medicine. Read both before you decide.",
        empty="No two pages have names that say they are on one medicine.",
        rows=LikelyDuplicateQuerySet.open,
    ),
    Worklist(
        "",
        Monograph,
        name="All monographs",
        says="Every page on the desk, public or not.",
        empty="There is no monograph yet. Add one, or import a folder of files.",
        rows=lambda monographs: monographs,
    ),
)
START = MINE + SHARED
SETTLED = (
    Worklist(
        "overflow",
        ProblemReport,
        name="Reports beyond what can be read",
        says="More came in within an hour than anybody can read, mostly because somebody sent them by program. Look "
        "through them before you close them together: readers with something to say may be among them.",
        empty="No hour brought more reports than can be read.",
        rows=lambda reports: reports.filter(outcome="", overflow=True),
    ),
    Worklist(
        "closed",
        ProblemReport,
        name="Reports that are closed",
        says="Somebody said what came of these. They are deleted 12 months later.",
        empty="No report has been closed.",
        rows=lambda reports: reports.exclude(outcome=""),
    ),
    Worklist(
        "settled",
        UnansweredQuery,
        name="Searches dealt with",
        says="These were dismissed, or added to a page as a name.",
        empty="No search has been dismissed or added to a page.",
        rows=lambda queries: queries.filter(settled=True),
    ),
    Worklist(
        "settled",
        LikelyDuplicate,
        name="Looked at: different medicines",
        says="Somebody looked at these pages and found that they are on different medicines.",
        empty="Nobody has marked two pages as different medicines.",
        rows=lambda pairs: pairs.filter(settled=True),
    ),
)


def lists_of(model: type[Model]) -> dict[str, Worklist]:
    """The worklists that the changelist of `model` can show, by key."""
    return {item.key: item for item in (*START, *SETTLED) if item.model is model}


@transaction.atomic
def mark_settled(request: HttpRequest, queryset: QuerySet, settled: bool, message: str) -> int:
    """The admin action behind `settled`: sets it for all of `queryset`, logs `message` for each, counts them."""
    rows = list(queryset)
    queryset.model._default_manager.filter(pk__in=[row.pk for row in rows]).update(settled=settled)
    if rows:
        LogEntry.objects.log_actions(request.user.pk, rows, CHANGE, message)  # type: ignore[arg-type]  # it is logged in
    return len(rows)


class WorklistFilter(MonographFilter):
    """The list filter that chooses a worklist."""

    title = "list"
    parameter_name = "list"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Choices:
        self.lists = lists_of(model_admin.model)
        return [(key, item.name) for key, item in self.lists.items() if key]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = self.lists.get(self.value() or "")
        return chosen.select(queryset, request.user.get_username()) if chosen else queryset


def _list_to(page):
    """The ChangeList whose rows lead to that page beside the change form."""

    class PageList(ChangeList):
        def url_for_result(self, result: Model) -> str:
            return reverse(f"admin:drugs_monograph_{page}", args=[result.pk])

    return PageList


class WorklistAdmin(DeskAdmin):
    """A changelist that shows the worklists of its model, says what each is for, and never counts all of a table."""

    through = ""  # the lookup from a row to its monograph, for the list filters

    change_list_template = "admin/drugs/change_list.html"
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50

    class Media:
        css = {"all": ["drugs/admin/desk.css"]}

    def chosen(self, request: HttpRequest) -> Worklist | None:
        """The worklist that the address names, or None."""
        return lists_of(self.model).get(request.GET.get("list", ""))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        chosen = self.chosen(request)
        return (
            _list_to(chosen.opens)
            if chosen and chosen.opens and self.has_change_permission(request)
            else ChangeList
        )

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        chosen = self.chosen(request)
        first, *others = super().get_list_display(request)
        more = chosen.columns if chosen else ()
        return [first, *more, *(column for column in others if column not in more)]

    def get_ordering(self, request: HttpRequest) -> Any:
        chosen = self.chosen(request)
        return (chosen and chosen.ordering) or super().get_ordering(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        chosen = self.chosen(request)
        context = (
            {"chosen": chosen, "says": chosen.says_to(request.user), "title": chosen.name} if chosen else {}
        )
        return super().changelist_view(request, {**context, **(extra_context or {})})
