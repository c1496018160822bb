"""Look-alike and sound-alike (LASA) names: results of one list that might be taken for one another.

Judged from the names themselves: how much they look and sound alike, and whether one page bears the other's name.
"""

import functools
from collections.abc import Sequence
from itertools import combinations

from drugs.content import normalisation
from drugs.search.names.candidates import Name
from drugs.search.names.similarity import shape, similarity

# Fitted by eye to published look-alike pairs: most of them are above, most pairs of a result list below.
CONFUSABLE = 0.7


def not_the_same(results: Sequence[Name], names: Sequence[Name]) -> dict[str, str]:
    """Look-alike warnings: by slug the title of the first other result that readers might take the page for.

    `results` are names as they matched, best first; `names` all candidates, which tell pages that are one drug.
    """
    borne: dict[str, set[str]] = {}
    for name in names:
        borne.setdefault(name.slug, set()).add(name.squashed)
    warnings: dict[str, str] = {}
    for first, second in combinations(map(_Result, results), 2):
        if first.slug in warnings and second.slug in warnings or not first.confusable_with(second):
            continue
        if first.titles & borne[second.slug] or second.titles & borne[first.slug]:
            continue
        warnings.setdefault(first.slug, second.title)
        warnings.setdefault(second.slug, first.title)
    return warnings


class _Result:
    """What a result list shows of one page, worked out once."""

    def __init__(self, name):
        self.slug, self.title = name.slug, name.title
        forms = _forms(name.title)
        self.titles = {"".join(words) for words in forms}
        # Beside salts and dosage forms: "Examplol (Nasal)" and "Examplol sodium" are one drug.
        self.words = {word for words in forms for word in normalisation.base(normalisation.core(words))}
        self.shapes = {
            shape("".join(normalisation.base(words)))
            for words in ([name.words] if name.kind == "title" else [name.words, forms[-1]])
        }

    def confusable_with(self, other):
        if self.words <= other.words or other.words <= self.words:
            return False
        return any(a != b and similarity(a, b) >= CONFUSABLE for a in self.shapes for b in other.shapes)


@functools.lru_cache(maxsize=4096)
def _forms(title):
    return [normalisation.words_of(form.text) for form in normalisation.forms(title)]
