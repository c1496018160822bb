"""The import of uploaded files in the admin: upload, dry run, report, then saving, with a progress bar."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.cache import never_cache

from drugs.admin.base import DeskAdmin, render_page
from drugs.admin.import_report import report, summary
from drugs.admin.users import account_name, display_name
from drugs.import_export import seen_changes, tasks
from drugs.import_export.sources import SUFFIXES, upload_problem
from drugs.models import ImportTask


class UploadForm(forms.Form):
    """The upload of a page or a zip. When the form is valid, `content` holds the bytes of the file."""

    file = forms.FileField(
        label="Page or zip of pages",
        max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": ".md,.markdown,.zip"}),
        help_text="A Markdown page (.md), or a zip of them with folders as they are.",
    )
    content = b""

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith((*SUFFIXES, ".zip")):
            raise forms.ValidationError(f"{file.name} is neither a Markdown page (.md) nor a zip of them.")
        if file.size > tasks.UPLOAD_BYTES:
            most = tasks.UPLOAD_BYTES // 1024**2
            raise forms.ValidationError(
                f"{file.name} has more than {most} MB. Import it in parts, or ask whoever runs the site to do it there."
            )
        self.content = file.read()
        if problem := upload_problem(file.name, self.content):
            raise forms.ValidationError(f"Nothing was taken. {problem}")
        return file


class SaveForm(forms.Form):
    """The options of saving, those left out that `user` has no permission for."""

    publish = forms.BooleanField(
        required=False,
        label="Publish pages that readers do not have yet, where the checks allow it, as not reviewed",
        help_text="Of a page that readers have, a change is published only if you read it below and tick it; without a "
        "tick it is saved to the desk and waits there. Reviewed editions are never published over.",
    )
    overwrite = forms.BooleanField(
        required=False,
        label="Replace what people edited",
        help_text="Pages in conflict take the text of the file. What was on the desk and never published is lost.",
    )

    def __init__(self, *args: Any, user: User | AnonymousUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, permission in (
            ("publish", "drugs.publish_monograph"),
            ("overwrite", "drugs.change_monograph"),
        ):
            if not user.has_perm(permission):
                del self.fields[name]


@admin.register(ImportTask)
class ImportTaskAdmin(DeskAdmin):
    new_words = "Import a file or a zip"
    list_display = ["name", "uploaded_at", "who", "stands", "handled", "total"]
    list_display_links = ["name"]
    ordering = ["-uploaded_at", "-id"]
    actions = None

    @admin.display(description="by", ordering="started_by")
    def who(self, task: ImportTask) -> str:
        return task.started_by

    @admin.display(description="state", ordering="state")
    def stands(self, task: ImportTask) -> str:
        return state_words(task)

    def has_change_permission(self, request: HttpRequest, obj: ImportTask | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ImportTask | None = None) -> bool:
        return False

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return upload_page(request, self)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        task = self.get_object(request, object_id)
        if not self.has_view_permission(request, task):
            raise PermissionDenied
        if task is None:
            redirect = self._get_obj_does_not_exist_redirect  # type: ignore[attr-defined]  # not in the stubs
            return redirect(request, self.opts, object_id)
        return task_page(request, task, self)


def state_words(task: ImportTask) -> str:
    """The state of an import, in words."""
    if task.interrupted:
        return "interrupted"
    if task.state == "running":
        return "being saved" if task.saving else "being checked"
    words = {"checked": "checked, not saved", "done": "saved", "stopped": "stopped", "failed": "ended early"}
    return words[task.state]


@never_cache
def upload_page(request: HttpRequest, model_admin: ImportTaskAdmin) -> HttpResponse:
    """The upload form. On POST it starts the dry run of the file, or says in a sentence why not."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        name = form.cleaned_data["file"].name
        try:
            task = tasks.create(name, form.content, by=account_name(request.user))
        except tasks.Busy as busy:
            form.add_error(None, _busy(busy.task))
        else:
            model_admin.log_addition(request, task, f"Uploaded {task} to be checked.")
            return _redirect_to(task)
    context = {"title": "Import pages", "form": form, "days": tasks.UPLOAD_KEPT.days}
    return render_page(request, model_admin, "admin/drugs/importtask/upload.html", context)


