"""Views of sitemap and robots.txt: an index of files, each of them a range of keys, so that none can grow too long."""

from django.conf import settings
from django.db.models import BigIntegerField, ExpressionWrapper, F, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from drugs.models import Publication
from drugs.web.kept_answers import kept_file, kept_list

FILE = 10_000  # addresses a file; the protocol allows 50,000, and this many are made in a few hundredths of a second
_FRAME = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<{whole} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{parts}</{whole}>\n'
)


@kept_list()
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The files that have something in them. A page stays in its file for ever: its key says which."""
    file = ExpressionWrapper(F("pk") / FILE, BigIntegerField())
    files = Publication.objects.indexable().order_by().annotate(file=file).values_list("file")
    changed = files.annotate(Max("published_at")).order_by("file")
    return _xml(
        "sitemapindex", "sitemap", ((reverse("drugs:sitemap-file", args=row[:1]), row[1]) for row in changed)
    )


@kept_list()
def sitemap_file(request: HttpRequest, number: int) -> HttpResponse:
    """The addresses of one file. Raises Http404 behind the last page of the site."""
    first = number * FILE
    if first + FILE > BigIntegerField.MAX_BIGINT:
        raise Http404(number)
    pages = Publication.objects.indexable().filter(pk__gte=first, pk__lt=first + FILE).order_by("pk")
    rows = list(pages.values_list("slug", "published_at"))
    if not rows and not Publication.objects.filter(pk__gte=first).exists():
        raise Http404(number)
    start, end = reverse("drugs:monograph-detail", args=["-"]).split("-")
    return _xml("urlset", "url", ((f"{start}{slug}{end}", day) for slug, day in rows))


def _xml(whole, part, rows):
    """Addresses hold letters, digits and dashes only: there is nothing to escape."""
    site = settings.BASE_URL
    parts = "".join(
        f"<{part}><loc>{site}{path}</loc><lastmod>{day.isoformat(timespec='seconds')}</lastmod></{part}>\n"
        for path, day in rows
    )
    return HttpResponse(_FRAME.format(whole=whole, parts=parts), content_type="application/xml")


@kept_file
def robots(request: HttpRequest) -> HttpResponse:
    address = settings.BASE_URL + reverse("drugs:sitemap")
    text = f"User-agent: *\nDisallow: /admin/\nDisallow: /search/\nDisallow: /report/\nSitemap: {address}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
