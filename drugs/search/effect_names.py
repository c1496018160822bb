"""Everyday names of side effects: which lay, clinical, British and American names mean the same effect.

`effect_names.csv` has a line for each effect, its names parted by `|`, the one of its entry in lists first; behind a
`~` stand names of effects that are near it and not the same. Pages keep the words that they have; search finds an
effect by any of them. `rebuild_index` is due when the file changes.
"""

import functools
import re
from pathlib import Path
from typing import NamedTuple

from drugs.models.facets import SLUG_CHARS
from drugs.search.facet_slugs import facet_slug

FILE = Path(__file__).parent / "effect_names.csv"

# How American spellings are written in British English, by which both have one entry.
_BRITISH = [
    (re.compile(pattern), to)
    for pattern, to in (
        (r"(?<!o)edema", "oedema"),
        (r"(?<!a)emi(?=as?\b|c\b)", "aemi"),
        (r"(?<!o)esophag", "oesophag"),
        (r"\bhem(?=at|o)", "haem"),
        (r"rrhea", "rrhoea"),
        (r"pnea\b", "pnoea"),
        (r"(?<!a)esthesi", "aesthesi"),
        (r"gyneco", "gynaeco"),
        (r"leukopeni", "leucopeni"),
        (r"\bfecal", "faecal"),
        (r"\bfeces", "faeces"),
        (r"(colo|tumo|odo)r\b", r"\1ur"),
        (r"\bestrogen", "oestrogen"),
        (r"\bceliac", "coeliac"),
    )
]


class _Effect(NamedTuple):
    """An effect of the file: its names by their slugs, and the slugs of what is near it."""

    names: dict[str, str]
    near: tuple[str, ...]


def entry_slug(slug: str) -> str:
    """The slug under which lists have the effect of `slug`: that of its first name; "" of none."""
    effect = _effects().get(slug) or _effects().get(_british(slug))
    return next(iter(effect.names)) if effect else _british(slug)


def other_slugs(slug: str) -> list[str]:
    """The other slugs of the effect of `slug`, in the order of the file, and those of what is near it."""
    effect = _effects().get(slug) or _effects().get(_british(slug))
    slugs = [*effect.names, *effect.near] if effect else [_british(slug)]
    return [other for other in slugs if other != slug]


def names_of(slug: str) -> list[str]:
    """The names of the effect that has its entry under `slug`, the one of the entry first; none if it has but one."""
    effect = _effects().get(slug)
    return list(effect.names.values()) if effect else []


def _british(slug: str) -> str:
    british = slug
    for american, other in _BRITISH:
        british = american.sub(other, british)
    return british if len(british) <= SLUG_CHARS else slug


@functools.cache
def _effects() -> dict[str, _Effect]:
    effects: dict[str, _Effect] = {}
    near: dict[str, _Effect] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        same, *others = (part.split("|") for part in line.split("~"))
        names: dict[str, str] = {}
        for name in same:
            names.setdefault(facet_slug(name), name)
        slugs = [facet_slug(name) for part in others for name in part]
        effects |= dict.fromkeys(names, _Effect(names, tuple(slugs)))
        first = next(iter(names))
        near |= {
            slug: _Effect({slug: name}, (first,))
            for part in others
            for name in part
            for slug in [facet_slug(name)]
        }
    return near | effects
