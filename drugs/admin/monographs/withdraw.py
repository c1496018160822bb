"""Withdrawal of a published page, and restoring the text of an old edition as a new one."""

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from drugs import publishing
from drugs.admin.base import render_page
from drugs.admin.monographs.lookup import back_to_screen, find_for_reviewer, read_desk
from drugs.admin.monographs.publish import KINDS
from drugs.admin.monographs.row_forms import BodyField
from drugs.admin.users import account_name
from drugs.content import Document, diff
from drugs.models import Edition


class WithdrawForm(forms.Form):
    reason = BodyField(
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="Readers who open the page are told this, with the date.",
    )


class RestoreForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="Kind of change", choices=[(kind, KINDS[kind]) for kind in ("safety", "evidence", "clarity")]
    )
    note = BodyField(
        label="Why",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="Readers see it in the page's history.",
    )


def withdraw_page(request: HttpRequest, monograph_id: int, model_admin: admin.ModelAdmin) -> HttpResponse:
    """The form that asks for the reason, and withdraws the page on POST."""
    monograph = find_for_reviewer(request, monograph_id)
    publication = monograph.publication_or_none
    if not publication or publication.withdrawn_at:
        messages.error(request, f"{monograph} is not public, so there is nothing to withdraw.")
        return back_to_screen(monograph)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        publishing.withdraw(publication, reason=form.cleaned_data["reason"], by=account_name(request.user))
        model_admin.log_change(request, monograph, f"Withdrawn: {form.cleaned_data['reason']}")
        messages.success(request, f"Readers no longer see {monograph}. They are told why.")
        return back_to_screen(monograph)
    context = {
        "title": f"Withdraw {monograph}",
        "original": monograph,
        "form": form,
        "publication": publication,
    }
    return render_page(request, model_admin, "admin/drugs/monograph/withdraw.html", context)


def restore_page(
    request: HttpRequest, monograph_id: int, number: int, model_admin: admin.ModelAdmin
) -> HttpResponse:
    """The diff from the current edition to an old one, whose text POST publishes again as a new edition."""
    monograph = find_for_reviewer(request, monograph_id)
    publication = monograph.publication_or_none
    if not publication:
        raise Http404
    edition = get_object_or_404(Edition, monograph=monograph, number=number)
    form = RestoreForm(request.POST or None, initial={"version": monograph.version})
    if request.method == "POST" and form.is_valid():
        try:
            return _restore(request, monograph, edition, form.cleaned_data, model_admin)
        except publishing.PublishingError as error:
            form.add_error(None, str(error))
    text = Document.from_json(edition.document)
    current = Document.from_json(publication.edition.document)
    context = {
        "title": f"Restore edition {number} of {monograph}",
        "original": monograph,
        "form": form,
        "edition": edition,
        "changes": diff.compare(current, text),
        "lost": read_desk(request, monograph) not in (current, text),
    }
    return render_page(request, model_admin, "admin/drugs/monograph/restore.html", context)


def _restore(request, monograph, edition, data, model_admin):
    new = publishing.restore(edition, by=account_name(request.user), **data)
    model_admin.log_change(
        request, monograph, f"Restored edition {edition.number} as edition {new.number}: {data['note']}"
    )
    messages.success(
        request, f"Readers see the text of edition {edition.number} again, as edition {new.number}."
    )
    return back_to_screen(monograph)
