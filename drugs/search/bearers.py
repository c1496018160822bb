"""Bearers of names: the pages that readers may see which bear a name as a whole."""

from collections.abc import Collection, Iterable
from typing import Any

from drugs.content.normalisation import words_of
from drugs.models import Publication
from drugs.search.names.terms import whole_term

# In the words of the ORM it takes five times as long, and a page that is made anew asks it.
_BEARERS = """
SELECT drugs_publication.*, drugs_searchname.form AS form, drugs_searchname.kind AS kind
FROM drugs_searchmark
JOIN drugs_searchname ON drugs_searchname.key = drugs_searchmark.name_id
JOIN drugs_publication ON drugs_publication.id = drugs_searchname.publication_id
WHERE drugs_searchmark.mark IN ({marks}) AND drugs_searchname.whole AND drugs_searchname.kind IN ({kinds})
AND drugs_publication.withdrawn_at IS NULL
ORDER BY drugs_publication.slug"""


def bearers(names: Iterable[str], kinds: Collection[str]) -> list[Any]:
    """The pages that bear one of the folded `names` as one of `kinds`, in the order of their addresses. One query.

    Each Publication has the `form` and the `kind` of its name, and stands there once for each name: `form` may be
    another one of `names` than was looked for by its letters.
    """
    marks = sorted({whole_term("".join(words_of(name))) for name in names})
    if not marks:
        return []
    query = _BEARERS.format(marks=_places(marks), kinds=_places(kinds))
    return list(Publication.objects.raw(query, [*marks, *kinds]))


def _places(values: Collection[str]) -> str:
    return ", ".join(["%s"] * len(values))
