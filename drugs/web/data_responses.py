"""Responses of data addresses: JSON, errors too, open to scripts of other sites; every other method is 405."""

import functools
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from drugs.web import open_data

ALLOW = "GET, HEAD, OPTIONS"
# Nothing here knows who asks, so any site may read it in its readers' browsers.
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
# What a browser asks before it lets a script ask whether its copy is still the one.
ALLOWED = {
    "Allow": ALLOW,
    "Access-Control-Allow-Methods": ALLOW,
    "Access-Control-Allow-Headers": "If-None-Match",
}


Response = TypeVar("Response", bound=HttpResponseBase)


class Refused(Exception):
    """Refusal of a request for data: a sentence for who asked, and the status of the answer."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


Data = Callable[..., HttpResponseBase]


def data_view(view: Data) -> Data:
    """Decorator of a `public_view` that is data for everybody: errors in JSON, open to scripts of other sites."""

    @csrf_exempt
    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return opened(_answer(view, request, *args, **kwargs))

    return answer


def opened(response: Response) -> Response:
    """`response` with the headers by which scripts of other sites may read it."""
    for name, value in OPEN.items():
        response.headers[name] = value
    return response


def _answer(view: Data, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=ALLOWED)
    if request.method not in ("GET", "HEAD"):
        response = error(_("Data can only be read: use GET."), 405)
        response.headers["Allow"] = ALLOW
        return response
    try:
        return view(request, *args, **kwargs)
    except Refused as refused:
        return error(str(refused), refused.status)
    except Http404:
        if request.path_info.endswith(".md"):
            raise  # answered as Markdown by the handler of 404
        return error(_("There is no medicine at this address."), 404)


def error(sentence: str, status: int) -> HttpResponse:
    """An error as JSON that says `sentence`; kept in no cache."""
    return JsonResponse({"error": sentence}, status=status, headers={"Cache-Control": "no-store"})


def json_response(data: Mapping[str, Any]) -> JsonResponse:
    """`data` as JSON in which letters of all scripts stand as they are."""
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


def list_response(items: list[Any], following: str | None, **more: Any) -> JsonResponse:
    """A list for programs: `items`, the cursor of the `following` ones as `next`, `more`, and the operator's terms."""
    return json_response({"items": items, "next": following, **more, **open_data.terms()._asdict()})
