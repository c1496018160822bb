"""Who did what, and when? The record of acts can be read and searched here, and nobody can change it."""

from django.contrib import admin

from drugs.admin.base import DeskAdmin
from drugs.models import AuditEntry
from drugs.models.audit import ACTIONS


class ActionFilter(admin.SimpleListFilter):
    title = "act"
    parameter_name = "action"

    def lookups(self, request, model_admin):
        return list(ACTIONS.items())

    def queryset(self, request, queryset):
        return queryset.filter(action=self.value()) if self.value() in ACTIONS else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(DeskAdmin):
    list_display = ["number", "at", "who", "did", "object", "start"]
    list_display_links = ["number"]
    list_filter = [ActionFilter, "at"]
    search_fields = ["who", "object", "detail"]
    search_help_text = "Account, page or words of the entry"
    ordering = ["-number"]
    fields = ["number", "at", "who", "did", "object", "detail", "record", "previous"]
    readonly_fields = ["did"]
    actions = None
    show_full_result_count = False
    list_per_page = 50

    @admin.display(description="did", ordering="action")
    def did(self, entry):
        return entry.words

    @admin.display(description="detail")
    def start(self, entry):
        return entry.detail[:120] + (" …" if len(entry.detail) > 120 else "")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
