"""Bases of the editors' desk: limits on searches and lookups, read-only admins, and pages in the admin's frame."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst

SEARCH_CHARS, SEARCH_WORDS = 200, 10


class DeskAdmin(admin.ModelAdmin):
    """The base of every screen of the desk: what an address asks for must not cost more than it can be worth.

    `new_words` stand on the button that adds something. Titles are what a page is about, in words of this desk.
    """

    new_words = "New"

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        return super().get_object(request, object_id, from_field or None)  # `?_to_field=` names no field

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(
            request, {"title": title, "new_words": self.new_words, **(extra_context or {})}
        )

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if add:
            context["title"] = self.new_words
        elif context.get("subtitle"):
            context.update(title=context["subtitle"], subtitle=None)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().history_view(request, object_id, {"title": "Who did what", **(extra_context or {})})

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().delete_view(request, object_id, {"title": "Delete for good", **(extra_context or {})})

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The end of an addition, in plain words."""
        self.message_user(request, f"{obj} is added.", messages.SUCCESS)
        if "_continue" in request.POST:
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
            return HttpResponseRedirect(post_url_continue or reverse(name, args=[obj.pk]))
        return self.response_post_save_add(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """The end of a change, in plain words."""
        self.message_user(request, f"{obj} is saved.", messages.SUCCESS)
        if "_continue" in request.POST:
            return HttpResponseRedirect(request.get_full_path())
        return self.response_post_save_change(request, obj)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        # SQLite leaves them to Python, which may try one for hours.
        return not lookup.endswith("regex") and super().lookup_allowed(lookup, value, request)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return super().get_search_results(request, queryset, limit_search_words(search_term))


class FixedRowsAdmin(DeskAdmin):
    """Rows that readers or the site itself make: people may change them here, but neither add nor delete any."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(FixedRowsAdmin):
    """A read-only admin, whatever the person may do elsewhere."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def limit_search_words(search_term: str) -> str:
    """A search term cut to what a person types: SEARCH_CHARS letters, SEARCH_WORDS words."""
    return " ".join(search_term[:SEARCH_CHARS].split()[:SEARCH_WORDS])


def row_key(text: str) -> int:
    """The primary key in a part of an address; 0, which no row has, for anything that is no number of a row."""
    return whole_number(text, 18) or 0


def whole_number(text: str, digits: int = 9) -> int | None:
    """The whole number that `text` is, of at most so many `digits`; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None


def render_page(
    request: HttpRequest, model_admin: admin.ModelAdmin, template: str, context: dict[str, Any]
) -> HttpResponse:
    """A page of the desk that is no form of Django's, in the admin's frame: header, permissions, breadcrumbs."""
    frame = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts}
    return render(request, template, {**frame, **context})
