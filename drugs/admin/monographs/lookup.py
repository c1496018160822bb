"""The lookup of a monograph with a permission check, for the pages beside its change form."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from drugs import desk
from drugs.content import Document, DocumentError
from drugs.models import Monograph

AT_TOP = "at-top"  # tag of messages that stand there alone, and not in the bar of buttons, too


def find_for_reviewer(request: HttpRequest, monograph_id: int) -> Monograph:
    """The monograph with its publication, for those who may publish: 403 for others, 404 if there is none."""
    return _find(request, monograph_id, "drugs.publish_monograph")


def find_for_writer(request: HttpRequest, monograph_id: int) -> Monograph:
    """The monograph with its publication, for those who may write it: 403 for others, 404 if there is none."""
    return _find(request, monograph_id, "drugs.change_monograph")


def _find(request, monograph_id, permission):
    if not request.user.has_perm(permission):
        raise PermissionDenied
    return get_object_or_404(Monograph.objects.select_related("publication__edition"), pk=monograph_id)


def read_desk(request: HttpRequest, monograph: Monograph) -> Document | None:
    """The document of the desk; None, and a message to the person, if it holds what no page can carry."""
    try:
        return desk.read(monograph)
    except DocumentError as error:
        messages.error(request, f"The desk cannot be printed as a page ({error}) Mend this and save.")
        return None


def back_to_screen(monograph: Monograph) -> HttpResponseRedirect:
    """A redirect to the change form of the monograph."""
    return HttpResponseRedirect(reverse("admin:drugs_monograph_change", args=[monograph.pk]))


def to_top_of_screen(monograph: Monograph) -> HttpResponseRedirect:
    """The same to its top, where messages stand: a browser would go on to the part that was open before."""
    return HttpResponseRedirect(f"{back_to_screen(monograph).url}#container")


def edit_page(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    """A redirect to the change form of the page at the address `slug`, for those who may see it."""
    if not request.user.has_perm("drugs.view_monograph"):
        raise PermissionDenied
    return back_to_screen(get_object_or_404(Monograph, slug=slug))
