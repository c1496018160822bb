"""What was published last, for feed readers."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from drugs.frame import public
from drugs.models import Publication

ENTRIES = 50


@public
def published(request):
    """Atom. The addresses in it are the site's own, whatever Host the request named."""
    here = settings.BASE_URL
    feed = Atom1Feed(
        title=_("%(site)s: newest pages") % {"site": settings.SITE_NAME},
        link=here + reverse("drugs:home"),
        feed_url=here + reverse("drugs:feed"),
        description="",
        language=get_language(),
    )
    pages = Publication.objects.public().order_by("-published_at", "slug").select_related("edition")
    for page in pages.defer("edition__document")[:ENTRIES]:
        address = here + page.get_absolute_url()
        feed.add_item(
            title=page.title,
            link=address,
            unique_id=f"{address}#edition-{page.number}",
            description=page.edition.note or page.summary,
            updateddate=page.published_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
