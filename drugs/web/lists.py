"""What lists of pages show: the A-Z, results of a search, ingredients, counts. Lists never load documents."""

import json
from string import ascii_lowercase

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from drugs.models import Publication, Tally

LETTERS = (*ascii_lowercase, "0")
PAGE = 100


def letters(frame):
    """Every letter of the A-Z with how it is said and how many pages it has, from a Frame or what has one."""
    count = json.loads(frame.letters or "{}")
    return [
        {"letter": letter, "said": letter_label(letter), "count": count.get(letter, 0)}
        for letter in LETTERS
        if letter != "0" or count.get("0")
    ]


def letter_label(letter):
    """A letter of the A-Z as readers see it. "0" holds what starts with none of them."""
    return _("Other") if letter == "0" else letter.upper()


def pages_of_letter(letter, after=None):
    """A page of the A-Z: the publications behind `after`, and the last of them if more follow."""
    pages = Publication.objects.public().starting_with(letter)
    if after:
        same = Q(sort_key=after.sort_key, slug__gt=after.slug)
        # The second condition says nothing new, but lets the index begin there.
        pages = pages.filter(Q(sort_key__gt=after.sort_key) | same, sort_key__gte=after.sort_key)
    found = list(pages[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1] if len(found) > PAGE else None


def with_publications(hits, passages, pages):
    """The hits of a search, and the passages, each with the one of `pages` that it leads to: one query."""
    slugs = {one.slug for one in (*hits, *passages)}
    pages = pages.in_bulk(slugs, field_name="slug")
    return [[(one, pages[one.slug]) for one in some if one.slug in pages] for some in (hits, passages)]


def suggestion(hit):
    """A hit as the search box gets it."""
    return {
        "name": hit.title,
        "matched": hit.matched,
        "kind": hit.kind,
        "match": hit.match,
        "url": reverse("drugs:monograph-detail", args=[hit.slug]),
    }


def counts():
    """How many pages there are, and how many of each status that readers see."""
    today = timezone.localdate().isoformat()
    counted = dict.fromkeys(("all", "reviewed", "overdue", "not_reviewed"), 0)
    for due, number in Tally.objects.filter(kind=Tally.Kind.DUE).values_list("key", "number"):
        counted["all"] += number
        counted["reviewed" if due > today else "overdue" if due else "not_reviewed"] += number
    return counted


def origins():
    """How many pages come from where, as a dict from origin to number."""
    return dict(Tally.objects.filter(kind=Tally.Kind.ORIGIN).values_list("key", "number"))
