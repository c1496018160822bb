"""Everyday names of side effects: which lay, clinical, British and American names mean the same effect.

`effect_names.csv` has a line for each effect, its names parted by `|`. Pages keep the words that they have; search
finds an effect by any of them.
"""

import functools
from pathlib import Path

from drugs.search.facets import facet_slug

FILE = Path(__file__).parent / "effect_names.csv"


def other_slugs(slug: str) -> list[str]:
    """The slugs under which the effect of `slug` may stand as well, in the order of the file."""
    return [other for other in _groups().get(slug, ()) if other != slug]


@functools.cache
def _groups() -> dict[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        slugs = tuple(dict.fromkeys(map(facet_slug, line.split("|"))))
        groups.update(dict.fromkeys(slugs, slugs))
    return groups
