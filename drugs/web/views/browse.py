"""Views of facets, for readers who know no name: the lists of side effects and classes, and the page of each."""

from sys import maxsize
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from drugs.content.countries import country
from drugs.models import PublishedClass, PublishedEffect
from drugs.models.facets import BANDS
from drugs.search.effect_names import entry_slug
from drugs.web import facet_lists, lists
from drugs.web.kept_answers import kept_list
from drugs.web.responses import render_page

ANY, SHARED, SINGLE = None, range(2, maxsize), range(1, 2)


@kept_list("letter", "after", "named")
def effect_list(request: HttpRequest) -> HttpResponse:
    """The A-Z of what several pages name; with `named=once` of what one page does, which would drown the others."""
    once = request.GET.get("named", "")
    if once not in ("", "once"):
        raise Http404(once)
    context = _facet_list(request, PublishedEffect, SINGLE if once else SHARED)
    for row in context["rows"]:
        row.name = facet_lists.entry_name(row.key, row.name)
        row.other_names = facet_lists.other_names(row.key)
    filled = context["filled"]
    counted = [filled[one] for one in filled if context["letter"] in ("", one)]
    context["once"], context["single"] = once, sum(letter.single for letter in counted)
    context["filled"] = [one for one in filled if (filled[one].single if once else filled[one].shared)]
    return render_page(request, "drugs/effects.html", context)


@kept_list("letter", "after")
def class_list(request: HttpRequest) -> HttpResponse:
    return render_page(request, "drugs/classes.html", _facet_list(request, PublishedClass, ANY))


def _facet_list(request: HttpRequest, table: facet_lists.FacetTable, numbers: range | None) -> dict[str, Any]:
    """What the lists of side effects and of classes show alike. Raises Http404."""
    letter, slug = request.GET.get("letter", "").lower(), request.GET.get("after")
    if letter and letter not in lists.LETTERS:
        raise Http404(letter)
    last = _find_facet(table, slug) if slug else None
    if last and letter not in ("", last.letter):
        raise Http404(slug)
    rows, following = facet_lists.facets(table, letter, last, numbers)
    return {
        "letters": lists.LETTERS,
        "filled": facet_lists.filled_letters(table),
        "letter": letter,
        "rows": rows,
        "last": last,
        "following": following,
    }


def _find_facet(table: facet_lists.FacetTable, slug: str, after: str = "") -> Any:
    """The row of the facet `slug` and, if its list goes on after a page, with that. Raises Http404 without either."""
    row = facet_lists.find_facet(table, slug, after) if "\0" not in slug + after else None
    if row is None or after and row.after_id is None:
        raise Http404(slug)
    return row


@kept_list("after")
def effect_detail(request: HttpRequest, slug: str) -> HttpResponse:
    frequency, _, after = request.GET.get("after", "").partition(".")
    if frequency and (frequency not in BANDS or not after):
        raise Http404(frequency)
    entry = entry_slug(slug)
    effect = _find_facet(PublishedEffect, entry, after)
    if slug != entry:
        return redirect("drugs:effect-detail", entry, permanent=True)
    effect.name = facet_lists.entry_name(entry, effect.name)
    rows, following = (
        facet_lists.pages_with_effect(slug, BANDS.index(frequency), effect)
        if after
        else facet_lists.pages_with_effect(slug)
    )
    context = {
        **_context(effect, rows, following, after),
        "country": country(settings.COUNTRY),
        "other_names": facet_lists.other_names(entry),
    }
    return render_page(request, "drugs/effect.html", context)


@kept_list("after")
def class_detail(request: HttpRequest, slug: str) -> HttpResponse:
    after = request.GET.get("after", "")
    drug_class = _find_facet(PublishedClass, slug, after)
    rows, following = facet_lists.pages_in_class(slug, drug_class if after else None)
    return render_page(request, "drugs/class.html", _context(drug_class, rows, following, after))


def _context(facet, rows, following, after):
    """What the lists of a side effect and of a class show alike."""
    return {
        "named": facet,
        "rows": rows,
        "last": facet.after_title if after else "",
        "following": following,
        "noindex": not all(row.publication.indexable for row in rows),
    }
