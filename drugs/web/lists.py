"""What lists of pages show: the A-Z, results of a search, ingredients, counts. Lists never load documents."""

import json
from string import ascii_lowercase

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from drugs.content.normalisation import fold, words_of
from drugs.models import Publication, PublishedIngredient, Tally
from drugs.search.names.terms import whole_mark

LETTERS = (*ascii_lowercase, "0")
PAGE = 100
MOST_COMBINATIONS = 20
OWN_NAMES = ("title", "generic", "synonym", "abbreviation")  # a brand may be one product of several


def letters(frame):
    """Every letter of the A-Z with how it is said and how many pages it has, from a Frame or what has one."""
    count = json.loads(frame.letters or "{}")
    return [
        {"letter": letter, "said": said(letter), "count": count.get(letter, 0)}
        for letter in LETTERS
        if letter != "0" or count.get("0")
    ]


def said(letter):
    """A letter of the A-Z as readers see it. "0" holds what starts with none of them."""
    return _("Other") if letter == "0" else letter.upper()


def of_letter(letter, after=None):
    """A page of the A-Z: the publications behind `after`, and the last of them if more follow."""
    pages = Publication.objects.public().starting_with(letter)
    if after:
        same = Q(sort_key=after.sort_key, slug__gt=after.slug)
        # The second condition says nothing new, but lets the index begin there.
        pages = pages.filter(Q(sort_key__gt=after.sort_key) | same, sort_key__gte=after.sort_key)
    found = list(pages[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1] if len(found) > PAGE else None


def found(hits, passages, pages):
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


def ingredients(names, title):
    """The ingredients of a page as pairs of name and its own page, or None where there is none: one query.

    A name leads to the page with that title, else to the only one that bears it otherwise. Empty for a
    medicine whose title says the same.
    """
    if not names or names == (title,):
        return []
    folded = {name: fold(name) for name in names}
    found = Publication.objects.public().exclude(title=title).order_by("slug")
    found = found.filter(
        search_names__marks__mark__in={whole_mark("".join(words_of(text))) for text in folded.values()},
        search_names__whole=True,
        search_names__kind__in=OWN_NAMES,
    ).annotate(form=F("search_names__form"), kind=F("search_names__kind"))
    by_form = {}
    for page in found:
        by_form.setdefault(page.form, []).append(page)
    pairs = [(name, _meant(by_form.get(text, []))) for name, text in folded.items()]
    return pairs if any(page for name, page in pairs) or fold(title) != " ".join(folded.values()) else []


def _meant(pages):
    """The page that an ingredient's name leads to. Where two medicines bear it, nobody guesses."""
    titled = [page for page in pages if page.kind == "title"]
    # Pages of other combinations often name their ingredients among their own names.
    single = [page for page in pages if len(page.ingredients) < 2]
    return titled[0] if titled else single[0] if len(single) == 1 else None


def combinations(publication, names):
    """Combinations that contain a medicine with these names: those shown, and whether there are more."""
    rows = PublishedIngredient.objects.filter(folded__in={fold(name) for name in names})
    rows = rows.filter(publication__withdrawn_at=None).exclude(publication=publication)
    rows = rows.select_related("publication").order_by("sort_key", "publication_id")[: MOST_COMBINATIONS + 1]
    found = list(dict.fromkeys(row.publication for row in rows))
    return found[:MOST_COMBINATIONS], len(found) > MOST_COMBINATIONS


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
