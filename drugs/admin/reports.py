"""The worklist of problem reports from readers. Editors close them with an outcome; only `purge_reports` deletes."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.timesince import timesince

from drugs import audit
from drugs.admin.base import FixedRowsAdmin
from drugs.admin.filters import ClassFilter, LetterFilter, OriginFilter
from drugs.admin.users import account_name, display_name
from drugs.admin.worklists import WorklistAdmin, WorklistFilter
from drugs.content import Document, diff, sha256
from drugs.models import Edition, ProblemReport
from drugs.models.reports import Outcome
from drugs.web import article, problem_reports


class OutcomeForm(forms.ModelForm):
    """The answer to a report, with an optimistic lock: `seen` is a hash of the answer that this person has read."""

    remove_words = forms.BooleanField(
        label="Remove the reader's words",
        required=False,
        help_text="For a text that could identify somebody. It cannot be brought back.",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = ProblemReport
        fields = ["outcome", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "outcome" in self.fields:
            cast(forms.ChoiceField, self.fields["outcome"]).choices = [("", "still open"), *Outcome.choices]
        self.initial["seen"] = _answer_hash(self.instance)

    def clean(self) -> dict[str, Any]:
        super().clean()
        now = self.instance
        if self.cleaned_data.get("seen", "") != _answer_hash(now):
            # Whoever reads this has read the answer, and may replace it.
            data = cast(QueryDict, self.data).copy()
            data["seen"] = _answer_hash(now)
            self.data = data
            raise forms.ValidationError(
                f"{display_name(now.closed_by) or 'Somebody'} answered this report while you had it open: "
                f"{now.get_outcome_display() or 'still open'}. {now.note} Save again to put your answer in its place."
            )
        return self.cleaned_data


@admin.register(ProblemReport)
class ProblemReportAdmin(FixedRowsAdmin, WorklistAdmin):
    form = OutcomeForm
    list_display = ["drug", "edition", "section_words", "kind_words", "says", "age", "state_words"]
    list_filter = [WorklistFilter, "kind", "outcome", OriginFilter, ClassFilter, LetterFilter]
    through = "monograph__"
    list_select_related = ["monograph__publication"]
    search_fields = ["monograph__title", "monograph__slug", "monograph__names__text", "message", "note"]
    search_help_text = "Any name of the medicine, or words of the report"
    actions = ["close_as_no_report"]
    change_form_template = "admin/drugs/problemreport/change_form.html"

    # The list

    @admin.display(description="drug", ordering="monograph__title")
    def drug(self, report: ProblemReport) -> str:
        return report.monograph.title

    @admin.display(description="edition", ordering="number")
    def edition(self, report: ProblemReport) -> int | str:
        now = report.monograph.publication.number
        return report.number if report.number == now else f"{report.number} (now {now})"

    @admin.display(description="section", ordering="heading")
    def section_words(self, report: ProblemReport) -> str:
        return report.heading or "the whole page"

    @admin.display(description="kind", ordering="kind")
    def kind_words(self, report: ProblemReport) -> str:
        return report.kind

    @admin.display(description="message")
    def says(self, report: ProblemReport) -> str:
        return report.message[:80] + (" …" if len(report.message) > 80 else "")

    @admin.display(description="age", ordering="-created_at")
    def age(self, report: ProblemReport) -> str:
        return timesince(report.created_at, depth=1)

    @admin.display(description="state", ordering="state")
    def state_words(self, report: ProblemReport) -> str:
        return f"closed: {report.get_outcome_display()}" if report.outcome else "open"

    @admin.action(description="Close the chosen reports as “not a report”", permissions=["change"])
    @transaction.atomic
    def close_as_no_report(self, request: HttpRequest, queryset: QuerySet[ProblemReport]) -> None:
        audit.lock_log()
        closed = list(queryset.filter(outcome="").select_related("monograph"))
        for report in closed:
            problem_reports.close_report(report, Outcome.NO_REPORT, by=account_name(request.user))
        ProblemReport.objects.bulk_update(closed, ["outcome", "state", "closed_at", "closed_by"], 200)
        problem_reports.record_answer(closed, by=account_name(request.user))
        message = f"Closed: {Outcome.NO_REPORT.label}."
        LogEntry.objects.log_actions(request.user.pk, closed, CHANGE, message)  # type: ignore[arg-type]  # it is logged in
        self.message_user(request, f"Closed as not a report: {len(closed)}.", messages.SUCCESS)

    # One report

    def get_fields(self, request: HttpRequest, obj: ProblemReport | None = None) -> list[Any]:
        if not self.has_change_permission(request, obj):
            return ["outcome", "note"]
        emptied = obj and obj.message == problem_reports.REMOVED
        return ["outcome", "note", *([] if emptied else ["remove_words"]), "seen"]

    def get_form(
        self, request: HttpRequest, obj: ProblemReport | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        return super().get_form(request, obj, change, **{**kwargs, "fields": self.get_fields(request, obj)})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        report = context["original"]
        # As it is in the database: the form has already put what was sent into `original`.
        report = ProblemReport.objects.select_related("monograph__publication__edition").get(pk=report.pk)
        context.update(
            title=str(report.monograph),
            subtitle=None,
            saved=report,
            publication=report.monograph.publication,
            closed_by=display_name(report.closed_by),
            may_write=request.user.has_perm("drugs.change_monograph"),
            show_save_and_add_another=False,
            **_texts(report),
        )
        return super().render_change_form(request, context, *args, **kwargs)

    def view_on_site(self, report: ProblemReport) -> str | None:
        publication = report.monograph.publication
        return None if publication.withdrawn_at else publication.get_absolute_url()

    def save_model(self, request: HttpRequest, obj: ProblemReport, form: OutcomeForm, change: bool) -> None:
        if "outcome" in form.changed_data:
            problem_reports.close_report(obj, form.cleaned_data["outcome"], by=account_name(request.user))
        if form.cleaned_data.get("remove_words"):
            obj.message = problem_reports.REMOVED
        obj.save()
        if form.changed_data:
            problem_reports.record_answer([obj], by=account_name(request.user))

    def construct_change_message(  # type: ignore[override]  # Django logs a sentence as well as a list
        self, request: HttpRequest, form: OutcomeForm, formsets: Any, add: bool = False
    ) -> str:
        sentences = []
        if "outcome" in form.changed_data:
            sentences.append(
                f"Closed: {form.instance.get_outcome_display()}." if form.instance.outcome else "Opened."
            )
        if "note" in form.changed_data:
            sentences.append("Note changed.")
        if form.cleaned_data.get("remove_words"):
            sentences.append("The reader's words were removed.")
        return " ".join(sentences) or "Saved without a change."


def _answer_hash(report):
    """The version of the answer to `report`, for the optimistic lock."""
    return sha256(f"{report.outcome} {report.note} {report.closed_at}")[:16]


def _texts(report):
    """The context of one report: the section as its reader had it before them, and the diff of the page since."""
    edition = Edition.objects.filter(
        monograph=report.monograph_id, number=report.number, sha256=report.sha256
    ).first()
    if not edition:
        return {"edition": None}
    document = Document.from_json(edition.document)
    publication = report.monograph.publication
    current = publication.sha256 == report.sha256
    return {
        "edition": edition,
        "section": report.section and article.section_html(document, report.section),
        "current": current,
        "changes": None
        if current
        else diff.compare(document, Document.from_json(publication.edition.document)),
    }
