"""Search through all texts on the desk: the pages that say a phrase, and in which sections. Three queries."""

from collections.abc import Iterator
from typing import NamedTuple

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from drugs.admin.base import render_page, whole_number
from drugs.admin.monographs.states import State, state
from drugs.content.components import with_component
from drugs.content.phrases import LONGEST, SHORTEST
from drugs.content.vocabulary import SECTION_HEADINGS
from drugs.content.whitespace import excerpt
from drugs.models import FAQ, Monograph, Reference, Section, SideEffect

PAGES = 50  # shown at a time
START_DIGITS = 6  # of the place to go on from
MOST_PLACES = 2000  # rows that are read
_PER_PAGE = 4  # places of one page that are shown with their words
_AROUND = 60


class Place(NamedTuple):
    """Where a page says it: the heading, and the words around."""

    heading: str
    words: str


class Found(NamedTuple):
    monograph: Monograph
    state: State
    places: list[Place]
    more: int


class Search(NamedTuple):
    """What a search found, one page of it. `total` counts pages; `cut` says that there are more than were read."""

    found: list[Found]
    total: int
    cut: bool
    next: int | None


def search_texts(phrase: str, start: int = 0) -> Search:
    """The monographs whose text on the desk says `phrase`, capitals aside, from the one in place `start`."""
    places: dict[int, list[Place]] = {}
    rows = list(_matching(phrase)[: MOST_PLACES + 1])
    for pk, kind, component, heading, text, more in rows[:MOST_PLACES]:
        said = next((each for each in (text, more, heading) if phrase.casefold() in each.casefold()), text)
        at = max(0, said.casefold().find(phrase.casefold()))
        words = excerpt(
            said, min(at, len(said)), min(at + len(phrase), len(said)), before=_AROUND, after=_AROUND
        )
        title = with_component(component, heading or SECTION_HEADINGS.get(kind, kind))
        places.setdefault(pk, []).append(Place(title, words))
    order = Monograph.objects.filter(pk__in=places).select_related("publication").order_by("folded", "pk")
    shown = list(order[start : start + PAGES])
    found = [
        Found(page, state(page), places[page.pk][:_PER_PAGE], max(0, len(places[page.pk]) - _PER_PAGE))
        for page in shown
    ]
    after = start + PAGES
    return Search(found, len(places), len(rows) > MOST_PLACES, after if after < len(places) else None)


def _matching(phrase: str) -> QuerySet:
    """Rows of all kinds that say it: monograph, kind, component, heading, text, and what else the row says."""
    first, *others = _queries(phrase)
    return first.union(*others, all=True).order_by()  # Django 6 orders unions by the model


def _queries(phrase: str) -> Iterator[QuerySet]:
    nothing = Value("", output_field=CharField())

    def rows(model, where, *columns):
        return model.objects.order_by().filter(where).values_list("monograph_id", *columns)

    yield rows(Section, _says(phrase, "heading", "body"), "kind", "component", "heading", "body", nothing)
    yield rows(
        SideEffect, _says(phrase, "name", "description"),
        Value("side effect"), "component", "name", "description", nothing,
    )  # fmt: skip
    yield rows(
        FAQ,
        _says(phrase, "question", "answer"),
        Value("question"),
        "component",
        "question",
        "answer",
        nothing,
    )
    yield rows(
        Reference,
        _says(phrase, "title", "publisher"),
        Value("Sources"),
        nothing,
        nothing,
        "title",
        "publisher",
    )


def _says(phrase, *columns):
    where = Q()
    for column in columns:
        where |= Q(**{f"{column}__icontains": phrase})
    return where


@require_safe
def search_page(request: HttpRequest, model_admin: admin.ModelAdmin) -> HttpResponse:
    """The page of the search: `q` is the phrase, `start` the place to go on from."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    phrase = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST]
    start = whole_number(request.GET.get("start", ""), START_DIGITS) or 0
    search = search_texts(phrase, start) if len(phrase) >= SHORTEST else None
    context = {
        "title": "Search the texts",
        "phrase": phrase,
        "search": search,
        "shortest": SHORTEST,
        "may_change": model_admin.has_change_permission(request),
    }
    return render_page(request, model_admin, "admin/drugs/texts/search.html", context)
