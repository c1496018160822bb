"""How does what is on the desk reach readers? The page behind the button “Publish”."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.utils import timezone

from drugs import publishing
from drugs.admin.monographs.findings import changes_since_published, linked_findings
from drugs.admin.monographs.lookup import back_to_screen, find_for_reviewer, read_desk, render_page
from drugs.admin.monographs.row_forms import BodyField, LineField
from drugs.admin.monographs.states import publication_of
from drugs.admin.users import account_name
from drugs.content.dates import months_later
from drugs.content.vocabulary import CHANGE_KIND_LABELS
from drugs.models import Edition

# Kinds of change, the likeliest first.
KINDS = {
    kind: CHANGE_KIND_LABELS[kind].choice
    for kind in ("clarity", "evidence", "safety", "typo", "names", "import")
}
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PublishForm(forms.Form):
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
            ("yes", "Publish as reviewed by me: I have read the whole page"),
        ],
        initial="no",
        required=False,
        widget=forms.RadioSelect,
    )
    role = LineField(
        label="Your professional role",
        max_length=200,
        required=False,
        help_text="Such as pharmacist. Readers see it with your name.",
    )
    reviewed_on = forms.DateField(label="Reviewed on", required=False, widget=DAY)
    review_due = forms.DateField(label="Next review due", required=False, widget=DAY)

    def __init__(self, *args, user, to_look_at, reviewed, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        if reviewed:  # "as not reviewed" is not true of a change that keeps the review
            _, signing = self.fields["signed"].choices
            self.fields["signed"].choices = [("no", "Publish without signing it"), signing]
        if not to_look_at:
            del self.fields["looked"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("signed") == "yes":
            self._check_signature(cleaned)
        return cleaned

    def _check_signature(self, cleaned):
        if not self.user.get_full_name():
            self.add_error("signed", "Your account has no name to sign with. Ask an administrator to add it.")
        for name in ("role", "reviewed_on", "review_due"):
            if name not in self.errors and not cleaned.get(name):
                self.add_error(name, "A signed page says this.")
        on, due = cleaned.get("reviewed_on"), cleaned.get("review_due")
        if on and on > timezone.localdate():
            self.add_error("reviewed_on", "This day has not come yet.")
        if on and due and due <= on:
            self.add_error("review_due", "The next review comes after this one.")

    def review(self):
        """The Review that the form signs, or None."""
        data = self.cleaned_data
        if data["signed"] != "yes":
            return None
        return publishing.Review(
            by=self.user.get_full_name(),
            role=data["role"],
            on=data["reviewed_on"],
            due=data["review_due"],
        )


def publish_page(request, monograph_id, model_admin):
    """Shows what is about to be published and what checks say about it; publishes on POST."""
    monograph = find_for_reviewer(request, monograph_id)
    document = read_desk(request, monograph)
    if document is None:
        return back_to_screen(monograph)
    findings = linked_findings(monograph, document)
    publication = publication_of(monograph)
    reviewed = publication if publication and publication.reviewed_on else None
    form = PublishForm(
        request.POST or None,
        user=request.user,
        to_look_at=any(pointed.finding.level == "look" for pointed in findings),
        reviewed=reviewed,
        initial=_initial(request.user, monograph),
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _publish(request, monograph, form, model_admin)
        except publishing.PublishingError as error:
            form.add_error(None, str(error))
    context = {
        "title": f"Publish {monograph}",
        "form": form,
        "findings": findings,
        "blocked": any(pointed.finding.level == "block" for pointed in findings),
        "changes": changes_since_published(monograph, document),
        "reviewed": reviewed,
        "signs_second": settings.SECOND_PERSON and monograph.changed_by == account_name(request.user),
    }
    return render_page(request, model_admin, monograph, "publish", context)


def _initial(user, monograph):
    today = timezone.localdate()
    signed = Edition.objects.filter(published_by=account_name(user)).exclude(reviewer_role="")
    return {
        "version": monograph.version,
        "role": signed.order_by("-published_at").values_list("reviewer_role", flat=True).first() or "",
        "reviewed_on": today,
        "review_due": months_later(today, settings.REVIEW_MONTHS),
    }


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
    messages.success(request, f"Edition {edition.number} of {monograph} is public now.")
    return back_to_screen(monograph)
