"""The admin of monographs: one change form with inline formsets, saved as one document, and the pages beside it."""

from typing import Any, cast

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from drugs import audit, desk
from drugs.admin.monographs.changelist import MonographChangelistAdmin
from drugs.admin.monographs.comparison import compare_page
from drugs.admin.monographs.conflict import conflict_page, describe_merge
from drugs.admin.monographs.effect_board import effects_preview
from drugs.admin.monographs.findings import (
    changes_since_published,
    current_document,
    linked_findings,
    reading_ease,
)
from drugs.admin.monographs.form import MonographForm, attach_formsets
from drugs.admin.monographs.hand_in import hand_in_page
from drugs.admin.monographs.inlines import ROWS, SectionRows
from drugs.admin.monographs.labels import KINDS as LABEL_KINDS
from drugs.admin.monographs.labels import labels_page
from drugs.admin.monographs.link_search import medicines
from drugs.admin.monographs.lookup import back_to_screen, edit_page, read_desk
from drugs.admin.monographs.merge import same_medicine_page
from drugs.admin.monographs.mistakes import mistakes
from drugs.admin.monographs.outline import outline
from drugs.admin.monographs.preview import edition_page, preview_page
from drugs.admin.monographs.publish import publish_page
from drugs.admin.monographs.review import comments_since, review_page
from drugs.admin.monographs.revisions import revisions_page
from drugs.admin.monographs.share import share_page
from drugs.admin.monographs.sources import sources_page
from drugs.admin.monographs.states import state
from drugs.admin.monographs.withdraw import restore_page, withdraw_page
from drugs.admin.phrase_change import phrase_page
from drugs.admin.text_search import search_page
from drugs.admin.users import account_name, display_name, display_names
from drugs.audit import facts
from drugs.content import Document
from drugs.models import Monograph


