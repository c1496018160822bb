"""Cross-links between combinations and the pages of their ingredients."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from drugs.content.normalisation import fold, words_of
from drugs.models import Publication, SearchName
from drugs.models.publication_rows import COLUMNS, publications
from drugs.search.bearers import bearers
from drugs.search.names.terms import whole_term

MOST_COMBINATIONS = 20
OWN_NAMES = ("title", "generic", "synonym", "abbreviation")  # a brand may be one product of several
_COMBINATIONS = f"""
SELECT {COLUMNS}
FROM drugs_publishedingredient
JOIN drugs_publication ON drugs_publication.id = drugs_publishedingredient.publication_id
WHERE drugs_publishedingredient.folded IN ({{names}})
AND drugs_publication.withdrawn_at IS NULL AND drugs_publication.id <> %s
ORDER BY drugs_publishedingredient.sort_key, drugs_publishedingredient.publication_id
LIMIT %s"""  # noqa: S608


class IngredientLink(NamedTuple):
    """An ingredient as a page names it, with the page that is about it, if there is one."""

    name: str
    page: Publication | None


class Ingredients(NamedTuple):
    """The ingredients that the top of a page shows. `apart`: its title says them all, so only those with pages are."""

    links: tuple[IngredientLink, ...]
    apart: bool


def own_pages(names: Sequence[str], title: str) -> dict[str, Publication | None]:
    """The page of its own for each of `names`, ingredients or components of the page with this `title`. One query.

    A name leads to the page with that title, else to the only one that bears it otherwise.
    """
    if not names or names == (title,):
        return {}
    folded = {name: fold(name) for name in names}
    by_form: dict[str, list[Publication]] = {}
    for page in bearers(folded.values(), OWN_NAMES):
        if page.title != title:
            by_form.setdefault(page.form, []).append(page)
    return {name: _meant(by_form.get(text, [])) for name, text in folded.items()}


def ingredient_links(
    names: Sequence[str], title: str, pages: Mapping[str, Publication | None] | None = None
) -> Ingredients:
    """The ingredients of the page with this `title`, linked to their own pages, which are `pages` or one query."""
    pages = own_pages(names, title) if pages is None else pages
    links = tuple(IngredientLink(name, pages[name]) for name in dict.fromkeys(names) if name in pages)
    said = sorted(word for link in links for word in fold(link.name).split())
    if sorted(fold(title).split()) != said:
        return Ingredients(links, apart=False)
    return Ingredients(tuple(link for link in links if link.page), apart=True)


def _meant(pages):
    """The page that an ingredient's name leads to. Where two medicines bear it, nobody guesses."""
    titled = [page for page in pages if page.kind == "title"]
    # Pages of other combinations often name their ingredients among their own names.
    single = [page for page in pages if len(page.ingredients) < 2]
    return titled[0] if titled else single[0] if len(single) == 1 else None


def combinations_with(publication: Publication, names: Sequence[str]) -> tuple[list[Publication], bool]:
    """Combinations that contain `publication`, known by these names: at most 20, and whether there are more.

    Each with the `language` of its text. One query.
    """
    folded = sorted({fold(name) for name in names})
    query = _COMBINATIONS.format(names=", ".join(["%s"] * len(folded)))
    rows = publications(query, [*folded, publication.pk, MOST_COMBINATIONS + 1])
    pages = list(dict.fromkeys(rows))
    return pages[:MOST_COMBINATIONS], len(pages) > MOST_COMBINATIONS


def pages_called(folded: str) -> list[int]:
    """The keys of the publications of one ingredient that are called `folded`, a folded name: at most 20. One query."""
    names = SearchName.objects.filter(
        marks__mark=whole_term("".join(words_of(folded))), form=folded, whole=True, kind__in=OWN_NAMES
    ).exclude(publication__contains__isnull=False)
    keys = names.values_list("publication_id", flat=True).order_by("publication_id").distinct()
    return list(keys[:MOST_COMBINATIONS])
