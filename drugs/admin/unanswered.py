"""What did readers look for in vain, and which page should they have found?"""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from drugs import content, desk
from drugs.admin import search
from drugs.admin.monographs.lookup import back_to_screen
from drugs.admin.monographs.row_forms import LineField, explain
from drugs.admin.monographs.states import state
from drugs.admin.users import account_name
from drugs.admin.worklists import ListedAdmin, ListFilter
from drugs.content.normalisation import without_strengths
from drugs.content.vocabulary import NAME_KIND_LABELS
from drugs.models import DrugName, Monograph, UnansweredQuery
from drugs.web.lists import LETTERS, letter_label

FOUND = 20
# Kinds of name, the likeliest first.
KINDS = {
    kind: NAME_KIND_LABELS[kind].choice
    for kind in ("brand", "generic", "synonym", "abbreviation", "misspelling")
}


class FirstLetter(admin.SimpleListFilter):
    title = "letter"
    parameter_name = "letter"

    def lookups(self, request, model_admin):
        return [(letter, letter_label(letter)) for letter in LETTERS]

    def queryset(self, request, queryset):
        if self.value() not in LETTERS:
            return queryset
        if self.value() == "0":
            return queryset.exclude(text__regex="^[a-z]")
        return queryset.filter(text__startswith=self.value())


class NameForm(forms.Form):
    """Which name to add to which of the pages that were found. When it is valid, `name` is a Name."""

    text = LineField(label="Name", max_length=content.TITLE_CHARS, help_text="As it is written on the pack.")
    kind = forms.ChoiceField(label="Kind of name", choices=[("", "Please choose"), *KINDS.items()])
    page = forms.ModelChoiceField(
        Monograph.objects.all(),
        label="Page",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the page that readers should find by this name."},
    )

    def __init__(self, *args, found, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["page"].choices = [
            (page.pk, f"{page.title} ({page.slug}): {state(page).words}") for page in found
        ]
        for name in ("text", "kind"):
            self.fields[name].widget.attrs["class"] = "vTextField"

    def clean(self):
        cleaned = super().clean()
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
class UnansweredQueryAdmin(ListedAdmin):
    list_display = ["text", "count", "kind_words", "last_seen"]
    list_filter = [ListFilter, "kind", FirstLetter, "last_seen"]
    search_fields = ["text"]
    ordering = ["-count", "text"]
    actions = ["dismiss", "ask_again"]

    @admin.display(description="what readers were shown", ordering="kind")
    def kind_words(self, query):
        return query.get_kind_display()

    @admin.action(description="Dismiss the chosen searches", permissions=["change"])
    def dismiss(self, request, queryset):
        count = self._mark(request, queryset.filter(settled=False), True, "Dismissed.")
        self.message_user(request, f"Searches dismissed: {count}.", messages.SUCCESS)

    @admin.action(description="Put the chosen searches back into the list", permissions=["change"])
    def ask_again(self, request, queryset):
        count = self._mark(request, queryset.filter(settled=True), False, "Put back into the list.")
        self.message_user(request, f"Searches put back into the list: {count}.", messages.SUCCESS)

    @transaction.atomic
    def _mark(self, request, queryset, settled, words):
        queries = list(queryset)
        UnansweredQuery.objects.filter(pk__in=[query.pk for query in queries]).update(settled=settled)
        if queries:
            LogEntry.objects.log_actions(request.user.pk, queries, CHANGE, words)
        return len(queries)

    # One search

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Finds the page that readers meant, and adds what they typed to its names on POST."""
        if not (self.has_change_permission(request) and request.user.has_perm("drugs.change_monograph")):
            raise PermissionDenied
        query = get_object_or_404(UnansweredQuery, pk=self.to_key(object_id))
        if "_dismiss" in request.POST:
            self._mark(request, UnansweredQuery.objects.filter(pk=query.pk), True, "Dismissed.")
            self.message_user(request, f"“{query}” is dismissed.", messages.SUCCESS)
            return self._back()
        name = " ".join(without_strengths(query.text).split())
        asked = request.GET.get("q", name).replace("\0", "")[: content.TITLE_CHARS]
        pages = Monograph.objects.select_related("publication")
        found, only_similar = search.find_monographs(pages, asked)
        found = list(found.order_by("folded", "slug")[:FOUND])
        form = NameForm(request.POST or None, found=found, initial={"text": name})
        if request.method == "POST" and form.is_valid():
            return self._add(request, query, form)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"“{query}”",
            "query": query,
            "asked": asked,
            "found": found,
            "most": FOUND,
            "only_similar": only_similar,
            "form": form,
            "media": self.media,
        }
        return render(request, "admin/drugs/unansweredquery/answer.html", context)

    @transaction.atomic
    def _add(self, request, query, form):
        page = Monograph.objects.select_for_update().get(pk=form.cleaned_data["page"].pk)
        desk.add_names(page, [form.name], source=DrugName.Source.EDITOR, by=account_name(request.user))
        words = f"Added “{form.name.text}” ({form.name.kind}), which readers had searched for in vain."
        self.log_change(request, page, words)
        self._mark(
            request,
            UnansweredQuery.objects.filter(pk=query.pk),
            True,
            f"Added to {page} as {form.name.kind}.",
        )
        readers = (
            f"“{form.name.text}” is on the desk of {page} now. Readers find it once the page is published."
        )
        self.message_user(request, readers, messages.SUCCESS)
        return back_to_screen(page)

    def to_key(self, object_id):
        return int(object_id) if object_id.isascii() and object_id.isdigit() and len(object_id) < 19 else 0

    def _back(self):
        return HttpResponseRedirect(reverse("admin:drugs_unansweredquery_changelist") + "?list=open")

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
