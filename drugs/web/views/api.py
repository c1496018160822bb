"""Views of /api/v1/: lists of pages, editions, side effects and classes, the changes, and each page as JSON."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from drugs.audit.withdrawals import withdrawals_of_pages
from drugs.content.sort_keys import letter_of
from drugs.formats import json_record
from drugs.models import Edition, Publication, PublishedClass, PublishedEffect, Tally
from drugs.models.paging import page_of
from drugs.web import change_feed, facet_lists, monograph_filters
from drugs.web.data_responses import data_view, error, json_response, list_response
from drugs.web.kept_answers import kept_list
from drugs.web.parameters import FILTERS, START, read_parameters, read_value
from drugs.web.views import monographs

EDITIONS = 100  # rows


@data_view
@kept_list(*FILTERS, "order", "cursor")
def monograph_list(request: HttpRequest) -> HttpResponse:
    """The pages that fit the filters, at most 100 of them behind `cursor`."""
    page, following = monograph_filters.pages(read_parameters(request, *FILTERS, "order", "cursor"))
    return list_response([row(publication) for publication in page], following)


def row(publication: Any) -> dict[str, Any]:
    """A page as lists for programs have it, without its text; a withdrawn one says when that was and why."""
    said = {
        "slug": publication.slug,
        "title": publication.title,
        "language": publication.language,
        "origin": publication.origin,
        "status": publication.status,
        "reviewed_by": publication.reviewed_by,
        "reviewed_on": publication.reviewed_on,
        "review_due": publication.review_due,
        "edition": publication.number,
        "published_at": publication.published_at.isoformat(),
        "sha256": publication.sha256,
        "url": settings.BASE_URL + publication.get_absolute_url(),
    }
    if publication.withdrawn_at:
        said["withdrawn_at"] = publication.withdrawn_at.isoformat()
        said["withdrawn_reason"] = publication.withdrawn_reason
    return said


# Under /api/v1/ and under the page's own address.
monograph_detail = data_view(monographs.monograph_json)
monograph_markdown = data_view(monographs.monograph_markdown)


@data_view
@kept_list("cursor")
def edition_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The editions of a page without their texts, newest first, while it is withdrawn too, and its withdrawals."""
    publication = get_object_or_404(Publication, slug=slug)
    editions = (
        Edition.objects.filter(monograph=publication.monograph_id).defer("document").order_by("-number")
    )
    cursor = read_parameters(request, "cursor").get("cursor")
    if cursor:
        if not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 10):
            read_value("cursor", "\0")
        editions = editions.filter(number__lt=int(cursor))
    page, last = page_of(editions, EDITIONS)
    items = [
        {
            **json_record.edition_as_json(edition),
            "url": settings.BASE_URL + reverse("drugs:edition-detail", args=[slug, edition.number]),
        }
        for edition in page
    ]
    withdrawals = json_record.withdrawals_as_json(withdrawals_of_pages([publication])[slug])
    more = {
        "slug": slug,
        "status": publication.status,
        "origin": publication.origin,
        "withdrawals": withdrawals,
    }
    return list_response(items, str(last.number) if last else None, **more)


@data_view
@kept_list("since")
def change_list(request: HttpRequest) -> HttpResponse:
    """What happened to pages behind `since`, at most 100 entries; `cursor` leads on from there for ever."""
    page = change_feed.changes_since(read_parameters(request, "since").get("since", START))
    items = [change_feed.item(entry) for entry in page.entries]
    return json_response({"items": items, "next": page.cursor if page.more else None, "cursor": page.cursor})


@data_view
@kept_list("letter", "cursor")
def effect_list(request: HttpRequest) -> HttpResponse:
    return _facets(request, PublishedEffect, "effect-detail")


@data_view
@kept_list("letter", "cursor")
def class_list(request: HttpRequest) -> HttpResponse:
    return _facets(request, PublishedClass, "class-detail")


def _facets(request: HttpRequest, table: facet_lists.FacetTable, address: str) -> HttpResponse:
    """The A-Z of side effects or of classes, of one `letter` or of all; the cursor is a slug."""
    values = read_parameters(request, "letter", "cursor")
    after = None
    if slug := values.get("cursor"):
        after = Tally(kind=facet_lists.KINDS[table], letter=letter_of(slug), key=slug)
    rows, last = facet_lists.facets(table, values.get("letter", ""), after)
    items = [_facet(facet, address) for facet in rows]
    return list_response(items, last.key if last else None)


def _facet(facet: Any, address: str) -> dict[str, Any]:
    said = {
        "slug": facet.key,
        "name": facet_lists.entry_name(facet.key, facet.name) if address == "effect-detail" else facet.name,
        "letter": facet.letter,
        "pages": facet.number,
        "url": settings.BASE_URL + reverse(f"drugs:{address}", args=[facet.key]),
    }
    return {**said, "atc": facet.code or ""} if hasattr(facet, "code") else said


@data_view
def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """404 for whatever else is asked for under /api/."""
    docs = settings.BASE_URL + reverse("drugs:api-docs")
    return error(_("There is nothing at this address; %(docs)s says what there is.") % {"docs": docs}, 404)
