"""Desk host: the editors' desk on a host name of its own (MEDINFO_DESK_HOST), and readers' pages nowhere there."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.request import split_domain_port
from django.http.response import HttpResponseBase

from drugs.http import Handler
from drugs.http.security_headers import is_desk_request

DESK = "/admin/"
ON_EVERY_HOST = ("/static/", "/healthz/", "/readyz/")


def desk_origin() -> str:
    """Origin of the desk, such as https://desk.medicines.example.org; "" where it is on the host of the readers."""
    return f"{'https' if settings.HTTPS else 'http'}://{settings.DESK_HOST}" if settings.DESK_HOST else ""


def desk_host(get_response: Handler) -> Handler:
    """Middleware that answers the desk on its host alone, where there is one: elsewhere it is 404.

    There, links to readers' pages lead to the site of the readers, and the bare host to the desk.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not settings.DESK_HOST or request.path_info.startswith(ON_EVERY_HOST):
            return get_response(request)
        # CommonMiddleware has refused every host that is none of the site's; its port is not asked for.
        is_there = split_domain_port(request.get_host())[0] == split_domain_port(settings.DESK_HOST)[0]
        if is_desk_request(request):
            if not is_there:
                raise Http404(request.path)
            return get_response(request)
        if not is_there:
            return get_response(request)
        if request.path_info == "/":
            return HttpResponseRedirect(DESK)
        return HttpResponseRedirect(settings.BASE_URL + request.get_full_path())

    return middleware
