"""The preview of a whole page as readers would see it: of the desk, and of an old edition."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from drugs.admin.monographs.lookup import back_to_screen, find_for_writer, read_desk
from drugs.models import Edition
from drugs.search import ingredient_links
from drugs.web import article
from drugs.web.responses import render_page


@require_safe
@never_cache
def preview_page(request: HttpRequest, monograph_id: int, model_admin: admin.ModelAdmin) -> HttpResponse:
    """The preview of the desk, in the public templates; back to the screen if no page can carry it."""
    monograph = find_for_writer(request, monograph_id)
    document = read_desk(request, monograph)
    if document is None:
        return back_to_screen(monograph)
    form = reverse("admin:drugs_monograph_change", args=[monograph.pk])
    return _render(request, monograph, article.build(document, form=form))


@require_safe
@never_cache
def edition_page(
    request: HttpRequest, monograph_id: int, number: int, model_admin: admin.ModelAdmin
) -> HttpResponse:
    """The preview of an old edition, which editors may read even while the page is withdrawn."""
    monograph = find_for_writer(request, monograph_id)
    edition = get_object_or_404(Edition, monograph=monograph, number=number)
    return _render(request, monograph, article.of_edition(edition), edition)


def _render(request, monograph, built, edition=None):
    context = {
        "original": monograph,
        "edition": edition,
        "article": built,
        "ingredients": ingredient_links.ingredient_links(built.ingredients, built.title),
    }
    return render_page(request, "admin/drugs/monograph/preview.html", context)
