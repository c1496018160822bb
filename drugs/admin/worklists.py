"""Which lists run an editor's day? Each has an address, a count, and words for when it is empty.

A list is one of the choices of `ListFilter` on the changelist of its model, so the other filters combine with it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import admin
from django.urls import reverse

from drugs.admin.base import DeskAdmin
from drugs.admin.filters import MonographFilter
from drugs.models import LikelyDuplicate, Monograph, MonographQuerySet, ProblemReport, UnansweredQuery
from drugs.models.duplicates import LikelyDuplicateQuerySet
from drugs.models.monographs import DUE_DAYS


@dataclass(frozen=True)
class DeskList:
    """`rows` makes the list of all rows of `model`; `columns` stand in the list beside the model's own ones.

    `caution` says what keeps the count from being the whole truth, if anything does.
    """

    key: str
    model: type
    name: str
    says: str
    empty: str
    rows: Callable
    columns: tuple = ()
    ordering: tuple = ()
    caution: Callable = lambda: ""

    @property
    def url(self):
        opts = self.model._meta
        address = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
        return f"{address}?list={self.key}" if self.key else address

    def count(self):
        return self.rows(self.model._default_manager.all()).count()


def _unchecked():
    if Monograph.objects.filter(blocks=None).exists():
        return (
            "Some pages have not been checked since an upgrade. Whoever runs the site calls check_monographs."
        )
    return ""


# The start page shows these, in this order.
START = (
    DeskList(
        "waiting",
        Monograph,
        name="Waiting for review",
        says="Somebody has handed these texts in. A reviewer reads and publishes them. The oldest come first.",
        empty="Nobody has handed in a text that is not published yet.",
        rows=MonographQuerySet.waiting,
        columns=("handed_in", "handed_in_by"),
        ordering=("submitted_at", "pk"),
    ),
    DeskList(
        "due",
        Monograph,
        name="Review overdue or due soon",
        says=f"The next review of these public pages is overdue, or due within {DUE_DAYS} days.",
        empty=f"No review is overdue or due within {DUE_DAYS} days.",
        rows=MonographQuerySet.due,
        columns=("review_due",),
        ordering=("publication__review_due", "pk"),
    ),
    DeskList(
        "held",
        Monograph,
        name="Held back by checks",
        says="These texts cannot be published as they stand. Open one to mend what the checks found.",
        empty="The checks stop no text from being published.",
        rows=MonographQuerySet.held_back,
        columns=("reasons",),
        caution=_unchecked,
    ),
    DeskList(
        "unopened",
        Monograph,
        name="Imported and never opened",
        says="These texts came from files, and nobody who could mend them has opened them here since.",
        empty="Somebody has opened every imported page.",
        rows=MonographQuerySet.unopened,
        columns=("imported_at",),
    ),
    DeskList(
        "open",
        ProblemReport,
        name="Problems that readers reported",
        says="Readers say that something on these pages is wrong, unclear or missing. Open one to say what came of it.",
        empty="Every report has been answered.",
        rows=lambda reports: reports.filter(outcome=""),
    ),
    DeskList(
        "open",
        UnansweredQuery,
        name="Searches that found nothing",
        says="Several readers searched for these words, and no page is called that. Open one to add it to a page "
        "as a name, or dismiss what is no medicine.",
        empty="Readers found a page for whatever several of them searched for.",
        rows=lambda queries: queries.filter(settled=False),
    ),
    DeskList(
        "open",
        LikelyDuplicate,
        name="Likely duplicates",
        says="The names of these pages say that they are on one medicine. Read both before you decide.",
        empty="No two pages have names that say they are on one medicine.",
        rows=LikelyDuplicateQuerySet.open,
    ),
    DeskList(
        "",
        Monograph,
        name="All monographs",
        says="Every page on the desk, public or not.",
        empty="There is no monograph yet. Add one, or import a folder of files.",
        rows=lambda monographs: monographs,
    ),
)
SETTLED = (
    DeskList(
        "closed",
        ProblemReport,
        name="Reports that are closed",
        says="Somebody said what came of these. They are deleted 12 months later.",
        empty="No report has been closed.",
        rows=lambda reports: reports.exclude(outcome=""),
    ),
    DeskList(
        "settled",
        UnansweredQuery,
        name="Searches dealt with",
        says="These were dismissed, or added to a page as a name.",
        empty="No search has been dismissed or added to a page.",
        rows=lambda queries: queries.filter(settled=True),
    ),
    DeskList(
        "settled",
        LikelyDuplicate,
        name="Looked at: different medicines",
        says="Somebody looked at these pages and found that they are on different medicines.",
        empty="Nobody has marked two pages as different medicines.",
        rows=lambda pairs: pairs.filter(settled=True),
    ),
)


def lists_of(model):
    """The lists that the changelist of `model` can show, by key."""
    return {item.key: item for item in (*START, *SETTLED) if item.model is model}


def start_page(request):
    """The lists of the start page that this person may see, each with its count: one query a list."""
    seen = [item for item in START if admin.site.get_model_admin(item.model).has_view_permission(request)]
    return [(item, item.count()) for item in seen]


class ListFilter(MonographFilter):
    title = "list"
    parameter_name = "list"

    def lookups(self, request, model_admin):
        self.lists = lists_of(model_admin.model)
        return [(key, item.name) for key, item in self.lists.items() if key]

    def queryset(self, request, queryset):
        chosen = self.lists.get(self.value())
        return chosen.rows(queryset) if chosen else queryset


class ListedAdmin(DeskAdmin):
    """A changelist that shows the lists of its model, says what each is for, and never counts all of a table."""

    change_list_template = "admin/drugs/change_list.html"
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50

    class Media:
        css = {"all": ["drugs/admin/desk.css"]}

    def chosen(self, request):
        """The DeskList that the address names, or None."""
        return lists_of(self.model).get(request.GET.get("list", ""))

    def get_list_display(self, request):
        chosen = self.chosen(request)
        own = super().get_list_display(request)
        more = chosen.columns if chosen else ()
        return [own[0], *more, *(column for column in own[1:] if column not in more)]

    def get_ordering(self, request):
        chosen = self.chosen(request)
        return (chosen and chosen.ordering) or super().get_ordering(request)

    def changelist_view(self, request, extra_context=None):
        chosen = self.chosen(request)
        named = {"chosen": chosen, "title": chosen.name} if chosen else {}
        return super().changelist_view(request, {**named, **(extra_context or {})})
