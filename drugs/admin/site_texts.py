"""The site texts in the admin: disclaimers, banners and pages of the site's own. Their number is fixed."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from markdownx.widgets import AdminMarkdownxWidget

from drugs import audit
from drugs.admin.base import FixedRowsAdmin
from drugs.admin.monographs.row_forms import BodyField
from drugs.admin.users import account_name
from drugs.audit import facts
from drugs.models import SiteText
from drugs.search.counters import touch_relations
from drugs.web import glossary

WHERE = {
    "disclaimer_short": "One line above everything on every page.",
    "disclaimer_full": "At the end of every page, and on its own page.",
    "about": "The page “About”.",
    "contact": "Who is responsible for this site and how to reach them. On the page “About”.",
    "banner_ai_or_crowd": "Above pages that came from AI or a crowd and that nobody has reviewed.",
    "banner_editorial": "Above pages that editors wrote and that nobody has reviewed.",
    "glossary": (
        "Words that pages of medicines explain where they first stand: one a line, “term: what it means”. "
        "A plural is a line of its own."
    ),
    "banner_label": "Above pages that came from a regulator's label and that nobody has reviewed.",
}


@admin.register(SiteText)
class SiteTextAdmin(FixedRowsAdmin):
    list_display = ["__str__", "where", "start"]
    fields = ["where", "body"]
    readonly_fields = ["where"]
    actions = None

    class Media:
        js = ["drugs/admin/editor.js"]
        css = {"all": ["drugs/admin/desk.css"]}

    @admin.display(description="where readers see it")
    def where(self, text: SiteText) -> str:
        return WHERE.get(text.key, "")

    @admin.display(description="text")
    def start(self, text: SiteText) -> str:
        return text.body[:80] + (" …" if len(text.body) > 80 else "") or "empty"

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if isinstance(db_field, models.TextField):
            kwargs.update(
                form_class=BodyField, label="Text (Markdown)", widget=AdminMarkdownxWidget(attrs={"rows": 8})
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: SiteText, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if form.changed_data:
            if obj.key == glossary.KEY:
                touch_relations()
            audit.record(
                account_name(request.user), "text_changed", str(obj), obj.body, facts.site_texts([obj])
            )
