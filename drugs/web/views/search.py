"""Views of the search page, and of the suggestions (autocomplete) while somebody types."""

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from drugs.content.countries import country
from drugs.search import fulltext, names, questions, unanswered
from drugs.search.names import NameHit
from drugs.web import answers, facet_lists, lists
from drugs.web.answers import Answers
from drugs.web.forms import SearchForm
from drugs.web.kept_answers import kept_search
from drugs.web.lists import SearchResult
from drugs.web.read_counts import count_search
from drugs.web.responses import render_page


@kept_search(counted=count_search)
def search(request: HttpRequest) -> tuple[HttpResponse, bool]:
    """Help in a crisis, answers to a question, pages by name, then by text.

    Without an exact name, the side effect and the class that the query is come before the names.
    """
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render_page(request, "drugs/search.html", {"error": form.errors["q"][0]}, status=400), False
    found = results_of(form.cleaned_data["q"])
    if not found["crisis"]:
        unanswered.count(found["query"], [result.hit for result in found["results"]])
    may_be_kept = _may_be_kept(found["query"], found["results"], found["crisis"])
    return render_page(request, "drugs/search.html", found), may_be_kept


def results_of(query: str) -> dict[str, Any]:
    """What the search page shows for `query`, by the names that its template has for it, and all `results` by name."""
    hits = names.find(query) if query else []
    crisis = _needs_help(query, hits)
    exact = any(hit.match == "exact" for hit in hits)
    answered = Answers() if exact and not crisis else answers.find_answers(query, crisis, hits)
    hits = _with_medicines(hits, answered.medicines)
    meant = {hit.slug for hit in hits if hit.match != "fuzzy"} | {hit.slug for hit in answered.medicines}
    # Pieces of pages and names that are only similar would stand between somebody and help.
    found = [] if crisis else fulltext.find_pages(query, limit=20)
    hits = [hit for hit in hits if hit.sure] if crisis else hits
    found.sort(key=lambda page: page.slug not in meant)
    asked = bool(answered.sections or answered.mentions)
    shown = [page for page in found if asked or page.slug not in meant][:10]
    passages = fulltext.passages(query, shown)
    results, passage_results = lists.with_publications(hits, passages)
    topics = [] if exact or asked else facet_lists.topics(query)
    context = {
        "query": query,
        "exact": exact,
        "results": results,
        "crisis": crisis,
        "wish_to_die": crisis and questions.is_wish_to_die(query),
        "answers": answered,
        "topics": topics,
        "passages": passage_results,
        **_shelves(results),
    }
    lost = bool(query) and not context["same"] and bool(passages or not results)
    context["unwell"] = not crisis and not asked and bool(topics or context["named"] or lost)
    return context


def _with_medicines(hits: list[NameHit], medicines: Sequence[NameHit]) -> list[NameHit]:
    """The hits of a question: those that it names, and first the medicines that its other words hid."""
    if not medicines or any(hit.match != "fuzzy" for hit in hits):
        return hits
    kept = [hit for hit in hits if hit.sure or hit.close]
    slugs = {hit.slug for hit in kept}
    return [*(hit for hit in medicines if hit.slug not in slugs), *kept]


def _shelves(results: list[SearchResult[NameHit]]) -> dict[str, Any]:
    """The results by how sure it is that they were meant: `same`, `named`, `near` and `similar`."""
    same = [result for result in results if result.hit.match != "fuzzy"]
    rest = results[len(same) :]
    # A name that only looks like the query and looks more like it than one that was typed keeps its place.
    named = list(takewhile(lambda result: result.hit.named, rest))
    rest = rest[len(named) :]
    near = [result for result in rest if result.hit.near]
    return {
        "same": lists.by_medicine(same),
        "named": lists.by_medicine(named),
        "near": lists.by_medicine(near),
        "similar": [result for result in rest if not result.hit.near],
        "close": any(result.hit.close for result in rest),
        "names": bool(results),
    }


@kept_search()
def search_suggest(request: HttpRequest) -> tuple[HttpResponse, bool]:
    """The names that a query may mean, best first, as JSON for the search box."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"error": form.errors["q"][0]}, status=400), False
    query = form.cleaned_data["q"]
    hits = names.find(query) if query else []
    results, _passages = lists.with_publications(hits, []) if hits else ([], [])
    exact = bool(results) and results[0].hit.match == "exact"
    answer = {"query": query, "exact": exact, "results": list(map(lists.suggestion, results))}
    crisis = _needs_help(query, hits)
    if crisis:
        answer |= {"card": "crisis", "card_line": crisis_line(), "card_url": reverse("drugs:emergency")}
    return JsonResponse(answer), _may_be_kept(query, results, crisis)


def _may_be_kept(query: str, results: list[SearchResult[NameHit]], crisis: bool) -> bool:
    """Whether `query` is empty, or a name of a medicine or the beginning of one, and no cry for help."""
    is_name = bool(results) and results[0].hit.match != "fuzzy"
    return not crisis and (is_name or not query)


def _needs_help(query: str, hits: list[NameHit]) -> bool:
    """Whether whoever typed `query` is shown whom to call first: not if it is the very name of a medicine."""
    is_name = bool(hits) and hits[0].match == "exact" and hits[0].kind in ("title", "brand", "generic")
    return not is_name and questions.is_crisis(query)


def crisis_line() -> str:
    """The one line of the card of help that fits among suggestions."""
    here = country(settings.COUNTRY)
    return _("There is help, now: call %(number)s, or see whom else you can call") % {
        "number": here.emergency_number
    }
