"""Limit of what is sent to the desk: a large body is read only from somebody who may upload a file of pages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from drugs.accounts.admin_site import may_enter_desk
from drugs.http import Handler
from drugs.http.security_headers import is_desk_request
from drugs.import_export.tasks import UPLOAD_BYTES

FORM_BYTES = 64 * 1024  # of the upload's other fields


def refuse_large_bodies(get_response: Handler) -> Handler:
    """Middleware that refuses a body before anything of it is parsed, the CSRF token included: 413."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if is_desk_request(request) and _length(request) > _limit(request):
            words = "What you sent is too large. Nothing of it was kept. Please go back and send less."
            return HttpResponse(words, status=413, content_type="text/plain; charset=utf-8")
        return get_response(request)

    return middleware


def _length(request):
    """The length of the body in bytes, as its sender says; the server reads no more than that."""
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isascii() and text.isdigit() else 0


def _limit(request):
    may_upload = (
        request.path == reverse("admin:drugs_importtask_add")
        and may_enter_desk(request.user)
        and request.user.has_perm("drugs.add_importtask")
    )
    return UPLOAD_BYTES + FORM_BYTES if may_upload else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
