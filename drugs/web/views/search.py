"""Views of the search page, and of the suggestions (autocomplete) while somebody types."""

from itertools import takewhile

from django.http import HttpRequest, HttpResponse, JsonResponse

from drugs.search import fulltext, names, unanswered
from drugs.web import facet_lists, lists
from drugs.web.forms import SearchForm
from drugs.web.responses import public_view, render_page


@public_view
def search(request: HttpRequest) -> HttpResponse:
    """Pages by name and by text. Without an exact name, the side effect and the class that the query is come first."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render_page(request, "drugs/search.html", {"error": form.errors["q"][0]}, status=400)
    query = form.cleaned_data["q"]
    hits = names.find(query) if query else []
    meant = {hit.slug for hit in hits if hit.match != "fuzzy"}
    passages = [passage for passage in fulltext.find(query, limit=20) if passage.slug not in meant][:10]
    results, passage_results = lists.with_publications(hits, passages)
    topics = [] if any(hit.match == "exact" for hit in hits) else facet_lists.topics(query)
    unanswered.count(query, [result.hit for result in results])
    same = [result for result in results if result.hit.match != "fuzzy"]
    similar = results[len(same) :]
    # A name that only looks like the query and looks more like it than one that was typed keeps its place.
    named = list(takewhile(lambda result: result.hit.named, similar))
    context = {
        "query": query,
        "same": same,
        "topics": topics,
        "named": named,
        "similar": similar[len(named) :],
        "passages": passage_results,
    }
    return render_page(request, "drugs/search.html", context)


@public_view
def search_suggest(request: HttpRequest) -> HttpResponse:
    """The names that a query may mean, best first, as JSON for the search box."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"error": form.errors["q"][0]}, status=400)
    query = form.cleaned_data["q"]
    hits = names.find(query) if query else []
    results = [lists.suggestion(hit) for hit in hits]
    exact = bool(hits) and hits[0].match == "exact"
    return JsonResponse({"query": query, "exact": exact, "results": results})
