"""Publishing and signing: the page behind the button “Publish”, with findings, diff, and the form of the review."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from drugs import desk, publishing
from drugs.accounts import sessions
from drugs.accounts.reauthentication import (
    NOTHING_TO_CONFIRM_WITH,
    confirmation_field,
    confirmation_objection,
    has_nothing_to_confirm_with,
)
from drugs.admin.base import render_page
from drugs.admin.monographs.findings import (
    LinkedFinding,
    changes_since_published,
    current_document,
    linked_findings,
)
from drugs.admin.monographs.lookup import (
    back_to_screen,
    find_for_reviewer,
    read_desk,
    to_top_of_screen,
)
from drugs.admin.monographs.row_forms import BodyField, LineField
from drugs.admin.users import account_name, display_names
from drugs.content import Document
from drugs.content.dates import months_later
from drugs.content.vocabulary import CHANGE_KIND_LABELS
from drugs.models import Edition, Monograph, Publication
from drugs.models.review_notes import Act
from drugs.publishing import review_dates, signatures

# Kinds of change, the likeliest first.
KINDS = {
    kind: CHANGE_KIND_LABELS[kind].choice
    for kind in ("clarity", "evidence", "safety", "typo", "names", "import")
}
SIGNING = ("yes", "Publish as reviewed by me: I have read the whole page")
NO_NAME = "Your account has no name to sign with. Ask an administrator to add it."
FROM_REVIEW = "from_review"  # sent by the form of the review page
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SignatureSelect(forms.RadioSelect):
    """The choice to sign or not, of which the first may be closed."""

    closed = False

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value == SIGNING[0] and self.closed:
            option["attrs"]["disabled"] = True
        return option


class PublishForm(forms.Form):
    """The kind of change and its note, and the signature of `user` if the page is published as reviewed.

    `version` is the optimistic lock: the version of the desk that this person has read. `reviewed` is the
    publication whose review the new edition may keep or lose; `to_look_at` asks to tick that points were looked at;
    `unchanged` says that the desk says what the current edition says, so that it can only be signed; `objections`
    are sentences that forbid a signature; `confirm` says why what was typed does not prove that it is `user` who
    signs, or nothing: it is None where the password was given a short while ago (21 CFR 11.200).
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="Kind of change", choices=[("", "Please choose"), *KINDS.items()])
    note = BodyField(
        label="What changed",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="One or two sentences. Readers see them in the page's history.",
    )
    looked = forms.BooleanField(label="I have looked at every point marked “Please look”.")
    signed = forms.ChoiceField(
        label="Review",
        choices=[
            ("no", "Publish as not reviewed"),
            SIGNING,
        ],
        initial="no",
        required=False,
        widget=SignatureSelect,
    )
    role = LineField(
        label="Your professional role",
        max_length=100,
        required=False,
        help_text="Such as pharmacist. Readers see it with your name.",
    )
    reviewed_on = forms.DateField(label="Reviewed on", required=False, widget=DAY)
    review_due = forms.DateField(label="Next review due", required=False, widget=DAY)

    def __init__(
        self,
        *args: Any,
        user: User,
        to_look_at: bool,
        reviewed: Publication | None,
        unchanged: bool = False,
        objections: Sequence[str] = (),
        confirm: Callable[[str], str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.confirm = user, confirm
        self.fields["role"].widget.attrs["required"] = True  # for the button that signs, in the browser alone
        if confirm:
            self.fields["password"] = confirmation_field(user)
            self.fields["password"].required = False
            self.fields["password"].help_text = "To sign. You gave it some time ago."
        if objections:
            cast(SignatureSelect, self.fields["signed"].widget).closed = True
            self.fields["signed"].help_text = f"Signing is closed: {' '.join(objections)}"
        if unchanged:
            kind = cast(forms.ChoiceField, self.fields["kind"])
            kind.choices = [("review", CHANGE_KIND_LABELS["review"].choice)]
            kind.error_messages["invalid_choice"] = (
                "Nothing has changed since the current edition. It can only be signed as it stands."
            )
            self.fields["note"].required = False
            self.initial["signed"] = "no" if objections else "yes"
        if reviewed:  # "as not reviewed" is not true of a change that keeps the review
            cast(forms.ChoiceField, self.fields["signed"]).choices = [
                ("no", "Publish without signing it"),
                SIGNING,
            ]
        if not to_look_at:
            del self.fields["looked"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("signed") == "yes":
            self._check_signature(self.cleaned_data)
        return self.cleaned_data

    def _check_signature(self, cleaned):
        if not self.user.get_full_name():
            self.add_error("signed", NO_NAME)
        for name in ("role", "reviewed_on", "review_due"):
            if name not in self.errors and not cleaned.get(name):
                self.add_error(name, "A signed page says this.")
        on, due = cleaned.get("reviewed_on"), cleaned.get("review_due")
        if on and (objection := review_dates.day_objection(on)):
            self.add_error("reviewed_on", objection)
        if on and due and (objection := review_dates.due_objection(on, due)):
            self.add_error("review_due", objection)
        if self.confirm and not self.errors and (objection := self.confirm(cleaned.get("password", ""))):
            self.add_error("password", objection)

    def review(self) -> publishing.Review | None:
        """The review that the form signs; None if it is published as not reviewed."""
        data = self.cleaned_data
        if data["signed"] != "yes":
            return None
        return publishing.Review(
            by=self.user.get_full_name(),
            role=data["role"],
            on=data["reviewed_on"],
            due=data["review_due"],
        )


@dataclass(frozen=True)
class Prepared:
    """The form that publishes one text for one person, and what is said beside it."""

    form: PublishForm
    findings: list[LinkedFinding]
    reviewed: Publication | None
    unchanged: bool
    objections: list[str]

    @property
    def blocked(self) -> bool:
        """Whether checks forbid to publish the text."""
        return any(linked.finding.level == "block" for linked in self.findings)


def prepare(
    request: HttpRequest, monograph: Monograph, document: Document, data: QueryDict | None = None
) -> Prepared:
    """The PublishForm of `document`, the desk of `monograph`, for this person; bound to `data` if some was sent."""
    findings = linked_findings(monograph, document)
    publication = monograph.publication_or_none
    reviewed = publication if publication and publication.reviewed_on else None
    unchanged = bool(
        publication and not publication.withdrawn_at and not publishing.desk_differs(monograph, publication)
    )
    objections = _signature_objections(request.user, monograph, findings)
    form = PublishForm(
        data,
        user=request.user,  # type: ignore[arg-type]  # nobody else may publish
        to_look_at=any(linked.finding.level == "look" for linked in findings),
        reviewed=reviewed,
        unchanged=unchanged,
        objections=objections,
        confirm=None if sessions.password_is_recent(request) else partial(confirmation_objection, request),
        initial=_initial(request.user, monograph),
    )
    return Prepared(form, findings, reviewed, unchanged, objections)


def publish_page(request: HttpRequest, monograph_id: int, model_admin: admin.ModelAdmin) -> HttpResponse:
    """The last look before publication: findings, diff since the current edition, and the form; POST publishes."""
    monograph = find_for_reviewer(request, monograph_id)
    document = read_desk(request, monograph)
    if document is None:
        return back_to_screen(monograph)
    prepared = prepare(request, monograph, document, request.POST or None)
    if request.method == "POST" and prepared.form.is_valid():
        try:
            return _publish(request, monograph, prepared.form, model_admin)
        except publishing.PublishingError as error:
            prepared.form.add_error(None, str(error))
    context = {
        **vars(prepared),
        "title": f"Publish {monograph}",
        "original": monograph,
        "blocked": prepared.blocked,
        "changes": changes_since_published(current_document(monograph), document),
        "writers": writers(monograph),
        "second_person": settings.SECOND_PERSON,
    }
    return render_page(request, model_admin, "admin/drugs/monograph/publish.html", context)


def writers(monograph: Monograph) -> list[str]:
    """The names of whoever changed the desk since a second person last signed it."""
    who = desk.contributors(monograph)
    names = display_names(who)
    return [names.get(name, name) for name in who]


def _signature_objections(user, monograph, findings):
    """Why this person cannot sign this text, as sentences: asked before the work, not after it."""
    objections = [] if user.get_full_name() else [NO_NAME]
    if has_nothing_to_confirm_with(user):
        objections.append(NOTHING_TO_CONFIRM_WITH)
    if objection := publishing.signature_objection(monograph, account_name(user)):
        objections.append(objection)
    count = sum(linked.finding.level in ("block", "review") for linked in findings)
    if count:
        points = "A point" if count == 1 else f"{count} points"
        objections.append(f"{points} above must be settled first.")
    return objections


def _initial(user, monograph):
    today = timezone.localdate()
    signed = Edition.objects.filter(published_by=account_name(user)).exclude(reviewer_role="")
    role = signed.order_by("-published_at").values_list("reviewer_role", flat=True).first()
    return {
        **_handed_in(monograph),
        "version": monograph.version,
        "role": signatures.own_role(role or ""),
        "reviewed_on": today,
        "review_due": months_later(today, settings.REVIEW_MONTHS),
    }


def _handed_in(monograph):
    """Kind of change and note, as whoever handed the text in has said them."""
    said = monograph.review_notes.filter(act=Act.HANDED_IN, version=monograph.version).last()
    if said is None:
        return {}
    note = said.text
    if said.source:
        note = f"{note}{'' if note.endswith(('.', '!', '?')) else '.'} Source: {said.source}"
    return {"kind": said.kind, "note": note}


def _publish(request, monograph, form, model_admin):
    data = form.cleaned_data
    edition = publishing.publish(
        monograph,
        by=account_name(request.user),
        kind=data["kind"],
        note=data["note"],
        review=form.review(),
        version=data["version"],
    )
    words = "as reviewed" if edition.review_of == edition.number else f"({edition.kind})"
    model_admin.log_change(request, monograph, f"Published edition {edition.number} {words}.")
    status = "as reviewed" if edition.reviewed_on else "as not reviewed"
    address = reverse("drugs:monograph-detail", args=[monograph.slug])
    link = format_html('<a href="{}">{}</a>', address, monograph)
    messages.success(
        request, format_html("Edition {} of {} is public now, {}.", edition.number, link, status)
    )
    if FROM_REVIEW in request.POST:
        return redirect(f"{reverse('admin:drugs_monograph_changelist')}?list=for_me")
    return to_top_of_screen(monograph)
