"""View of the bulk files: served while no page was withdrawn since they were written, else 503."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from drugs.web import bulk_files
from drugs.web.data_responses import data_view, error

RETRY_SECONDS = 600  # between two runs of what is due


@data_view
def bulk_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A bulk file, whole, or 503 with Retry-After until a set is written that nothing has been withdrawn from since."""
    files, is_fresh = bulk_files.newest()
    if files is None or not is_fresh:
        return _not_now()
    # Asked for again each time: no cache may keep what is withdrawn.
    headers = {"Cache-Control": "no-cache", "ETag": f'"{files.sha256[name]}"'}
    plain = HttpResponse(headers=headers)
    conditional = get_conditional_response(request, etag=headers["ETag"], response=plain)
    if conditional and conditional is not plain:
        return conditional
    try:
        file = files.path(name).open("rb")
    except OSError:  # replaced between the two looks
        return _not_now()
    return FileResponse(file, content_type=bulk_files.NAMES[name], headers=headers)


def _not_now() -> HttpResponse:
    response = error(
        _("A page was withdrawn, or nothing was written yet: the bulk files are written anew soon."), 503
    )
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