@admin.register(Monograph)
class MonographAdmin(MonographChangelistAdmin):
    form = MonographForm
    inlines = ROWS
    new_words = "New medicine"
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [(None, {"fields": ["title", "slug", ("language", "origin")]})]
    save_on_top = False
    change_form_template = "admin/drugs/monograph/change_form.html"

    class Media:
        js = [
            "drugs/admin/runs_markdown.js",
            "drugs/admin/clipboard_markdown.js",
            "drugs/admin/paste.js",
            "drugs/admin/editor.js",
            "drugs/admin/rows.js",
            "drugs/admin/board.js",
            "drugs/admin/outline.js",
            "drugs/admin/toolbar.js",
            "drugs/admin/components.js",
            "drugs/admin/labels.js",
            "drugs/admin/unsaved.js",
        ]
        css = {"all": ["drugs/admin/desk.css", "drugs/admin/editor.css"]}

    # The screen

    def get_readonly_fields(self, request: HttpRequest, obj: Monograph | None = None) -> list[str]:
        return ["slug"] if obj and obj.editions.exists() else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Monograph | None = None) -> Any:
        return {} if obj else self.prepopulated_fields

    def view_on_site(self, monograph: Monograph) -> str | None:
        publication = monograph.publication_or_none
        return publication.get_absolute_url() if publication and not publication.withdrawn_at else None

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        conflict = context["adminform"].form.conflict
        if conflict and not conflict.settled:
            return conflict_page(request, self, conflict)
        if monograph := context.get("original"):
            self._describe(request, context, monograph.pk)
        fields = context["adminform"].form
        if context["errors"]:  # then the checks have read another text than the one on the screen
            context.update(mistakes=mistakes(fields), outline=outline(fields, None, None, ()))
        else:
            told = [found.finding for found in context.get("findings", ())]
            context["outline"] = outline(fields, context.get("document"), context.get("edition"), told)
        context["may_publish"] = request.user.has_perm("drugs.publish_monograph")
        context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    def _describe(self, request, context, key):
        """What the box above the form says of a saved monograph, put into `context`."""
        # As it is in the database: the form has already put what was sent into `original`.
        monograph = Monograph.objects.select_related("publication__edition", "import_record").get(pk=key)
        document, edition = read_desk(request, monograph), current_document(monograph)
        if request.method == "GET" and self.has_change_permission(request, monograph):
            context["others_here"] = self._others_here(request, monograph)
        context.update(
            title=monograph.title,
            subtitle=None,
            saved=monograph,
            state=state(monograph),
            changed_by_me=monograph.changed_by == account_name(request.user),
            changed_by=display_name(monograph.changed_by),
            submitted_by=display_name(monograph.submitted_by),
            document=document,
            edition=edition,
            components=document and dict.fromkeys((*document.ingredients, *document.components)),
            findings=linked_findings(monograph, document) if document else (),
            reading=document and reading_ease(monograph, document),
            changes=document and changes_since_published(edition, document),
            open_reports=monograph.problem_reports.filter(outcome="").count(),
            comments=comments_since(monograph),
            label_kinds=LABEL_KINDS,
        )

    def _others_here(self, request, monograph):
        """Who else opened this form lately, and when. It writes on GET, once a minute: that is what it is about."""
        others = desk.note_open(monograph, account_name(request.user))
        names = display_names(row.who for row in others)
        return [(names.get(row.who, row.who), row.at) for row in others]

    # Saving

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Monograph, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """Django's, and the sections that a new page is offered."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        return kwargs | {"initial": inline.initial(obj)} if isinstance(inline, SectionRows) else kwargs

    def _create_formsets(self, request, obj, change):
        """Django's formsets, handed to the form, which validates them as one document."""
        formsets, inlines = super()._create_formsets(request, obj, change)
        attach_formsets(obj, formsets)
        return formsets, inlines

    def save_model(self, request: HttpRequest, obj: Monograph, form: MonographForm, change: bool) -> None:
        desk.set_derived_columns(obj, cast(Document, form.document))  # a valid form has one
        if not change:
            obj.changed_by = account_name(request.user)
            obj.save()
            desk.add_contributors([obj], obj.changed_by)
        elif form.changed:
            desk.touch(obj, account_name(request.user))

    def save_related(self, request: HttpRequest, form: MonographForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        desk.write_derived_rows(form.instance, cast(Document, form.document))
        if form.changed or not change:
            desk.record_saved([form.instance], account_name(request.user))
        if form.conflict:
            self.message_user(request, describe_merge(form.conflict, request.user), messages.INFO)

    def construct_change_message(  # type: ignore[override]  # Django logs a sentence as well as a list
        self, request: HttpRequest, form: MonographForm, formsets: Any, add: bool = False
    ) -> str:
        if add:
            return "Added."
        return f"Saved as version {form.instance.version}." if form.changed else "Saved without a change."

    def response_add(
        self, request: HttpRequest, obj: Monograph, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._next_page(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Monograph) -> HttpResponse:
        return self._next_page(request, obj) or super().response_change(request, obj)

    def _next_page(self, request, monograph):
        if "_continue" not in request.POST:
            desk.note_closed(monograph, account_name(request.user))
        if "_publish" in request.POST and request.user.has_perm("drugs.publish_monograph"):
            return HttpResponseRedirect(reverse("admin:drugs_monograph_publish", args=[monograph.pk]))
        if "_preview" in request.POST:
            return HttpResponseRedirect(reverse("admin:drugs_monograph_preview", args=[monograph.pk]))
        if "_submit" in request.POST:
            return HttpResponseRedirect(reverse("admin:drugs_monograph_hand_in", args=[monograph.pk]))
        return None

    # Publishing and deleting

    def get_urls(self) -> list[URLPattern]:
        def beside(name, view, more=""):
            return path(
                f"<int:monograph_id>/{name}/{more}",
                self.admin_site.admin_view(view),
                {"model_admin": self},
                name=f"drugs_monograph_{name.replace('-', '_')}",
            )

        pages = [
            beside("hand-in", hand_in_page),
            beside("review", review_page),
            beside("compare", compare_page),
            beside("share", share_page),
            beside("revisions", revisions_page),
            beside("publish", publish_page),
            beside("withdraw", withdraw_page),
            beside("same-medicine", same_medicine_page),
            beside("restore", restore_page, "<int:number>/"),
            beside("labels", labels_page),
            beside("sources", sources_page),
            beside("preview", preview_page),
            beside("edition", edition_page, "<int:number>/"),
        ]
        texts = [
            path(
                f"{name}/",
                self.admin_site.admin_view(view),
                {"model_admin": self},
                name=f"drugs_monograph_{name}",
            )
            for name, view in (("texts", search_page), ("phrase", phrase_page))
        ]
        texts += [
            path("effects/", self.admin_site.admin_view(effects_preview), name="drugs_monograph_effects"),
            path("medicines/", self.admin_site.admin_view(medicines), name="drugs_monograph_medicines"),
            path("edit/<drug:slug>/", self.admin_site.admin_view(edit_page), name="drugs_monograph_edit"),
        ]
        return [*pages, *texts, *super().get_urls()]

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Django's page, or back to the screen with the advice to withdraw what has been published."""
        monograph = self.get_object(request, object_id)
        if monograph and self.has_view_permission(request, monograph) and monograph.editions.exists():
            self.message_user(
                request,
                f"{monograph} has been published: its editions stay readable, so it cannot be deleted. "
                "Withdraw it instead.",
                messages.ERROR,
            )
            return back_to_screen(monograph)
        return super().delete_view(request, object_id, extra_context)

    def delete_model(self, request: HttpRequest, obj: Monograph) -> None:
        audit.lock_log()
        key, notes = obj.pk, list(obj.review_notes.values_list("pk", flat=True))
        links = list(obj.share_links.values_list("pk", flat=True))
        super().delete_model(request, obj)
        stated = (
            facts.deleted("desks", [key]),
            facts.deleted("writers", [key]),
            facts.deleted("reviews", notes),
            facts.deleted("shares", links),
        )
        audit.record(account_name(request.user), "deleted", obj.slug, obj.title, *stated)

    def has_delete_permission(self, request: HttpRequest, obj: Monograph | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.editions.exists())
