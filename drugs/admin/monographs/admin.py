"""How does an editor write a monograph? One screen for all of it."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone

from drugs import desk, publishing
from drugs.admin.monographs.changelist import MonographList
from drugs.admin.monographs.findings import changes_since_published, linked_findings
from drugs.admin.monographs.form import MonographForm
from drugs.admin.monographs.inlines import ROWS
from drugs.admin.monographs.lookup import back_to_screen, read_desk
from drugs.admin.monographs.merge import same_medicine_page
from drugs.admin.monographs.preview import edition_page, preview_page
from drugs.admin.monographs.publish import publish_page
from drugs.admin.monographs.states import publication_of, state
from drugs.admin.monographs.withdraw import restore_page, withdraw_page
from drugs.admin.users import account_name, display_name
from drugs.models import ImportRecord, Monograph


@admin.register(Monograph)
class MonographAdmin(MonographList):
    form = MonographForm
    inlines = ROWS
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [(None, {"fields": ["title", "slug", ("language", "origin")]})]
    save_on_top = False
    change_form_template = "admin/drugs/monograph/change_form.html"

    class Media:
        js = ["drugs/admin/editor.js", "drugs/admin/rows.js", "drugs/admin/unsaved.js"]
        css = {"all": ["drugs/admin/desk.css"]}

    # The screen

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj and obj.editions.exists() else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def view_on_site(self, monograph):
        publication = publication_of(monograph)
        return publication.get_absolute_url() if publication and not publication.withdrawn_at else None

    def render_change_form(self, request, context, **kwargs):
        monograph = context.get("original")
        if monograph:
            # As it is in the database: the form has already put what was sent into `original`.
            monograph = Monograph.objects.select_related("publication__edition", "import_record").get(
                pk=monograph.pk
            )
            self._note_opening(request, monograph)
            document = read_desk(request, monograph)
            context.update(
                title=monograph.title,
                subtitle=None,
                saved=monograph,
                state=state(monograph),
                changed_by_me=monograph.changed_by == account_name(request.user),
                changed_by=display_name(monograph.changed_by),
                submitted_by=display_name(monograph.submitted_by),
                findings=document and linked_findings(monograph, document),
                changes=document and changes_since_published(monograph, document),
                open_reports=monograph.problem_reports.filter(outcome="").count(),
            )
        context["may_publish"] = request.user.has_perm("drugs.publish_monograph")
        context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, **kwargs)

    def _note_opening(self, request, monograph):
        """Takes an imported page from the list of those that nobody has opened. Writes once a page, on GET.

        Opening is what the list is about, and repeating it changes nothing.
        """
        record = getattr(monograph, "import_record", None)
        if record and not record.opened_at and self.has_change_permission(request, monograph):
            ImportRecord.objects.filter(pk=record.pk, opened_at=None).update(opened_at=timezone.now())

    # Saving

    def _create_formsets(self, request, obj, change):
        """Lets the form judge its rows: together they are one document."""
        formsets, inlines = super()._create_formsets(request, obj, change)
        obj.rows_sent = formsets
        return formsets, inlines

    def save_model(self, request, obj, form, change):
        desk.set_derived_columns(obj, form.document)
        if not change:
            obj.changed_by = account_name(request.user)
            obj.save()
        elif form.changed:
            desk.touch(obj, account_name(request.user))

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        desk.write_derived_rows(form.instance, form.document)

    def construct_change_message(self, request, form, formsets, add=False):
        if add:
            return "Added."
        return f"Saved as version {form.instance.version}." if form.changed else "Saved without a change."

    def response_add(self, request, obj, post_url_continue=None):
        return self._next_page(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._next_page(request, obj) or super().response_change(request, obj)

    def _next_page(self, request, monograph):
        if "_publish" in request.POST and request.user.has_perm("drugs.publish_monograph"):
            return HttpResponseRedirect(reverse("admin:drugs_monograph_publish", args=[monograph.pk]))
        if "_preview" in request.POST:
            return HttpResponseRedirect(reverse("admin:drugs_monograph_preview", args=[monograph.pk]))
        if "_submit" in request.POST:
            self._submit(request, monograph)
            return back_to_screen(monograph)
        return None

    def _submit(self, request, monograph):
        try:
            publishing.submit(monograph, by=account_name(request.user), version=monograph.version)
        except publishing.PublishingError as error:
            self.message_user(request, f"Not submitted. {error}", messages.WARNING)
        else:
            self.log_change(request, monograph, f"Submitted version {monograph.version} for review.")
            self.message_user(request, f"{monograph} is saved and waits for review.", messages.SUCCESS)

    # Publishing and deleting

    def get_urls(self):
        def at(name, view, more=""):
            return path(
                f"<int:monograph_id>/{name}/{more}",
                self.admin_site.admin_view(view),
                {"model_admin": self},
                name=f"drugs_monograph_{name.replace('-', '_')}",
            )

        own = [
            at("publish", publish_page),
            at("withdraw", withdraw_page),
            at("same-medicine", same_medicine_page),
            at("restore", restore_page, "<int:number>/"),
            at("preview", preview_page),
            at("edition", edition_page, "<int:number>/"),
        ]
        return [*own, *super().get_urls()]

    def delete_view(self, request, object_id, extra_context=None):
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

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.editions.exists())
