"""How does an editor write a monograph? One screen for all of it, and the list that leads there."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import path, reverse

from drugs import desk, publishing
from drugs.admin.form import MonographForm
from drugs.admin.going_back import restore_page, withdraw_page
from drugs.admin.inlines import ROWS
from drugs.admin.judgement import changes_since_published, judge
from drugs.admin.pages import back_to_screen, read_desk
from drugs.admin.people import account, shown
from drugs.admin.publish import publish_page
from drugs.admin.same_medicine import same_medicine_page
from drugs.admin.states import StateFilter, StatusFilter, publication_of, state
from drugs.admin.whole_page import edition_page, preview_page
from drugs.models import Monograph


@admin.register(Monograph)
class MonographAdmin(admin.ModelAdmin):
    form = MonographForm
    inlines = ROWS
    list_display = ["title", "slug", "on_the_desk", "for_readers", "review_due", "changed_at", "changed_by"]
    list_filter = [StateFilter, StatusFilter, "origin", "changed_at"]
    list_select_related = ["publication"]
    search_fields = ["title", "slug", "names__text"]
    search_help_text = "Title, address or any other name"
    ordering = ["title"]
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [(None, {"fields": ["title", "slug", ("language", "origin")]})]
    actions = None
    save_on_top = False
    list_per_page = 50
    change_form_template = "admin/drugs/monograph/change_form.html"

    class Media:
        js = ["drugs/admin/editor.js", "drugs/admin/rows.js", "drugs/admin/unsaved.js"]
        css = {"all": ["drugs/admin/desk.css"]}

    # The list

    @admin.display(description="on the desk", ordering="version")
    def on_the_desk(self, monograph):
        return state(monograph).words

    @admin.display(description="for readers", ordering="publication__number")
    def for_readers(self, monograph):
        publication = publication_of(monograph)
        if not publication:
            return "not published"
        return f"edition {publication.number}, {publication.status.replace('_', ' ')}"

    @admin.display(description="next review", ordering="publication__review_due")
    def review_due(self, monograph):
        publication = publication_of(monograph)
        return publication and publication.review_due

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
            monograph = Monograph.objects.select_related("publication__edition").get(pk=monograph.pk)
            document = read_desk(request, monograph)
            context.update(
                title=monograph.title,
                subtitle=None,
                saved=monograph,
                state=state(monograph),
                changed_by_me=monograph.changed_by == account(request.user),
                changed_by=shown(monograph.changed_by),
                submitted_by=shown(monograph.submitted_by),
                findings=document and judge(monograph, document),
                changes=document and changes_since_published(monograph, document),
                open_reports=monograph.problem_reports.filter(outcome="").count(),
            )
        context["may_publish"] = request.user.has_perm("drugs.publish_monograph")
        context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, **kwargs)

    # Saving

    def _create_formsets(self, request, obj, change):
        """Lets the form judge its rows: together they are one document."""
        formsets, inlines = super()._create_formsets(request, obj, change)
        obj.rows_sent = formsets
        return formsets, inlines

    def save_model(self, request, obj, form, change):
        obj.sameness = desk.sameness(form.document)
        if not change:
            obj.changed_by = account(request.user)
            obj.save()
        elif form.changed:
            desk.touch(obj, account(request.user))

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        desk.note_paragraphs(form.instance, form.document)

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
            publishing.submit(monograph, by=account(request.user), version=monograph.version)
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
