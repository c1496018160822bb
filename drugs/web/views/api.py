"""Views of data: the list of pages, each page as JSON and Markdown; open to other sites, errors are JSON too."""

import functools
import re
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from drugs.content import SLUG, SLUG_CHARS
from drugs.models import Publication
from drugs.models.paging import page_of
from drugs.web import open_data
from drugs.web.kept_answers import kept_list
from drugs.web.responses import View
from drugs.web.views import monographs

PAGE = 100  # rows
ALLOW = "GET, HEAD, OPTIONS"
# Nothing here knows who asks, so any site may read it in its readers' browsers.
OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


class BadValue(Exception):
    """A parameter with a value that it cannot have; says so in a sentence."""


def data_view(view: View) -> View:
    """Decorator of a `public_view` that is data for everybody: errors in JSON, open to scripts of other sites."""

    @csrf_exempt  # nothing is ever changed here, and other methods are to hear 405
    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = _answer(view, request, *args, **kwargs)
        for name, value in OPEN.items():
            response.headers[name] = value
        return response

    return answer


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": ALLOW, "Access-Control-Allow-Methods": ALLOW})
    if request.method not in ("GET", "HEAD"):
        response = error(_("Data can only be read: use GET."), 405)
        response.headers["Allow"] = ALLOW
        return response
    try:
        return view(request, *args, **kwargs)
    except BadValue as bad:
        return error(str(bad), 400)
    except Http404:
        if request.path_info.endswith(".md"):
            raise  # answered as Markdown by the handler of 404
        return error(_("There is no medicine at this address."), 404)


def error(sentence: str, status: int) -> HttpResponse:
    """An error as JSON that says `sentence`; kept in no cache."""
    return JsonResponse({"error": sentence}, status=status, headers={"Cache-Control": "no-store"})


@data_view
@kept_list("cursor")
def monograph_list(request: HttpRequest) -> HttpResponse:
    """The pages that readers may see, by slug, at most PAGE of them behind `cursor`."""
    rows = Publication.objects.public().with_language().order_by("slug")
    if cursor := request.GET.get("cursor", ""):
        if len(cursor) > SLUG_CHARS or not re.fullmatch(SLUG, cursor):
            raise BadValue(_("The cursor is none that this site gave."))
        rows = rows.filter(slug__gt=cursor)
    page, last = page_of(rows, PAGE)
    data = {
        "items": [_row(publication) for publication in page],
        "next": last.slug if last else None,
        **open_data.terms()._asdict(),
    }
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


def _row(publication: Any) -> dict[str, Any]:
    return {
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


# Under /api/v1/ and under the page's own address.
monograph_detail = data_view(monographs.monograph_json)
monograph_markdown = data_view(monographs.monograph_markdown)
