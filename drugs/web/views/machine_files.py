"""Views of files that only machines ask for: OpenSearch, the JSON Schema of a monograph, llms.txt, icons, cards."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from drugs.formats import json_schema
from drugs.web import open_data, preview_card
from drugs.web.kept_answers import kept_file, kept_list, kept_page
from drugs.web.lookup import find_publication

# Beside the code, so that they are there whether or not static files were collected.
PICTURES = Path(__file__).resolve().parents[2] / "static" / "drugs"
SCHEMA_TYPE = "application/schema+json"


@kept_file
def opensearch(request: HttpRequest) -> HttpResponse:
    """How a browser searches here. Without suggestions: a bare list of names could not say which are only similar."""
    return render(request, "drugs/opensearch.xml", content_type="application/opensearchdescription+xml")


@kept_file
def monograph_schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of a monograph. Its address names the version of the shape."""
    schema = json_schema.build(settings.BASE_URL + reverse("drugs:monograph-schema"))
    return JsonResponse(schema, content_type=SCHEMA_TYPE, json_dumps_params={"indent": 1})


@kept_list()
def llms_txt(request: HttpRequest) -> HttpResponse:
    """What programs that read for people are told first, as Markdown (llmstxt.org)."""
    return HttpResponse(open_data.llms_txt(), content_type="text/plain; charset=utf-8")


@kept_page()
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture beside a link to a page: its name and status; the site's own where the font lacks a letter."""
    publication = find_publication(slug)
    words = (
        publication.title,
        open_data.status_sentence(publication),
        settings.SITE_NAME,
        _("General information, not medical advice."),
    )
    if not all(map(preview_card.can_draw, words)):
        return _picture("card.png", "image/png")
    title, sentence, site, footnote = words
    picture = preview_card.draw(title, publication.status, sentence, site, footnote)
    return HttpResponse(picture, content_type="image/png")


@kept_file
def favicon(request: HttpRequest) -> HttpResponse:
    """The sign of the site where browsers look for it without being told."""
    return _picture("favicon.ico", "image/x-icon")


@kept_file
def touch_icon(request: HttpRequest) -> HttpResponse:
    """The sign of the site on the first screen of a telephone."""
    return _picture("touch-icon.png", "image/png")


def _picture(name, kind):
    return HttpResponse((PICTURES / name).read_bytes(), content_type=kind)
