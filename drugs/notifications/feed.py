"""The Atom feed of waiting work, for a program that reads feeds: its address holds the token of one person."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from drugs.http.desk_host import desk_origin
from drugs.notifications import work
from drugs.notifications.choices import user_of_feed


def feed_address(token: str) -> str:
    """The address of the feed. The token stands behind the `?`, which no log keeps."""
    return f"{desk_origin() or settings.BASE_URL}{reverse('work-feed')}?token={token}"


@require_safe
def work_feed(request: HttpRequest) -> HttpResponse:
    """What waits for whoever made the token; one same answer for any other."""
    user = user_of_feed(request.GET.get("token", ""))
    if user is None:
        return HttpResponse("There is no feed at this address.\n", "text/plain; charset=utf-8", status=404)
    start = work.desk_address("index")
    feed = Atom1Feed(f"{settings.SITE_NAME}: what waits for you", start, "", language="en")
    for entry in work.entries(user):
        feed.add_item(
            entry.title,
            entry.address,
            description="",
            unique_id=f"{entry.address}#{entry.key}",
            updateddate=entry.since,
        )
    return HttpResponse(feed.writeString("utf-8"), "application/atom+xml; charset=utf-8")
