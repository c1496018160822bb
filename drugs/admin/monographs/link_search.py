"""Search for medicines of the site while an editor types, to link to them from a text."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from drugs.search import names
from drugs.web import lists
from drugs.web.forms import SearchForm


@require_safe
@never_cache
def medicines(request: HttpRequest) -> HttpResponse:
    """The public pages that `q` may mean, as JSON, for those who may see the desk: as the readers' search box has them.

    They are asked for here, since the desk may have a host of its own, from which readers' addresses are others.
    """
    if not request.user.has_perm("drugs.view_monograph"):
        raise PermissionDenied
    form = SearchForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"error": form.errors["q"][0]}, status=400)
    query = form.cleaned_data["q"]
    found, _passages = lists.with_publications(names.find(query) if query else [], [])
    return JsonResponse({"results": list(map(lists.suggestion, found))})
