"""The worklist of likely duplicates: pairs of pages whose names say that they are on one medicine."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html

from drugs.admin.base import FixedRowsAdmin
from drugs.admin.filters import ClassFilter, LetterFilter, OriginFilter, StateFilter
from drugs.admin.monographs.states import state
from drugs.admin.worklists import WorklistAdmin, WorklistFilter, mark_settled
from drugs.models import LikelyDuplicate


@admin.register(LikelyDuplicate)
class LikelyDuplicateAdmin(FixedRowsAdmin, WorklistAdmin):
    list_display = ["older", "newer", "reason"]
    list_display_links = None
    list_filter = [WorklistFilter, StateFilter, OriginFilter, ClassFilter, LetterFilter]
    through = "first__"
    list_select_related = ["first__publication", "second__publication"]
    ordering = ["first__letter", "first__folded", "first__slug", "second__slug"]
    actions = ["settle", "ask_again"]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        merges = request.user.has_perm("drugs.publish_monograph") and _compare_url(1, 2)
        return [*super().get_list_display(request), *(["what_next"] if merges else [])]

    @admin.display(description="older page", ordering="first__folded")
    def older(self, pair: LikelyDuplicate) -> str:
        return _page(pair.first)

    @admin.display(description="newer page", ordering="second__folded")
    def newer(self, pair: LikelyDuplicate) -> str:
        return _page(pair.second)

    @admin.display(description="What next")
    def what_next(self, pair: LikelyDuplicate) -> str:
        compare = _compare_url(pair.second_id, pair.first_id)
        return format_html('<a href="{}">Compare, and merge if they are one …</a>', compare)

    @admin.action(description="Mark the chosen pairs as different medicines", permissions=["change"])
    def settle(self, request: HttpRequest, queryset: QuerySet[LikelyDuplicate]) -> None:
        pairs = queryset.filter(settled=False).select_related("first", "second")
        count = mark_settled(request, pairs, True, "Marked as different medicines.")
        self.message_user(request, f"Pairs marked as different medicines: {count}.", messages.SUCCESS)

    @admin.action(description="Put the chosen pairs back into the list", permissions=["change"])
    def ask_again(self, request: HttpRequest, queryset: QuerySet[LikelyDuplicate]) -> None:
        pairs = queryset.filter(settled=True).select_related("first", "second")
        count = mark_settled(request, pairs, False, "Put back into the list of likely duplicates.")
        self.message_user(request, f"Pairs put back into the list: {count}.", messages.SUCCESS)

    def has_change_permission(self, request: HttpRequest, obj: LikelyDuplicate | None = None) -> bool:
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: LikelyDuplicate | None = None) -> bool:
        """A pair goes with a page that is deleted, and never by itself."""
        return obj is not None and request.user.has_perm("drugs.delete_monograph")

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        raise PermissionDenied


def _page(monograph):
    publication = monograph.publication_or_none
    readers = f"edition {publication.number}" if publication else "not published"
    screen = reverse("admin:drugs_monograph_change", args=[monograph.pk])
    words = (screen, monograph.title, monograph.slug, readers, state(monograph).words)
    return format_html('<a href="{}">{}</a><br>{}: {}, {}', *words)


def _compare_url(pk, into):
    """The address of the screen that compares two pages and merges them; "" if there is no such screen."""
    try:
        return f"{reverse('admin:drugs_monograph_same_medicine', args=[pk])}?with={into}"
    except NoReverseMatch:
        return ""
