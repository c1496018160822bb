"""Slugs of facets: the last part of the address of a side effect, a class or an ingredient."""

import re

from drugs.content.normalisation import fold
from drugs.models.facets import SLUG_CHARS

# Words that end like a plural and are none, or that nobody uses in the singular.
_NO_PLURALS = frozenset(
    """ascites caries chills clostridioides diabetes faeces feces genitals herpes hives lens measles menses
    mumps pancreas rabies rickets scabies series shingles species sweats""".split()
)


def facet_slug(name: str) -> str:
    """Slug of a facet: `name` folded by case and number, the last part of its address; "" if it cannot be one."""
    slug = "-".join(_singular(word) for word in fold(name).split())
    return slug if len(slug) <= SLUG_CHARS else ""


def _singular(word):
    if len(word) < 4 or word in _NO_PLURALS or re.search(r"(?:ss|us|is)\Z", word):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if re.search(r"(?:ss|sh|x|[^a]ch)es\Z", word):
        return word[:-2]
    return word.removesuffix("s")
