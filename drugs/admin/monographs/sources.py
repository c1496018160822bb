"""Sources that changed since the review of a page: what each cited label says now that it did not say before."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from drugs import labels
from drugs.admin.base import render_page
from drugs.admin.monographs.lookup import find_for_writer
from drugs.content.countries import country_name


@require_safe
@never_cache
def sources_page(request: HttpRequest, monograph_id: int, model_admin: admin.ModelAdmin) -> HttpResponse:
    """The difference of each cited label that changed, by kind of section."""
    monograph = find_for_writer(request, monograph_id)
    found = [
        (labels.label_title(change.after), country_name(change.after.country), change)
        for change in labels.source_changes(monograph)
    ]
    context = {
        "title": f"Sources of {monograph} that changed since the review",
        "original": monograph,
        "found": found,
        "notice": getattr(monograph, "source_notice", None),
    }
    return render_page(request, model_admin, "admin/drugs/monograph/sources.html", context)
