"""The page on which a text is handed in for review: kind of change, reason and source, and the checks that stop it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from drugs import publishing
from drugs.admin.base import render_page
from drugs.admin.monographs.differences import differences
from drugs.admin.monographs.findings import linked_findings
from drugs.admin.monographs.lookup import (
    AT_TOP,
    back_to_screen,
    find_for_writer,
    read_desk,
    to_top_of_screen,
)
from drugs.admin.monographs.publish import KINDS
from drugs.admin.monographs.row_forms import BodyField, LineField
from drugs.admin.users import account_name
from drugs.content import Document
from drugs.models.review_notes import Act
from drugs.publishing.kept_reviews import KEEPS_REVIEW

SOURCE_CHARS = 400


class HandInForm(forms.Form):
    """What the author says of a text: `version` is that of the desk which this person has before them.

    `sources` are offered to choose from: those that the page names.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="Kind of change")
    reason = BodyField(
        label="What changed, and why",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1500,
        help_text="A sentence or two, for the reviewer; readers may see them.",
    )
    source = LineField(
        label="Source",
        max_length=SOURCE_CHARS,
        required=False,
        help_text="Where the reviewer can check it. Not needed for spelling and clearer words.",
    )

    def __init__(self, *args: Any, is_public: bool, sources: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sources = sources
        if sources:
            source = self.fields["source"]
            source.widget.attrs["list"] = "sources"
            source.help_text = f"Choose one of this page's, or type another. {source.help_text}"
        kinds = [(kind, words) for kind, words in KINDS.items() if is_public or kind not in KEEPS_REVIEW]
        self.fields["kind"].choices = [("", "Please choose"), *kinds]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") in ("evidence", "safety", "import") and not cleaned.get("source"):
            self.add_error("source", "Facts have a source: say where the reviewer can check them.")
        return cleaned


def hand_in_page(request: HttpRequest, monograph_id: int, model_admin: admin.ModelAdmin) -> HttpResponse:
    """The form of a hand-in, with what changed and what the checks found; POST hands the text in."""
    monograph = find_for_writer(request, monograph_id)
    document = read_desk(request, monograph)
    if document is None:
        return back_to_screen(monograph)
    publication = monograph.publication_or_none
    if publication and not publication.withdrawn_at and not publishing.desk_differs(monograph, publication):
        messages.warning(request, "Not handed in. Nothing has changed since the current edition.")
        return back_to_screen(monograph)
    initial = {"version": monograph.version, **_said_before(monograph)}
    form = HandInForm(
        request.POST or None, is_public=bool(publication), sources=_sources(document), initial=initial
    )
    if monograph.sent_back_to:
        form.fields["reason"].help_text = "As it was said before: make it true of the text as it is now."
    if request.method == "POST" and form.is_valid():
        try:
            publishing.submit(monograph, by=account_name(request.user), **form.cleaned_data)
        except publishing.PublishingError as error:
            form.add_error(None, str(error))
        else:
            model_admin.log_change(request, monograph, f"Handed in version {monograph.version} for review.")
            said = '{} is handed in and waits for review. <a href="{}">Back to my work</a>'
            messages.success(request, format_html(said, monograph, reverse("admin:index")), extra_tags=AT_TOP)
            return to_top_of_screen(monograph)
    findings = linked_findings(monograph, document)
    before = Document.from_json(publication.edition.document) if publication else None
    asked = monograph.review_notes.filter(act=Act.ASKED).last() if monograph.sent_back_to else None
    context = {
        "title": f"Hand in {monograph}",
        "original": monograph,
        "form": form,
        "stops": [linked for linked in findings if linked.finding.level == "block"],
        "unsigned": [linked for linked in findings if linked.finding.level == "review"],
        "to_look_at": [linked for linked in findings if linked.finding.level == "look"],
        "asked": asked,
        "shown": differences(before, document),
    }
    context["blocked"] = bool(context["stops"])
    return render_page(request, model_admin, "admin/drugs/monograph/hand_in.html", context)


def _said_before(monograph):
    """What the author said when the text was handed in before it was sent back."""
    said = monograph.review_notes.filter(act=Act.HANDED_IN).last() if monograph.sent_back_to else None
    return {"kind": said.kind, "reason": said.text, "source": said.source} if said else {}


def _sources(document):
    """The sources that the page names, each as one line."""
    lines = (
        ", ".join(filter(None, map(str, (row.title, row.publisher, row.year, row.locator, row.url))))
        for row in document.references
    )
    return list(dict.fromkeys(line for line in lines if len(line) <= SOURCE_CHARS))
