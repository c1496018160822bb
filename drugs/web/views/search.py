"""Views of the search page and of the suggestions while typing."""

from itertools import takewhile

from django.http import JsonResponse

from drugs.models import Publication, Stamp
from drugs.search import fulltext, names, unanswered
from drugs.web import facet_lists, lists, page_state, site_texts
from drugs.web.forms import SearchForm
from drugs.web.responses import public_view, render_page


@public_view
def search(request):
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render_page(request, "drugs/search.html", {"error": form.errors["q"][0]}, status=400)
    query = form.cleaned_data["q"]
    hits = names.find(query) if query else []
    asked = "" if any(hit.match == "exact" for hit in hits) else query
    meant = {hit.slug for hit in hits if hit.match != "fuzzy"}
    passages = [passage for passage in fulltext.find(query, limit=20) if passage.slug not in meant][:10]
    pages = facet_lists.with_topics(page_state.with_frame(Publication.objects.public()), asked)
    hits, passages = lists.with_publications(hits, passages, pages)
    shown = hits or passages
    around = (
        shown[0][1] if shown else facet_lists.with_topics(page_state.with_frame(Stamp.objects), asked).first()
    )
    unanswered.count(query, [hit for hit, _ in hits])
    same = [(hit, target) for hit, target in hits if hit.match != "fuzzy"]
    similar = hits[len(same) :]
    # A name that only looks like the query and looks more like it than one that was typed keeps its place.
    named = list(takewhile(lambda found: found[0].named, similar))
    context = {
        "texts": site_texts.read(around),
        "query": query,
        "same": same,
        "topics": facet_lists.topics(around, asked),
        "named": named,
        "similar": similar[len(named) :],
        "passages": passages,
    }
    return render_page(request, "drugs/search.html", context)


@public_view
def search_suggest(request):
    form = SearchForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"error": form.errors["q"][0]}, status=400)
    query = form.cleaned_data["q"]
    hits = names.find(query) if query else []
    results = [lists.suggestion(hit) for hit in hits]
    exact = bool(hits) and hits[0].match == "exact"
    return JsonResponse({"query": query, "exact": exact, "results": results})
