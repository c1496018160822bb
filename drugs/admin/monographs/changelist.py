"""The changelist of monographs: its columns, list filters and search."""

import datetime
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator

from drugs.admin import filters, search
from drugs.admin.base import limit_search_words
from drugs.admin.monographs.lookup import back_to_screen
from drugs.admin.monographs.states import state
from drugs.admin.users import COMMANDS
from drugs.admin.worklists import WorklistAdmin, WorklistFilter
from drugs.models import Monograph, ReviewNote
from drugs.models.review_notes import Act

OPEN = "open"  # field of the forms that find a medicine from everywhere: the only hit is opened, not listed
ASKED_CHARS = 300  # of what a reviewer asked for stand in a list


class MonographChangelistAdmin(WorklistAdmin):
    list_display = [
        "name",
        "slug",
        "on_the_desk",
        "for_readers",
        "review_due",
        "changed_at",
        "changed_by_whom",
    ]
    list_filter = [
        WorklistFilter,
        filters.StateFilter,
        filters.StatusFilter,
        filters.PersonFilter,
        filters.OriginFilter,
        filters.ClassFilter,
        filters.LetterFilter,
        "changed_at",
    ]
    list_select_related = ["publication", "import_record", "source_notice"]
    search_fields = ["folded"]  # shows the box; `get_search_results` answers
    search_help_text = "Title, address or any other name. If nothing is called that, similar names are shown."
    ordering = ["letter", "folded", "pk"]
    actions = None

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Monograph], search_term: str
    ) -> tuple[QuerySet[Monograph], bool]:
        """The monographs of any such name; a message says so if they only have similar ones."""
        search_term = limit_search_words(search_term)
        if not search_term:
            return queryset, False
        hits = search.find_monographs(queryset, search_term)
        if hits.only_similar and hits.monographs:
            words = f"Nothing here is called “{search_term}”. These public pages have similar names."
            self.message_user(request, words, messages.WARNING)
        return hits.monographs, False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, or the page that alone is called what was typed; one with a similar name is never opened."""
        if OPEN in request.GET:
            asked = request.GET.copy()
            asked.pop(OPEN)  # Django refuses fields that it does not know
            request.GET = asked  # type: ignore[assignment]
            words = limit_search_words(request.GET.get("q", "").replace("\0", ""))
            if words and self.has_view_permission(request):
                hits = search.find_monographs(self.get_queryset(request).order_by(), words)
                if not hits.only_similar and len(found := hits.monographs[:2]) == 1:
                    return back_to_screen(found[0])
        return super().changelist_view(request, extra_context)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Monograph]:
        monographs = super().get_queryset(request)
        chosen = self.chosen(request)
        return _with_what_was_asked(monographs) if chosen and "asked" in chosen.columns else monographs

    @admin.display(description="title", ordering="folded")
    def name(self, monograph: Monograph) -> str:
        return monograph.title

    @admin.display(description="on the desk", ordering="version")
    def on_the_desk(self, monograph: Monograph) -> str:
        now = state(monograph)
        return format_html('<span class="state-{}">{}</span>', now.key, now.words)

    @admin.display(description="for readers", ordering="publication__number")
    def for_readers(self, monograph: Monograph) -> str:
        publication = monograph.publication_or_none
        if not publication:
            return "not published"
        return f"edition {publication.number}, {publication.status.replace('_', ' ')}"

    @admin.display(description="next review", ordering="publication__review_due")
    def review_due(self, monograph: Monograph) -> datetime.date | None:
        publication = monograph.publication_or_none
        return publication.review_due if publication else None

    @admin.display(description="handed in", ordering="submitted_at")
    def handed_in(self, monograph: Monograph) -> datetime.datetime | None:
        return monograph.submitted_at

    @admin.display(description="handed in by", ordering="submitted_by")
    def handed_in_by(self, monograph: Monograph) -> str:
        return monograph.submitted_by

    @admin.display(description="what is asked for")
    def asked(self, monograph: Monograph) -> str:
        """Who sent the text back, and the words, as `_with_what_was_asked` has read them."""
        said = " ".join((monograph.asked_text or "").split())  # type: ignore[attr-defined]  # annotated
        name = f"{monograph.first_name or ''} {monograph.last_name or ''}".strip()  # type: ignore[attr-defined]
        return f"{name or monograph.asked_by}: {Truncator(said).chars(ASKED_CHARS)}" if said else ""  # type: ignore[attr-defined]

    @admin.display(description="changed by", ordering="changed_by")
    def changed_by_whom(self, monograph: Monograph) -> str:
        return COMMANDS.get(monograph.changed_by, monograph.changed_by)

    @admin.display(description="source changed", ordering="source_notice__changed_on")
    def source_changed_on(self, monograph: Monograph) -> datetime.date:
        return monograph.source_notice.changed_on

    @admin.display(description="readers are told from", ordering="source_notice__begins_on")
    def readers_told_on(self, monograph: Monograph) -> datetime.date:
        return monograph.source_notice.begins_on

    @admin.display(description="what the checks found", ordering="blocks")
    def reasons(self, monograph: Monograph) -> str:
        return format_html_join("", "<p>{}</p>", ((reason,) for reason in monograph.held_back))

    @admin.display(description="imported", ordering="import_record__imported_at")
    def imported_at(self, monograph: Monograph) -> datetime.datetime:
        return monograph.import_record.imported_at


def _with_what_was_asked(monographs):
    """`monographs` with the words of the newest note that asks for changes, and by whom it is, in the same query."""
    asked = ReviewNote.objects.filter(monograph=OuterRef("pk"), act=Act.ASKED).order_by("-at", "-pk")
    monographs = monographs.annotate(
        asked_by=Subquery(asked.values("by")[:1]), asked_text=Subquery(asked.values("text")[:1])
    )
    person = get_user_model().objects.filter(username=OuterRef("asked_by"))
    return monographs.annotate(
        **{name: Subquery(person.values(name)[:1]) for name in ("first_name", "last_name")}
    )
