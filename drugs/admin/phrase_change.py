"""Change of a phrase in many pages: a preview for each, ticked, saved as drafts and handed in together.

Nothing is published here: each page waits for a reviewer of its own.
"""

import secrets
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from drugs import audit, desk, formats, publishing
from drugs.admin.base import render_page, whole_number
from drugs.admin.monographs.differences import PlacedFigure
from drugs.admin.monographs.hand_in import HandInForm
from drugs.admin.monographs.row_forms import LineField
from drugs.admin.monographs.states import state
from drugs.admin.text_search import START_DIGITS, search_texts
from drugs.admin.users import account_name
from drugs.content import Document, DocumentError, diff
from drugs.content.figures import figure_changes
from drugs.content.phrases import LONGEST, SHORTEST, replace_phrase
from drugs.models import Monograph

TICK = "page"  # name of the tick boxes; their value is key and version of a desk
# What becomes of a page in each state; one that is left out cannot be ticked.
OUTCOMES = {
    "same": "saved and handed in",
    "new": "saved as a draft: it has never been public",
    "changes": "saved as a draft: it has other changes that nobody has handed in",
    "withdrawn": "saved as a draft: it is withdrawn",
}


class PhraseForm(forms.Form):
    """The phrase and what takes its place."""

    find = LineField(
        label="Phrase", min_length=SHORTEST, max_length=LONGEST, help_text="Whole words, capitals as typed."
    )
    words = LineField(label="Change it to", max_length=LONGEST)


class BatchForm(HandInForm):
    """What is said of all pages that are handed in together."""

    version = None  # type: ignore[assignment]  # each page has its own


@dataclass(frozen=True)
class PageChange:
    """One page of the preview. `objection` says why it cannot be changed here; "" if it can."""

    monograph: Monograph
    document: Document | None
    changes: list[diff.Change]
    figures: list[PlacedFigure]
    more_figures: int
    outcome: str
    objection: str = ""

    @property
    def tick(self) -> str:
        return f"{self.monograph.pk}.{self.monograph.version}"


class Done(NamedTuple):
    handed_in: list[Monograph]
    saved: list[Monograph]  # those that were handed in, and others
    refused: list[str]


def preview(find: str, words: str, start: int = 0) -> tuple[list[PageChange], int | None]:
    """What the change would do to each page that says the phrase, a screen of them; and where the next one starts."""
    search = search_texts(find, start)
    prefetch_related_objects([found.monograph for found in search.found], *desk.PARTS)
    changes = [_page_change(found.monograph, find, words) for found in search.found]
    return [change for change in changes if change.changes or change.objection], search.next


def _page_change(monograph, find, words):
    key = state(monograph).key
    try:
        document = desk.read(monograph)
        changed = replace_phrase(document, find, words)
        formats.check_size(changed)
    except DocumentError as error:
        return PageChange(monograph, None, [], [], 0, "", f"No page could say this: {error}")
    changes = diff.compare(document, changed)
    waits = "" if key in OUTCOMES or not changes else "It waits for review: a change would take it back."
    listed, more = figure_changes(document, changed)
    figures = [PlacedFigure(figure, "") for figure in listed]
    return PageChange(monograph, changed, changes, figures, more, OUTCOMES.get(key, ""), waits)


def phrase_page(request: HttpRequest, model_admin: admin.ModelAdmin) -> HttpResponse:
    """The form, its preview (GET), and the change of the ticked pages (POST)."""
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    data = request.POST or request.GET
    form = PhraseForm(
        data if "words" in data else None, initial={"find": request.GET.get("find", "")[:LONGEST]}
    )
    batch = BatchForm(request.POST or None, is_public=True)
    context: dict[str, Any] = {"title": "Change a phrase", "form": form, "batch": batch, "tick": TICK}
    if form.is_bound and form.is_valid():
        find, words = form.cleaned_data["find"], form.cleaned_data["words"]
        start = data.get("start", "")
        pages, following = preview(find, words, whole_number(start, START_DIGITS) or 0)
        ticked = set(request.POST.getlist(TICK))
        if "all" in request.GET and request.method == "GET":
            ticked = {page.tick for page in pages if not page.objection}
        if request.method == "POST" and not ticked:
            batch.add_error(None, "Tick the pages that should be changed.")
        if request.method == "POST" and batch.is_valid():
            done = change_pages(
                [page for page in pages if page.tick in ticked],
                account_name(request.user),
                batch.cleaned_data,
            )
            return _report(request, model_admin, done, len(ticked))
        context |= {
            "pages": pages,
            "next": following,
            "start": start,
            "ticked": ticked,
            "find": find,
            "words": words,
        }
    return render_page(request, model_admin, "admin/drugs/texts/phrase.html", context)


@transaction.atomic
def change_pages(pages: list[PageChange], by: str, said: dict[str, str]) -> Done:
    """The changes of `pages` saved as drafts; those that were as published are handed in together with `said`."""
    audit.lock_log()
    token = secrets.token_hex(8)
    handed_in: list[Monograph] = []
    saved: list[Monograph] = []
    refused: list[str] = []
    for page in pages:
        if page.objection or page.document is None:
            refused.append(f"{page.monograph}: {page.objection}")
            continue
        as_published = state(page.monograph).key == "same"
        try:
            with transaction.atomic():
                monograph = desk.rewrite(page.monograph, page.document, by=by, version=page.monograph.version)
        except desk.StaleDesk as error:
            refused.append(f"{page.monograph}: {error}")
            continue
        saved.append(monograph)
        if not as_published:
            continue
        try:
            with transaction.atomic():
                publishing.submit(
                    monograph,
                    by=by,
                    batch=token,
                    kind=said["kind"],
                    reason=said["reason"],
                    source=said["source"],
                )
            handed_in.append(monograph)
        except publishing.PublishingError as error:
            refused.append(f"{page.monograph}: saved, and not handed in. {error}")
    return Done(handed_in, saved, refused)


def _links(done):
    """The pages that were saved, each with the way to its review, or to its form if it is a draft."""
    handed_in = {page.pk for page in done.handed_in}
    pages = (
        (
            reverse(
                f"admin:drugs_monograph_{'review' if page.pk in handed_in else 'change'}", args=[page.pk]
            ),
            page,
        )
        for page in done.saved
    )
    return format_html_join(", ", '<a href="{}">{}</a>', pages)


def _report(request, model_admin, done, ticked):
    count = len(done.saved)
    words = f"{count} page{'s' * (count != 1)} saved, {len(done.handed_in)} of them handed in together"
    for pages, act in ((done.saved, "Changed a phrase."), (done.handed_in, "Handed in for review.")):
        LogEntry.objects.log_actions(request.user.pk, pages, CHANGE, act)
    messages.success(request, format_html("{}{}{}.", words, ": " * bool(count), _links(done)))
    for sentence in done.refused:
        messages.warning(request, sentence)
    if count + len(done.refused) < ticked:
        messages.warning(
            request, "Some ticked pages were left as they are: somebody has saved them meanwhile."
        )
    return redirect("admin:drugs_monograph_phrase")
