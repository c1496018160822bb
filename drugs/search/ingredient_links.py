"""Links between a combination and the pages of its ingredients."""

from django.db.models import F

from drugs.content.normalisation import fold, words_of
from drugs.models import Publication, PublishedIngredient
from drugs.search.names.terms import whole_term

MOST_COMBINATIONS = 20


OWN_NAMES = ("title", "generic", "synonym", "abbreviation")  # a brand may be one product of several


def ingredient_links(names, title):
    """The ingredients of a page as pairs of name and its own page, or None where there is none: one query.

    A name leads to the page with that title, else to the only one that bears it otherwise. Empty for a
    medicine whose title says the same.
    """
    if not names or names == (title,):
        return []
    folded = {name: fold(name) for name in names}
    found = Publication.objects.public().exclude(title=title).order_by("slug")
    found = found.filter(
        search_names__marks__mark__in={whole_term("".join(words_of(text))) for text in folded.values()},
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


def combinations_with(publication, names):
    """Combinations that contain a medicine with these names: those shown, and whether there are more."""
    rows = PublishedIngredient.objects.filter(folded__in={fold(name) for name in names})
    rows = rows.filter(publication__withdrawn_at=None).exclude(publication=publication)
    rows = rows.select_related("publication").order_by("sort_key", "publication_id")[: MOST_COMBINATIONS + 1]
    found = list(dict.fromkeys(row.publication for row in rows))
    return found[:MOST_COMBINATIONS], len(found) > MOST_COMBINATIONS
