"""What search engines may list: one file a letter, since a file may hold 50,000 addresses at most."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from drugs.frame import public
from drugs.lists import LETTERS
from drugs.models import Publication


@public
def index(request):
    pages = Publication.objects.indexable().order_by("letter").values_list("letter", flat=True).distinct()
    return render(request, "drugs/sitemap_index.xml", {"letters": pages}, content_type="application/xml")


@public
def of_letter(request, letter):
    if letter not in LETTERS:
        raise Http404(letter)
    pages = Publication.objects.indexable().starting_with(letter).only("slug", "published_at")
    return render(request, "drugs/sitemap.xml", {"publications": pages}, content_type="application/xml")


@public
def robots(request):
    address = settings.BASE_URL + reverse("drugs:sitemap")
    text = f"User-agent: *\nDisallow: /admin/\nDisallow: /search/\nDisallow: /report/\nSitemap: {address}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
