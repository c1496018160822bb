"""The audit log in the admin: who did what, and when. Read-only, with a search and a list filter by act."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from drugs.admin.base import ReadOnlyAdmin
from drugs.models import AuditEntry
from drugs.models.audit import ACTIONS

FACTS_CHARS = 4_000


class ActionFilter(admin.SimpleListFilter):
    title = "act"
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return list(ACTIONS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        return queryset.filter(action=self.value()) if self.value() in ACTIONS else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ["number", "at", "who", "did", "object", "start"]
    list_display_links = ["number"]
    list_filter = [ActionFilter, "at"]
    search_fields = ["who", "object", "detail"]
    search_help_text = "Account, page or words of the entry"
    ordering = ["-number"]
    fields = ["number", "at", "who", "did", "object", "remark", "states", "record", "previous"]
    readonly_fields = ["did", "remark", "states"]
    actions = None
    show_full_result_count = False
    list_per_page = 50

    @admin.display(description="did", ordering="action")
    def did(self, entry: AuditEntry) -> str:
        return entry.words

    @admin.display(description="detail")
    def start(self, entry: AuditEntry) -> str:
        return entry.remark[:120] + (" …" if len(entry.remark) > 120 else "")

    @admin.display(description="detail")
    def remark(self, entry: AuditEntry) -> str:
        return entry.remark

    @admin.display(description="states")
    def states(self, entry: AuditEntry) -> str:
        """The facts, as far as a screen can hold them."""
        return entry.facts[:FACTS_CHARS] + (" …" if len(entry.facts) > FACTS_CHARS else "")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        return super().get_queryset(request).defer("facts")
