"""The pages of side effects and classes, for readers who know no name: find, decide, render."""

from django.conf import settings
from django.db.models import Count, Max, Q
from django.http import Http404

from drugs import browse, lists
from drugs.country import country
from drugs.frame import find_after, page, public
from drugs.models import Publication, PublishedClass, PublishedEffect
from drugs.models.relations import BANDS


@public
def effect_list(request):
    return name_list(request, PublishedEffect, "drugs/effects.html")


@public
def class_list(request):
    return name_list(request, PublishedClass, "drugs/classes.html")


def name_list(request, table, template):
    letter, slug = request.GET.get("letter", "").lower(), request.GET.get("after")
    if letter and letter not in lists.LETTERS:
        raise Http404(letter)
    last = find_name(table, slug) if slug else None
    if last and letter not in ("", last["letter"]):
        raise Http404(slug)
    rows, following = browse.names(table, letter, last)
    context = {"letters": lists.LETTERS, "letter": letter, "rows": rows, "last": last, "following": following}
    return page(request, template, context)


def find_name(table, slug, **more):
    """The name with the address `slug`. Raises Http404 if no page that readers may see has it."""
    row = browse.find(table, slug, **more) if "\0" not in slug else None
    if row is None:
        raise Http404(slug)
    return row


@public
def effect_detail(request, slug):
    effect, after = find_name(PublishedEffect, slug), None
    if last := request.GET.get("after"):
        frequency, _, last = last.partition(".")
        if frequency not in BANDS:
            raise Http404(frequency)
        after = BANDS.index(frequency), find_after(Publication.objects, last)
    rows, following = browse.with_effect(slug, after)
    context = {
        "named": effect,
        "rows": rows,
        "last": after and after[1],
        "following": following,
        "noindex": not all(row.publication.indexable for row in rows),
        "country": country(settings.COUNTRY),
    }
    return page(request, "drugs/effect.html", context)


@public
def class_detail(request, slug):
    codes = Count("atc", distinct=True, filter=~Q(atc=""))
    named = find_name(PublishedClass, slug, code=Max("atc"), codes=codes)
    after = request.GET.get("after")
    last = find_after(Publication.objects, after) if after else None
    rows, following = browse.in_class(slug, last)
    context = {
        "named": named,
        "rows": rows,
        "last": last,
        "following": following,
        "noindex": not all(row.publication.indexable for row in rows),
    }
    return page(request, "drugs/class.html", context)
