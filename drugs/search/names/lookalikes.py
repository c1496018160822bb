"""Which results of one list might be taken for one another, although they are different drugs?

Judged from the names themselves: how much they look and sound alike, and whether one page bears the other's name.
"""

import functools
from itertools import combinations

from drugs.content import normalisation
from drugs.search.names.similarity import shape, similarity

# Fitted by eye to published look-alike pairs: most of them are above, most pairs of a result list below.
CONFUSABLE = 0.7


def not_the_same(results, names):
    """For each slug of `results` (Names, best first) the title of the first other result that readers might take
    it for. `names` are all candidates, which tell pages that are one drug."""
    borne = {}
    for name in names:
        borne.setdefault(name.slug, set()).add(name.squashed)
    found = {}
    for (name, one), (other_name, other) in combinations([(name, _Shown(name)) for name in results], 2):
        if name.slug in found and other_name.slug in found or not one.confusable_with(other):
            continue
        if one.titles & borne[other_name.slug] or other.titles & borne[name.slug]:
            continue
        found.setdefault(name.slug, other_name.title)
        found.setdefault(other_name.slug, name.title)
    return found


class _Shown:
    """What a result list shows of one page, worked out once."""

    def __init__(self, name):
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
