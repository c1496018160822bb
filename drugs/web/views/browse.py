"""The pages of side effects and classes, for readers who know no name: find, decide, render."""

from django.conf import settings
from django.http import Http404

from drugs.content.countries import country
from drugs.models import PublishedClass, PublishedEffect
from drugs.models.facets import BANDS
from drugs.web import facet_lists, lists, page_state, site_texts
from drugs.web.responses import public_view, render_page


@public_view
def effect_list(request):
    return name_list(request, PublishedEffect, "drugs/effects.html")


@public_view
def class_list(request):
    return name_list(request, PublishedClass, "drugs/classes.html")


def name_list(request, table, template):
    letter, slug = request.GET.get("letter", "").lower(), request.GET.get("after")
    if letter and letter not in lists.LETTERS:
        raise Http404(letter)
    last = find_name(table, slug) if slug else None
    if last and letter not in ("", last.letter):
        raise Http404(slug)
    rows, following = facet_lists.facets(table, letter, last)
    context = {
        "texts": site_texts.read(last or page_state.site_frame()),
        "letters": lists.LETTERS,
        "letter": letter,
        "rows": rows,
        "last": last,
        "following": following,
    }
    return render_page(request, template, context)


def find_name(table, slug, after=""):
    """The name with the address `slug` and, if the list goes on after a page, that. Raises Http404 without either."""
    row = facet_lists.find_facet(table, slug, after) if "\0" not in slug + after else None
    if row is None or after and row.after_id is None:
        raise Http404(slug)
    return row


@public_view
def effect_detail(request, slug):
    frequency, _, after = request.GET.get("after", "").partition(".")
    if frequency and (frequency not in BANDS or not after):
        raise Http404(frequency)
    effect = find_name(PublishedEffect, slug, after)
    rows, following = facet_lists.pages_with_effect(slug, after and BANDS.index(frequency), after and effect)
    context = {**around(effect, rows, following, after), "country": country(settings.COUNTRY)}
    return render_page(request, "drugs/effect.html", context)


@public_view
def class_detail(request, slug):
    after = request.GET.get("after", "")
    named = find_name(PublishedClass, slug, after)
    rows, following = facet_lists.pages_in_class(slug, after and named)
    return render_page(request, "drugs/class.html", around(named, rows, following, after))


def around(named, rows, following, after):
    """What the lists of a side effect and of a class show alike."""
    return {
        "texts": site_texts.read(named),
        "named": named,
        "rows": rows,
        "last": named.after_title if after else "",
        "following": following,
        "noindex": not all(row.publication.indexable for row in rows),
    }
