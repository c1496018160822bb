"""What do the pages beside the screen of a monograph share: who may see them, and the frame around them?"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from drugs import desk
from drugs.content import DocumentError
from drugs.models import Monograph


def find_for_reviewer(request, monograph_id):
    """The Monograph, for those who may publish; the others are refused."""
    if not request.user.has_perm("drugs.publish_monograph"):
        raise PermissionDenied
    return get_object_or_404(Monograph.objects.select_related("publication__edition"), pk=monograph_id)


def find_for_writer(request, monograph_id):
    """The Monograph, for those who may write it; the others are refused."""
    if not request.user.has_perm("drugs.change_monograph"):
        raise PermissionDenied
    return get_object_or_404(Monograph.objects.select_related("publication__edition"), pk=monograph_id)


def read_desk(request, monograph):
    """The Document of the desk, or None if it holds what no page can carry; whoever asks is told."""
    try:
        return desk.read(monograph)
    except DocumentError as error:
        messages.error(request, f"The desk cannot be printed as a page ({error}) Mend this and save.")
        return None


def back_to_screen(monograph):
    """Sends whoever asks to the screen of the monograph."""
    return HttpResponseRedirect(reverse("admin:drugs_monograph_change", args=[monograph.pk]))


def render_page(request, model_admin, monograph, name, context):
    """One of these pages, in the admin's frame."""
    frame = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts, "original": monograph}
    return render(request, f"admin/drugs/monograph/{name}.html", {**frame, **context})
