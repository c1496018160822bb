"""Bearers of names: the pages that readers may see which bear a name as a whole."""

from collections.abc import Collection, Iterable
from typing import Any

from drugs.content.normalisation import words_of
from drugs.models.publication_rows import COLUMNS, publications
from drugs.search.names.terms import whole_term

_BEARERS = f"""
SELECT {COLUMNS}, drugs_searchname.form, drugs_searchname.kind
FROM drugs_searchmark
JOIN drugs_searchname ON drugs_searchname.key = drugs_searchmark.name_id
JOIN drugs_publication ON drugs_publication.id = drugs_searchname.publication_id
WHERE drugs_searchmark.mark IN ({{marks}}) AND drugs_searchname.whole AND drugs_searchname.kind IN ({{kinds}})
AND drugs_publication.withdrawn_at IS NULL
ORDER BY drugs_publication.slug"""  # noqa: S608


def bearers(names: Iterable[str], kinds: Collection[str]) -> list[Any]:
    """The pages that bear one of the folded `names` as one of `kinds`, in the order of their addresses. One query.

    Each Publication has the `form` and the `kind` of its name, and stands there once for each name: `form` may be
    another one of `names` than was looked for by its letters.
    """
    marks = sorted({whole_term("".join(words_of(name))) for name in names})
    if not marks:
        return []
    query = _BEARERS.format(marks=_places(marks), kinds=_places(kinds))
    return publications(query, [*marks, *kinds], ("form", "kind"))


def _places(values: Collection[str]) -> str:
    return ", ".join(["%s"] * len(values))