@never_cache
def task_page(request: HttpRequest, task: ImportTask, model_admin: ImportTaskAdmin) -> HttpResponse:
    """The progress and the report of an import, which POST saves, stops or continues."""
    form = SaveForm(request.POST if "_save" in request.POST else None, user=request.user)
    if request.method == "POST":
        if not model_admin.has_add_permission(request):
            raise PermissionDenied
        if "_tick" in request.POST:
            _keep_ticks(request, task)
            query = {"show": request.POST.get("show", ""), "after": request.POST["_tick"]}
            return HttpResponseRedirect(f"{_address_of(task)}?{urlencode(query)}#report")
        _act(request, task, form, model_admin)
        return _redirect_to(task)
    running = task.state == "running" and not task.interrupted
    context = {
        "title": f"Import of {task}",
        "task": task,
        "by": display_name(task.started_by),
        "words": state_words(task),
        "running": running,
        "form": form,
        "may_act": model_admin.has_add_permission(request),
        "may_tick": model_admin.has_add_permission(request) and _may_tick(request, task),
        "summary": {} if running or request.GET.keys() else summary(task),
        "report": None if running else report(task, request.GET),
    }
    return render_page(request, model_admin, "admin/drugs/importtask/task.html", context)


def _act(request, task, form, model_admin):
    try:
        if "_stop" in request.POST:
            tasks.stop(task, by=account_name(request.user))
            message = "Stopped."
        elif "_continue" in request.POST:
            _refuse_to_continue(request, task)
            message = "Continued." if tasks.resume(task, by=account_name(request.user)) else ""
        elif "_save" in request.POST and form.is_valid():
            _keep_ticks(request, task)
            ticked = len(seen_changes.ticked_keys(task)) if _may_tick(request, task) else 0
            options = {**form.cleaned_data, "ticked": bool(ticked)}
            begun = tasks.save(task, by=account_name(request.user), **options)
            message = f"Saved with {_options(form.cleaned_data, ticked)}." if begun else ""
        else:
            message = ""
    except tasks.Busy as busy:
        messages.error(request, _busy(busy.task))
        return
    if message:
        model_admin.log_change(request, task, message)
    else:
        messages.warning(request, "Nothing was done: the import stands where you see it now.")


def _refuse_to_continue(request, task):
    """Raises PermissionDenied where `task` would do what this person may not begin."""
    needed = {
        "drugs.publish_monograph": task.saving and tasks.publishes(task),
        "drugs.change_monograph": task.saving and task.overwrite,
    }
    if not all(request.user.has_perm(right) for right, is_needed in needed.items() if is_needed):
        raise PermissionDenied(
            "This import was begun with options that you may not choose. Ask somebody who may to continue it."
        )


def _may_tick(request, task):
    return task.state == "checked" and request.user.has_perm("drugs.publish_monograph")


def _keep_ticks(request, task):
    if _may_tick(request, task):
        seen_changes.set_ticks(task, request.POST.getlist("shown"), request.POST.getlist("tick"))


def _options(data, ticked):
    options = [name for name, chosen in data.items() if chosen]
    if ticked:
        options.append(f"{ticked} ticked {'change' if ticked == 1 else 'changes'} of public pages")
    return " and ".join(options) or "no options"


def _busy(task):
    return format_html(
        'One import at a time: <a href="{}">{}</a> by {} is {}.',
        _address_of(task),
        task,
        display_name(task.started_by),
        state_words(task),
    )


def _redirect_to(task):
    return HttpResponseRedirect(_address_of(task))


def _address_of(task):
    return reverse("admin:drugs_importtask_change", args=[task.pk])
