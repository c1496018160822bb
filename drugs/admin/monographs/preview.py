"""How would the whole page look to readers: if the desk were published now, or as an old edition said it?"""

from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from drugs.admin.monographs.lookup import back_to_screen, find_for_writer, read_desk
from drugs.models import Edition
from drugs.search import ingredient_links
from drugs.web import article
from drugs.web.responses import render_page


@require_safe
@never_cache
def preview_page(request, monograph_id, model_admin):
    """The public templates around the text of the desk, marked as a preview."""
    monograph = find_for_writer(request, monograph_id)
    document = read_desk(request, monograph)
    return _show(request, monograph, article.build(document)) if document else back_to_screen(monograph)


@require_safe
@never_cache
def edition_page(request, monograph_id, number, model_admin):
    """An old edition, which editors may read even while the page is withdrawn."""
    monograph = find_for_writer(request, monograph_id)
    edition = get_object_or_404(Edition, monograph=monograph, number=number)
    return _show(request, monograph, article.of_edition(edition), edition)


def _show(request, monograph, shown, edition=None):
    context = {
        "original": monograph,
        "edition": edition,
        "article": shown,
        "ingredients": ingredient_links.ingredient_links(shown.ingredients, shown.title),
    }
    return render_page(request, "admin/drugs/monograph/preview.html", context)
