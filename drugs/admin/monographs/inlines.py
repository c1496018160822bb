"""The inline formsets of a monograph's change form: names, ingredients, classes, sections, side effects and more."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from markdownx.widgets import AdminMarkdownxWidget

from drugs.admin.monographs import effect_board, row_forms
from drugs.content import LABEL_KEYS
from drugs.models import FAQ, ClassOfDrug, DrugName, Ingredient, Monograph, Reference, Section, SideEffect

# Chosen from the ingredients of the page, which the screen lists, or typed.
COMPONENT = forms.TextInput(attrs={"list": "components"})
LINES = forms.Textarea(attrs={"rows": 1, "class": "grows"})


class Rows(admin.TabularInline):
    """A tabular inline. Who may change the monograph may change its rows."""

    formset = row_forms.RowFormSet
    template = "admin/drugs/monograph/table.html"
    extra = 0
    widgets: Mapping[str, Any] = {}  # by field
    folded: Sequence[str] = ()  # fields that stand in one cell, folded

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name in self.widgets:
            kwargs["widget"] = self.widgets[db_field.name]
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        elif isinstance(db_field, models.TextField):
            kwargs["form_class"] = row_forms.BodyField
        elif isinstance(db_field, models.CharField) and not db_field.choices:
            kwargs["form_class"] = row_forms.LineField
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_view_permission(self, request: HttpRequest, obj: Monograph | None = None) -> bool:
        return request.user.has_perm("drugs.view_monograph") or self.has_change_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Monograph | None = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Monograph | None = None) -> bool:
        return request.user.has_perm("drugs.change_monograph" if obj else "drugs.add_monograph")

    def has_delete_permission(self, request: HttpRequest, obj: Monograph | None = None) -> bool:
        return self.has_change_permission(request, obj)


class NameRows(Rows):
    model = DrugName
    form = row_forms.NameForm
    formset = row_forms.NameFormSet
    fields = ["position", "text", "kind"]
    verbose_name_plural = "other names"


class IngredientRows(Rows):
    model = Ingredient
    form = row_forms.IngredientForm
    fields = ["position", "text"]


class ClassRows(Rows):
    model = ClassOfDrug
    form = row_forms.ClassForm
    fields = ["position", "name", "atc"]


class SectionRows(Rows):
    model = Section
    form = row_forms.SectionForm
    template = "admin/drugs/monograph/sections.html"
    fields = ["position", "kind", "heading", "component", "body"]
    # What a signature needs is among them (see the checks), and what readers look for first. Readers see no empty one.
    new_page = (
        "warning",
        "uses",
        "do_not_take",
        "pregnancy",
        "interactions",
        "dosage",
        "overdose",
        "side_effects",
    )
    # Marked as started, so that the script of the preview waits until a section is opened.
    widgets = {
        "body": AdminMarkdownxWidget(attrs={"rows": 6, "data-markdownx-init": ""}),
        "component": COMPONENT,
    }

    def get_extra(self, request: HttpRequest, obj: Monograph | None = None, **kwargs: Any) -> int:
        """How many sections a new page is offered; `initial` says which."""
        return 0 if obj else len(self.new_page)

    def initial(self, obj: Monograph) -> list[dict[str, str]]:
        """What the sections are that a new page is offered."""
        return [] if obj.pk else [{"kind": kind} for kind in self.new_page]


class SideEffectRows(Rows):
    model = SideEffect
    form = row_forms.SideEffectForm
    formset = effect_board.SideEffectFormSet
    template = "admin/drugs/monograph/effects.html"
    fields = [
        *("position", "name", "description", "frequency", "urgency", "group", "label", "component"),
        "reference",
    ]


class FAQRows(Rows):
    model = FAQ
    form = row_forms.FAQForm
    fields = ["position", "question", "answer", "component"]
    widgets = {
        "component": COMPONENT,
        "question": LINES,
        "answer": forms.Textarea(attrs={"rows": 3, "class": "grows"}),
    }


class ReferenceRows(Rows):
    model = Reference
    form = row_forms.ReferenceForm
    fields = ["position", "title", "publisher", "year", "url", "accessed_on", *LABEL_KEYS]
    folded = LABEL_KEYS
    widgets = {
        "title": LINES,
        "publisher": LINES,
        "url": forms.URLInput(),
        "accessed_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        **dict.fromkeys(LABEL_KEYS, forms.TextInput()),
    }


ROWS: list[type[admin.options.InlineModelAdmin]] = [
    NameRows,
    IngredientRows,
    ClassRows,
    SectionRows,
    SideEffectRows,
    FAQRows,
    ReferenceRows,
]
