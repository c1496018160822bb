"""What did readers report, and what came of it? Editors answer; only `purge_reports` deletes."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils.timesince import timesince

from drugs.admin.filters import ClassFilter, LetterFilter, OriginFilter
from drugs.admin.monographs.states import publication_of
from drugs.admin.users import account_name, display_name
from drugs.admin.worklists import ListedAdmin, ListFilter
from drugs.content import Document, diff, sha256
from drugs.models import Edition, ProblemReport
from drugs.models.reports import Outcome
from drugs.web import article, problem_reports


class OutcomeForm(forms.ModelForm):
    remove_words = forms.BooleanField(
        label="Remove the reader's words",
        required=False,
        help_text="For a text that could identify somebody. It cannot be brought back.",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)  # the answer that this person has read

    class Meta:
        model = ProblemReport
        fields = ["outcome", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "outcome" in self.fields:
            self.fields["outcome"].choices = [("", "still open"), *Outcome.choices]
        self.initial["seen"] = _answer(self.instance)

    def clean(self):
        cleaned, now = super().clean(), self.instance
        if cleaned.get("seen", "") != _answer(now):
            # Whoever reads this has read the answer, and may replace it.
            self.data = self.data.copy()
            self.data["seen"] = _answer(now)
            raise forms.ValidationError(
                f"{display_name(now.closed_by) or 'Somebody'} answered this report while you had it open: "
                f"{now.get_outcome_display() or 'still open'}. {now.note} Save again to put your answer in its place."
            )
        return cleaned


@admin.register(ProblemReport)
class ProblemReportAdmin(ListedAdmin):
    form = OutcomeForm
    list_display = ["drug", "edition", "section_words", "kind_words", "says", "age", "state_words"]
    list_filter = [ListFilter, "kind", "outcome", OriginFilter, ClassFilter, LetterFilter]
    through = "monograph__"
    list_select_related = ["monograph__publication"]
    search_fields = ["monograph__title", "monograph__slug", "monograph__names__text", "message", "note"]
    search_help_text = "Any name of the medicine, or words of the report"
    actions = ["close_as_no_report"]
    change_form_template = "admin/drugs/problemreport/change_form.html"

    # The list

    @admin.display(description="drug", ordering="monograph__title")
    def drug(self, report):
        return report.monograph.title

    @admin.display(description="edition", ordering="number")
    def edition(self, report):
        now = publication_of(report.monograph).number
        return report.number if report.number == now else f"{report.number} (now {now})"

    @admin.display(description="section", ordering="heading")
    def section_words(self, report):
        return report.heading or "the whole page"

    @admin.display(description="kind", ordering="kind")
    def kind_words(self, report):
        return report.kind

    @admin.display(description="message")
    def says(self, report):
        return report.message[:80] + (" …" if len(report.message) > 80 else "")

    @admin.display(description="age", ordering="-created_at")
    def age(self, report):
        return timesince(report.created_at, depth=1)

    @admin.display(description="state", ordering="state")
    def state_words(self, report):
        return f"closed: {report.get_outcome_display()}" if report.outcome else "open"

    @admin.action(description="Close the chosen reports as “not a report”", permissions=["change"])
    @transaction.atomic
    def close_as_no_report(self, request, queryset):
        closed = list(queryset.filter(outcome="").select_related("monograph"))
        for report in closed:
            problem_reports.close_report(report, Outcome.NO_REPORT, by=account_name(request.user))
        ProblemReport.objects.bulk_update(closed, ["outcome", "state", "closed_at", "closed_by"], 200)
        LogEntry.objects.log_actions(request.user.pk, closed, CHANGE, f"Closed: {Outcome.NO_REPORT.label}.")
        self.message_user(request, f"Closed as not a report: {len(closed)}.", messages.SUCCESS)

    # One report

    def get_fields(self, request, obj=None):
        if not self.has_change_permission(request, obj):
            return ["outcome", "note"]
        emptied = obj and obj.message == problem_reports.REMOVED
        return ["outcome", "note", *([] if emptied else ["remove_words"]), "seen"]

    def get_form(self, request, obj=None, **kwargs):
        return super().get_form(request, obj, **{**kwargs, "fields": self.get_fields(request, obj)})

    def render_change_form(self, request, context, **kwargs):
        report = context["original"]
        # As it is in the database: the form has already put what was sent into `original`.
        report = ProblemReport.objects.select_related("monograph__publication__edition").get(pk=report.pk)
        context.update(
            title=str(report.monograph),
            subtitle=None,
            saved=report,
            publication=publication_of(report.monograph),
            closed_by=display_name(report.closed_by),
            may_write=request.user.has_perm("drugs.change_monograph"),
            show_save_and_add_another=False,
            **_texts(report),
        )
        return super().render_change_form(request, context, **kwargs)

    def view_on_site(self, report):
        publication = publication_of(report.monograph)
        return None if publication.withdrawn_at else publication.get_absolute_url()

    def save_model(self, request, obj, form, change):
        if "outcome" in form.changed_data:
            problem_reports.close_report(obj, form.cleaned_data["outcome"], by=account_name(request.user))
        if form.cleaned_data.get("remove_words"):
            obj.message = problem_reports.REMOVED
        obj.save()

    def construct_change_message(self, request, form, formsets, add=False):
        said = []
        if "outcome" in form.changed_data:
            said.append(
                f"Closed: {form.instance.get_outcome_display()}." if form.instance.outcome else "Opened."
            )
        if "note" in form.changed_data:
            said.append("Note changed.")
        if form.cleaned_data.get("remove_words"):
            said.append("The reader's words were removed.")
        return " ".join(said) or "Saved without a change."

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def _answer(report):
    """What has been said about `report`, in one short text."""
    return sha256(f"{report.outcome} {report.note} {report.closed_at}")[:16]


def _texts(report):
    """The section as its reader had it before them, and what has changed on the page since."""
    edition = Edition.objects.filter(
        monograph=report.monograph_id, number=report.number, sha256=report.sha256
    ).first()
    if not edition:
        return {"edition": None}
    document = Document.from_json(edition.document)
    publication = publication_of(report.monograph)
    current = publication.sha256 == report.sha256
    return {
        "edition": edition,
        "section": report.section and article.section_html(document, report.section),
        "current": current,
        "changes": None
        if current
        else diff.compare(document, Document.from_json(publication.edition.document)),
    }
