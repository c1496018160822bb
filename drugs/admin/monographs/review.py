"""The review page: what was handed in and why, the page with its changes marked, comments, and the decision."""

from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from drugs import publishing
from drugs.admin.base import render_page
from drugs.admin.monographs.differences import differences
from drugs.admin.monographs.lookup import back_to_screen, find_for_writer, read_desk
from drugs.admin.monographs.publish import FROM_REVIEW, KINDS, prepare, writers
from drugs.admin.monographs.rounds import asked_last, latest_round
from drugs.admin.monographs.row_forms import BodyField, LineField
from drugs.admin.users import account_name, display_names
from drugs.content import LINE_CHARS, Document, sha256
from drugs.models import Monograph, ReviewNote
from drugs.models.review_notes import TEXT_CHARS, Act

MOST_NOTES = 300  # of one page are shown, the newest


class NoteForm(forms.Form):
    """What somebody says of a text: of its `version`, of the section at `anchor` or the whole page."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    anchor = LineField(max_length=400, required=False)
    heading = LineField(max_length=2 * LINE_CHARS, required=False)
    text = BodyField(max_length=TEXT_CHARS, required=False)


class Talk(NamedTuple):
    """The notes of a page: the hand-in that they are about, and all that was said since the current edition."""

    handed_in: ReviewNote | None
    notes: list[ReviewNote]
    earlier: int  # notes on texts that have been published since
    others: list[Monograph]  # pages handed in together with this one, which still wait


def review_page(request: HttpRequest, monograph_id: int, model_admin: admin.ModelAdmin) -> HttpResponse:
    """The review of the desk's text. POST adds a comment or asks for changes; signing is done by `publish_page`."""
    monograph = find_for_writer(request, monograph_id)
    document = read_desk(request, monograph)
    if document is None:
        return back_to_screen(monograph)
    kept: dict[str, str] = {}  # what was typed and could not be saved
    refused_ask = ""
    if request.method == "POST":
        try:
            return _act(request, monograph, model_admin)
        except publishing.PublishingError as error:
            refused_ask = str(error) if "_ask" in request.POST else ""
            if not refused_ask:
                messages.error(request, str(error))
            kept = {"anchor": request.POST.get("anchor", ""), "text": request.POST.get("text", "")}
    publication = monograph.publication_or_none
    may_publish = request.user.has_perm("drugs.publish_monograph")
    before = Document.from_json(publication.edition.document) if publication else None
    talk = talk_of(monograph, everything="all" in request.GET)
    text_now = sha256(document.to_json())
    prepared = prepare(request, monograph, document) if may_publish else None
    round_ = latest_round(monograph, document, talk.notes)
    since = round_.shown if round_ else None
    everything = "whole" in request.GET
    shown = differences(before, document, () if since else talk.notes, folded=not everything)
    context: dict[str, Any] = {
        **(vars(prepared) if prepared else {}),
        "shown": shown,
        "round": round_,
        "talked": since or shown,
        "everything": everything and not shown.is_first and shown.word_changes,
        "was_reviewed": bool(publication and publication.reviewed_on),
        "title": f"Review of {monograph}",
        "original": monograph,
        "talk": talk,
        "asked": asked_last(talk.notes),
        "is_waiting": monograph.submitted,
        "is_mine": account_name(request.user) in (monograph.submitted_by, monograph.sent_back_to),
        "may_publish": may_publish,
        "blocked": bool(prepared and prepared.blocked),
        "text_now": text_now,
        "writers": writers(monograph),
        "second_person": settings.SECOND_PERSON,
        "from_review": FROM_REVIEW,
        "kept": kept,
        "refused_ask": refused_ask,
        "text_chars": TEXT_CHARS,
    }
    return render_page(request, model_admin, "admin/drugs/monograph/review.html", context)


def talk_of(monograph: Monograph, everything: bool = False) -> Talk:
    """What was said of the texts of `monograph` since its current edition, or ever."""
    notes = list(monograph.review_notes.order_by("-at", "-id")[:MOST_NOTES])[::-1]
    names = display_names(note.by for note in notes)
    for note in notes:
        # A name that somebody without an account has given is no account's.
        note.by_name = note.by if note.share_id else names.get(note.by, note.by)  # type: ignore[attr-defined]  # for the template
        note.kind_words = KINDS.get(note.kind, "")  # type: ignore[attr-defined]
    publication = monograph.publication_or_none
    since = [note for note in notes if everything or not publication or note.at > publication.published_at]
    handed_in = next((note for note in reversed(since) if note.act == Act.HANDED_IN), None)
    others = _others(monograph, handed_in.batch) if handed_in and handed_in.batch else []
    return Talk(handed_in, [note for note in since if note is not handed_in], len(notes) - len(since), others)


def comments_since(monograph: Monograph) -> int:
    """The number of comments, by links too, and requests on texts of `monograph` since its current edition."""
    comments = monograph.review_notes.exclude(act=Act.HANDED_IN)
    publication = monograph.publication_or_none
    return (comments.filter(at__gt=publication.published_at) if publication else comments).count()


def _others(monograph, batch):
    together = ReviewNote.objects.filter(batch=batch).exclude(monograph=monograph).values("monograph")
    return list(Monograph.objects.waiting().filter(pk__in=together)[:50])


def _act(request, monograph, model_admin):
    form = NoteForm(request.POST)
    if not form.is_valid():
        raise publishing.PublishingError(
            " ".join(error for errors in form.errors.values() for error in errors)
        )
    said, by = form.cleaned_data, account_name(request.user)
    if "_ask" in request.POST:
        if not request.user.has_perm("drugs.publish_monograph"):
            raise PermissionDenied
        author = monograph.submitted_by
        publishing.ask_for_changes(monograph, by=by, text=said["text"], version=said["version"])
        model_admin.log_change(request, monograph, "Asked for changes.")
        messages.success(
            request, f"{monograph} is sent back to {display_names([author]).get(author, author)}."
        )
        return HttpResponseRedirect(f"{reverse('admin:drugs_monograph_changelist')}?list=for_me")
    if not said["text"]:
        raise publishing.PublishingError("Write something first.")
    if not monograph.review_notes.filter(act=Act.COMMENTED, by=by, **said).exists():  # sent twice, said once
        publishing.comment(monograph, by=by, **said)
    back = reverse("admin:drugs_monograph_review", args=[monograph.pk])
    return HttpResponseRedirect(f"{back}#talk-{said['anchor']}")
