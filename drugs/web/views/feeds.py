"""View of the Atom feed: the newest editions that change what a page says, safety changes marked."""

import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from drugs.models import Checkpoint
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


@kept_list()
def feed(request: HttpRequest) -> HttpResponse:
    """The feed. The addresses in it are the site's own, whatever Host the request named."""
    site = settings.BASE_URL
    feed = SteadyFeed(
        title=_("%(site)s: newest pages") % {"site": settings.SITE_NAME},
        link=site + reverse("drugs:home"),
        feed_url=site + reverse("drugs:feed"),
        description="",
        checkpoint=Checkpoint.objects.values_list("note", flat=True).last(),
        language=get_language(),
    )
    for edition in changes.recent_changes(ENTRIES):
        page = edition.monograph.publication
        address = site + page.get_absolute_url()
        safety = edition.kind == "safety"
        feed.add_item(
            title=_("Safety change: %(title)s") % {"title": page.title} if safety else page.title,
            link=address,
            unique_id=f"{address}#edition-{edition.number}",
            description=edition.note or page.summary,
            updateddate=edition.published_at,
            categories=[edition.kind],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
