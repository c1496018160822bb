"""Views of the Atom feeds: the newest pages, everything that happens to one page, and everything to all of them."""

import datetime
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from drugs.models import Checkpoint, Edition, PageChange, Publication
from drugs.models.changes import GONE
from drugs.web import changes
from drugs.web.kept_answers import kept_list

ENTRIES = 50
NOTES = "https://c2sp.org/signed-note"  # the name space of the newest checkpoint
NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)  # a feed must say when it changed


class SteadyFeed(Atom1Feed):
    """Atom feed whose time is that of its newest entry, and never the moment at which somebody asked for it."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        if note := self.feed["checkpoint"]:
            handler.addQuickElement("checkpoint", note, {"xmlns": NOTES})

    def latest_post_date(self) -> datetime.datetime:
        return super().latest_post_date() if self.items else NEVER


def _feed(title: str, link: str, path: str, checkpoint: str | None = None) -> SteadyFeed:
    """An empty feed. The addresses in it are the site's own, whatever Host the request named."""
    site = settings.BASE_URL
    return SteadyFeed(
        title=title,
        link=site + link,
        feed_url=site + path,
        description="",
        checkpoint=checkpoint,
        language=get_language(),
    )


def _response(feed: SteadyFeed) -> HttpResponse:
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@kept_list()
def feed(request: HttpRequest) -> HttpResponse:
    """The newest editions that change what a page says, safety changes marked."""
    title = _("%(site)s: newest pages") % {"site": settings.SITE_NAME}
    checkpoint = Checkpoint.objects.values_list("note", flat=True).last()
    feed = _feed(title, reverse("drugs:home"), reverse("drugs:feed"), checkpoint)
    for edition in changes.recent_changes(ENTRIES):
        page = edition.monograph.publication
        address = settings.BASE_URL + page.get_absolute_url()
        safety = edition.kind == "safety"
        feed.add_item(
            title=_("Safety change: %(title)s") % {"title": page.title} if safety else page.title,
            link=address,
            unique_id=f"{address}#edition-{edition.number}",
            description=edition.note or page.summary,
            updateddate=edition.published_at,
            categories=[edition.kind],
        )
    return _response(feed)


@kept_list()
def change_feed(request: HttpRequest) -> HttpResponse:
    """Everything that happens to pages, withdrawals included, the newest first."""
    title = _("%(site)s: all changes") % {"site": settings.SITE_NAME}
    return _of_changes(title, reverse("drugs:home"), reverse("drugs:change-feed"), PageChange.objects.all())


@kept_list()
def monograph_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that happens to one page; it goes on while the page is withdrawn, and says so."""
    publication = get_object_or_404(Publication, slug=slug)
    path = reverse("drugs:monograph-feed", args=[slug])
    return _of_changes(publication.title, publication.get_absolute_url(), path, publication.changes.all())


def _of_changes(title, link, path, rows):
    entries = list(rows.select_related("publication__successor").order_by("-number")[:ENTRIES])
    feed = _feed(title, link, path)
    for entry, note in _with_notes(entries):
        page = entry.publication
        address = settings.BASE_URL + page.get_absolute_url()
        feed.add_item(
            title=_what(entry) % {"title": page.title},
            link=address,
            unique_id=f"{address}#change-{entry.number}",
            description=note,
            updateddate=entry.at,
            categories=[entry.kind],
        )
    return _response(feed)


def _what(entry: PageChange) -> str:
    return {
        "published": _("New edition: %(title)s"),
        "reviewed": _("Reviewed: %(title)s"),
        "withdrawn": _("Withdrawn: %(title)s"),
        "moved": _("Withdrawn as a duplicate: %(title)s"),
        "restored": _("Restored: %(title)s"),
    }[entry.kind]


def _with_notes(entries: Sequence[PageChange]) -> Iterator[tuple[PageChange, str]]:
    """The entries, each with the note of its edition, or why the page is withdrawn: one query."""
    pages = {entry.publication.monograph_id for entry in entries}
    numbers = {entry.edition for entry in entries}
    editions = Edition.objects.filter(monograph__in=pages, number__in=numbers)
    notes = {
        (monograph, number): note
        for monograph, number, note in editions.values_list("monograph_id", "number", "note")
    }
    for entry in entries:
        page = entry.publication
        note = page.withdrawn_reason if entry.kind in GONE else notes[page.monograph_id, entry.edition]
        yield entry, note
