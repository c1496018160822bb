"""The editions in the admin: what the site has said, and when. Read-only; old ones can be read and restored."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from drugs.admin.base import ReadOnlyAdmin
from drugs.admin.users import display_name
from drugs.content.vocabulary import CHANGE_KIND_LABELS
from drugs.models import Edition

KINDS = {kind: labels.choice for kind, labels in CHANGE_KIND_LABELS.items()}


class KindFilter(admin.SimpleListFilter):
    title = "kind of change"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return list(KINDS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(kind=self.value()) if self.value() in KINDS else queryset


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ["monograph", "number", "published_at", "kind_of_change", "note", "reviewed_by"]
    list_display_links = ["number"]
    list_filter = [KindFilter, "published_at"]
    list_select_related = ["monograph"]
    search_fields = ["monograph__title", "monograph__slug", "note"]
    ordering = ["-published_at"]
    fields = [
        "what_next", "monograph", "number", "published_at", "by_whom", "kind_of_change", "note",
        "reviewed_by", "reviewer_role", "reviewed_on", "review_due", "review_of", "proofs",
    ]  # fmt: skip
    readonly_fields = ["what_next", "by_whom", "kind_of_change", "proofs"]
    actions = None
    list_per_page = 50

    @admin.display(description="kind of change", ordering="kind")
    def kind_of_change(self, edition: Edition) -> str:
        return KINDS.get(edition.kind, edition.kind)

    @admin.display(description="published by", ordering="published_by")
    def by_whom(self, edition: Edition) -> str:
        return display_name(edition.published_by)

    @admin.display(description="Proof (SHA-256)")
    def proofs(self, edition: Edition) -> str:
        """The hashes by which `verify` proves the text, the edition, and the one before it."""
        rows = (
            ("text", edition.sha256),
            ("edition", edition.record),
            ("edition before", edition.previous or "none"),
        )
        return format_html_join("", "<p>{}: <code>{}</code></p>", rows)

    @admin.display(description="Text")
    def what_next(self, edition: Edition) -> str:
        """Links to the preview of the edition's text, and to the page that restores it."""
        read = reverse("admin:drugs_monograph_edition", args=[edition.monograph_id, edition.number])
        compare = reverse("admin:drugs_monograph_compare", args=[edition.monograph_id])
        restore = reverse("admin:drugs_monograph_restore", args=[edition.monograph_id, edition.number])
        return format_html(
            '<a href="{}">Read this edition</a> · <a href="{}?from=desk&amp;to=edition-{}">Compare with the desk, '
            'or put it back there</a> · <a href="{}">Restore it …</a>',
            read,
            compare,
            edition.number,
            restore,
        )
