"""The worklist of unanswered queries: what readers searched for in vain, to be dismissed or added as a name."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from drugs import audit, content, desk
from drugs.admin import search
from drugs.admin.base import FixedRowsAdmin, render_page, row_key
from drugs.admin.filters import Choices
from drugs.admin.monographs.lookup import back_to_screen
from drugs.admin.monographs.row_forms import LineField, explain
from drugs.admin.monographs.states import state
from drugs.admin.users import account_name
from drugs.admin.worklists import WorklistAdmin, WorklistFilter, mark_settled
from drugs.content.normalisation import without_strengths
from drugs.content.vocabulary import NAME_KIND_LABELS
from drugs.models import DrugName, Monograph, UnansweredQuery
from drugs.web.lists import LETTERS, letter_label

FOUND = 20  # pages offered, at most
# Kinds of name, the likeliest first.
KINDS = {
    kind: NAME_KIND_LABELS[kind].choice
    for kind in ("brand", "generic", "synonym", "abbreviation", "misspelling")
}


class FirstLetterFilter(admin.SimpleListFilter):
    """The first letter of what was typed; "0" stands for everything that is no letter from a to z."""

    title = "letter"
    parameter_name = "letter"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Choices:
        return [(letter, letter_label(letter)) for letter in LETTERS]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[UnansweredQuery]
    ) -> QuerySet[UnansweredQuery]:
        letter = self.value()
        if letter is None or letter not in LETTERS:
            return queryset
        if letter == "0":
            return queryset.exclude(text__regex="^[a-z]")
        return queryset.filter(text__startswith=letter)


class AddNameForm(forms.Form):
    """The name to add, and to which of `pages`. When the form is valid, `name` is the name as documents have it."""

    name: content.Name

    text = LineField(label="Name", max_length=content.TITLE_CHARS, help_text="As it is written on the pack.")
    kind = forms.ChoiceField(label="Kind of name", choices=[("", "Please choose"), *KINDS.items()])
    page = forms.ModelChoiceField(
        Monograph.objects.all(),
        label="Page",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the page that readers should find by this name."},
    )

    def __init__(self, *args: Any, pages: Iterable[Monograph], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["page"]).choices = [
            (page.pk, f"{page.title} ({page.slug}): {state(page).words}") for page in pages
        ]
        for name in ("text", "kind"):
            self.fields[name].widget.attrs["class"] = "vTextField"

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if self.errors:
            return cleaned
        try:
            self.name = content.Name(cleaned["text"], cleaned["kind"])
        except content.DocumentError as error:
            self.add_error("text", explain(error))
            return cleaned
        page = cleaned["page"]
        texts = [page.title, *page.names.values_list("text", flat=True)]
        if self.name.text.casefold() in map(str.casefold, texts):
            self.add_error(
                "text", f"The desk of {page} has this name already. Perhaps it waits to be published."
            )
        return cleaned


@admin.register(UnansweredQuery)
class UnansweredQueryAdmin(FixedRowsAdmin, WorklistAdmin):
    list_display = ["text", "count", "kind_words", "last_seen"]
    list_filter = [WorklistFilter, "kind", FirstLetterFilter, "last_seen"]
    search_fields = ["text"]
    ordering = ["-count", "text"]
    actions = ["dismiss", "ask_again"]

    @admin.display(description="what readers were shown", ordering="kind")
    def kind_words(self, query: UnansweredQuery) -> str:
        return query.get_kind_display()

    @admin.action(description="Dismiss the chosen searches", permissions=["change"])
    def dismiss(self, request: HttpRequest, queryset: QuerySet[UnansweredQuery]) -> None:
        count = mark_settled(request, queryset.filter(settled=False), True, "Dismissed.")
        self.message_user(request, f"Searches dismissed: {count}.", messages.SUCCESS)

    @admin.action(description="Put the chosen searches back into the list", permissions=["change"])
    def ask_again(self, request: HttpRequest, queryset: QuerySet[UnansweredQuery]) -> None:
        count = mark_settled(request, queryset.filter(settled=True), False, "Put back into the list.")
        self.message_user(request, f"Searches put back into the list: {count}.", messages.SUCCESS)

    # One search

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The screen that searches for the page readers meant, and adds what they typed to its names on POST.

        `?q=` searches for something else than what readers typed. 404 for an unknown query, 403 for somebody
        who may not write monographs.
        """
        if not (self.has_change_permission(request) and request.user.has_perm("drugs.change_monograph")):
            raise PermissionDenied
        query = get_object_or_404(UnansweredQuery, pk=row_key(object_id))
        if "_dismiss" in request.POST:
            mark_settled(request, UnansweredQuery.objects.filter(pk=query.pk), True, "Dismissed.")
            self.message_user(request, f"“{query}” is dismissed.", messages.SUCCESS)
            return self._back()
        name = " ".join(without_strengths(query.text).split())
        search_term = request.GET.get("q", name).replace("\0", "")[: content.TITLE_CHARS]
        hits = search.find_monographs(Monograph.objects.select_related("publication"), search_term)
        pages = list(hits.monographs.order_by("folded", "slug")[:FOUND])
        form = AddNameForm(request.POST or None, pages=pages, initial={"text": name})
        if request.method == "POST" and form.is_valid():
            return self._add(request, query, form)
        context = {
            "title": f"“{query}”",
            "query": query,
            "asked": search_term,
            "found": pages,
            "most": FOUND,
            "only_similar": hits.only_similar,
            "form": form,
            "media": self.media,
        }
        return render_page(request, self, "admin/drugs/unansweredquery/answer.html", context)

    @transaction.atomic
    def _add(self, request, query, form):
        audit.lock_log()
        page = Monograph.objects.select_for_update().get(pk=form.cleaned_data["page"].pk)
        desk.add_names(page, [form.name], source=DrugName.Source.EDITOR, by=account_name(request.user))
        words = f"Added “{form.name.text}” ({form.name.kind}), which readers had searched for in vain."
        self.log_change(request, page, words)
        settled = UnansweredQuery.objects.filter(pk=query.pk)
        mark_settled(request, settled, True, f"Added to {page} as {form.name.kind}.")
        readers = (
            f"“{form.name.text}” is on the desk of {page} now. Readers find it once the page is published."
        )
        self.message_user(request, readers, messages.SUCCESS)
        return back_to_screen(page)

    def _back(self):
        return HttpResponseRedirect(reverse("admin:drugs_unansweredquery_changelist") + "?list=open")
