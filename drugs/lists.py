"""What lists of pages show: the A-Z, results of a search, counts. Lists never load documents."""

from string import ascii_lowercase

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from drugs.models import Publication
from drugs.ordering import sort_key

LETTERS = (*ascii_lowercase, "0")
PAGE = 100


def letters():
    """Every letter of the A-Z with how it is said and how many pages it has."""
    pages = Publication.objects.public().order_by().values_list("letter").annotate(Count("pk"))
    count = dict(pages)
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
        pages = pages.filter(Q(sort_key__gt=after.sort_key) | same)
    found = list(pages[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1] if len(found) > PAGE else None


def found(hits):
    """The hits of a search, each with the publication that it leads to: one query."""
    pages = Publication.objects.public().in_bulk([hit.slug for hit in hits], field_name="slug")
    return [(hit, pages[hit.slug]) for hit in hits if hit.slug in pages]


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
    """The ingredients of a page as pairs of name and its own page, or None where there is none.

    Empty for a medicine whose only ingredient is what it is called.
    """
    if not names or names == (title,):
        return []
    keys = {name: sort_key(name) for name in names}
    pages = Publication.objects.public().exclude(title=title).filter(sort_key__in=keys.values())
    # Letters are given too because the index of the A-Z starts with them.
    pages = pages.filter(letter__in={*(key[:1] for key in keys.values()), "0"}).order_by("-slug")
    by_key = {page.sort_key: page for page in pages}
    return [(name, by_key.get(key)) for name, key in keys.items()]


def counts():
    """How many pages there are, and how many of each status that readers see."""
    today = timezone.localdate()
    return Publication.objects.public().aggregate(
        all=Count("pk"),
        reviewed=Count("pk", filter=Q(review_due__gt=today)),
        overdue=Count("pk", filter=Q(review_due__lte=today)),
        not_reviewed=Count("pk", filter=Q(reviewed_on=None)),
    )


def origins():
    """How many pages come from where, as a dict from origin to number."""
    return dict(Publication.objects.public().order_by().values_list("origin").annotate(Count("pk")))
