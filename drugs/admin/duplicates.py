"""Are two pages on one medicine? The list of those whose names say so."""

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html

from drugs.admin.filters import ClassFilter, LetterFilter, OriginFilter, StateFilter
from drugs.admin.monographs.states import publication_of, state
from drugs.admin.worklists import ListedAdmin, ListFilter
from drugs.models import LikelyDuplicate


@admin.register(LikelyDuplicate)
class LikelyDuplicateAdmin(ListedAdmin):
    list_display = ["older", "newer", "reason"]
    list_display_links = None
    list_filter = [ListFilter, StateFilter, OriginFilter, ClassFilter, LetterFilter]
    through = "first__"
    list_select_related = ["first__publication", "second__publication"]
    ordering = ["first__letter", "first__folded", "first__slug", "second__slug"]
    actions = ["settle", "ask_again"]

    def get_list_display(self, request):
        merges = request.user.has_perm("drugs.publish_monograph") and _compare_url(1, 2)
        return [*super().get_list_display(request), *(["what_next"] if merges else [])]

    @admin.display(description="older page", ordering="first__folded")
    def older(self, pair):
        return _page(pair.first)

    @admin.display(description="newer page", ordering="second__folded")
    def newer(self, pair):
        return _page(pair.second)

    @admin.display(description="What next")
    def what_next(self, pair):
        compare = _compare_url(pair.second_id, pair.first_id)
        return format_html('<a href="{}">Compare, and merge if they are one …</a>', compare)

    @admin.action(description="Mark the chosen pairs as different medicines", permissions=["change"])
    def settle(self, request, queryset):
        count = self._mark(request, queryset, True, "Marked as different medicines.")
        self.message_user(request, f"Pairs marked as different medicines: {count}.", messages.SUCCESS)

    @admin.action(description="Put the chosen pairs back into the list", permissions=["change"])
    def ask_again(self, request, queryset):
        count = self._mark(request, queryset, False, "Put back into the list of likely duplicates.")
        self.message_user(request, f"Pairs put back into the list: {count}.", messages.SUCCESS)

    @transaction.atomic
    def _mark(self, request, queryset, settled, words):
        pairs = list(queryset.filter(settled=not settled).select_related("first", "second"))
        LikelyDuplicate.objects.filter(pk__in=[pair.pk for pair in pairs]).update(settled=settled)
        if pairs:
            LogEntry.objects.log_actions(request.user.pk, pairs, CHANGE, words)
        return len(pairs)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request, obj=None):
        """A pair goes with a page that is deleted, and never by itself."""
        return obj is not None and request.user.has_perm("drugs.delete_monograph")

    def delete_view(self, request, object_id, extra_context=None):
        raise PermissionDenied


def _page(monograph):
    publication = publication_of(monograph)
    readers = f"edition {publication.number}" if publication else "not published"
    screen = reverse("admin:drugs_monograph_change", args=[monograph.pk])
    words = (screen, monograph.title, monograph.slug, readers, state(monograph).words)
    return format_html('<a href="{}">{}</a><br>{}: {}, {}', *words)


def _compare_url(pk, into):
    """Where a reviewer compares two pages and may put one in the place of the other; "" if there is no such place."""
    try:
        return f"{reverse('admin:drugs_monograph_same_medicine', args=[pk])}?with={into}"
    except NoReverseMatch:
        return ""
