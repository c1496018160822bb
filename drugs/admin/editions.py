"""The editions in the admin: what the site has said, and when. Read-only; old ones can be read and restored."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from drugs.admin.base import ReadOnlyAdmin
from drugs.models import Edition


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ["monograph", "number", "published_at", "kind", "note", "reviewed_by"]
    list_display_links = ["number"]
    list_filter = ["kind", "published_at"]
    list_select_related = ["monograph"]
    search_fields = ["monograph__title", "monograph__slug", "note"]
    ordering = ["-published_at"]
    fields = [
        "what_next", "monograph", "number", "published_at", "published_by", "kind", "note",
        "reviewed_by", "reviewer_role", "reviewed_on", "review_due", "review_of", "sha256", "record", "previous",
    ]  # fmt: skip
    readonly_fields = ["what_next"]
    actions = None

    @admin.display(description="Text")
    def what_next(self, edition: Edition) -> str:
        """Links to the preview of the edition's text, and to the page that restores it."""
        read = reverse("admin:drugs_monograph_edition", args=[edition.monograph_id, edition.number])
        restore = reverse("admin:drugs_monograph_restore", args=[edition.monograph_id, edition.number])
        return format_html(
            '<a href="{}">Read this edition</a> · <a href="{}">Restore it …</a>', read, restore
        )
