"""Cards of side effects: by what a reader should do, then in the source's own groups and words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from os.path import commonprefix
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from drugs import content
from drugs.content.countries import country
from drugs.content.normalisation import fold
from drugs.content.vocabulary import GROUP_LABELS, URGENCIES_BY_GRAVITY
from drugs.web.component_groups import label_inside
from drugs.web.effect_advice import Advice, advice


class EffectRow(NamedTuple):
    """A side effect in a card; `often` is how many people have it, in words, or "" where nobody says; `source` is the
    number of the source that says so.
    """

    name: str
    advice: Advice
    often: str
    source: int | None = None


class EffectGroup(NamedTuple):
    """Side effects under one label of the source, which is "" where the card's heading says it.

    `often` is how many people have each of them, where that is the same for all and there are several.
    """

    label: str
    effects: tuple[EffectRow, ...]
    often: str = ""


@dataclass(frozen=True)
class Card:
    """Side effects of one urgency, which ask the same of a reader.

    `if_unwell` is what to do meanwhile, on the first card of those that nobody has sorted.
    """

    urgency: str
    heading: str
    groups: tuple[EffectGroup, ...]
    ours: bool = True  # the heading is the site's word, not the source's
    serious: bool = False
    if_unwell: str = ""


def cards(
    effects: Sequence[content.SideEffect], component: str = "", if_unwell: str = "", english: bool = True
) -> Iterator[Card]:
    """Cards of side effects in a section of `component`: by urgency, and in the author's order within each.

    `if_unwell` is said on the first card of those that nobody has sorted; `english` is whether the text is.
    """
    effects = [_inside(effect, component) for effect in effects]
    local = country(settings.COUNTRY)
    for urgency in URGENCIES_BY_GRAVITY:
        same_urgency = [effect for effect in effects if effect.urgency == urgency]
        if urgency == "unsorted":
            yield from _unsorted(same_urgency, if_unwell, english)
        elif same_urgency:
            yield Card(urgency, local.urgency_heading(urgency), _by_label(same_urgency, english))


def _inside(effect: content.SideEffect, component: str) -> content.SideEffect:
    """`effect` with its label as it is said in a section of `component`."""
    label = label_inside(effect.label, effect.component, component)
    return effect if label == effect.label else replace(effect, label=label)


def _unsorted(effects: list[content.SideEffect], if_unwell: str, english: bool) -> Iterator[Card]:
    """The source's own groups and words, serious ones first: nobody has said yet what a reader should do.

    The first card says so.
    """
    runs = [(*key, tuple(run)) for key, run in groupby(effects, lambda effect: (effect.label, effect.group))]
    for label, group, run in sorted(runs, key=lambda run: run[1] != "serious"):
        groups = (_group("", run, english),)
        heading, serious = label or _(GROUP_LABELS[group].heading), group == "serious"
        yield Card("unsorted", heading, groups, ours=not label, serious=serious, if_unwell=if_unwell)
        if_unwell = ""


def plain_labels(effects: Iterable[content.SideEffect]) -> tuple[str, ...]:
    """The labels of sorted `effects` that no card shows, since they say no more than into which group each belongs."""
    return tuple(dict.fromkeys(e.label for e in effects if e.urgency != "unsorted" and _says_only_group(e)))


def _says_only_group(effect: content.SideEffect) -> bool:
    """Whether the label of an effect is no more than the name of its group, as "Serious side effects"."""
    labels = GROUP_LABELS[effect.group]
    return fold(effect.label) in {fold(labels.heading), fold(f"{labels.phrase} side effects")}


def _by_label(effects: Iterable[content.SideEffect], english: bool) -> tuple[EffectGroup, ...]:
    """Groups of effects by label. What a label shares with the one above it is not said again."""
    groups: list[EffectGroup] = []
    before: list[str] = []
    for label, run in groupby(effects, lambda effect: "" if _says_only_group(effect) else effect.label):
        levels = label.split(content.LABEL_JOINER)
        shared = len(commonprefix([levels[:-1], before]))
        shortened = content.LABEL_JOINER.join(["…", *levels[shared:]] if shared else levels)
        groups.append(_group(shortened, run, english))
        before = levels
    return tuple(groups)


def _group(label: str, effects: Iterable[content.SideEffect], english: bool) -> EffectGroup:
    rows = tuple(
        EffectRow(
            effect.name, advice(effect.description, english), _often(effect.frequency), effect.reference
        )
        for effect in effects
    )
    shared = rows[0].often if len(rows) > 1 and len({row.often for row in rows}) == 1 else ""
    return EffectGroup(label, rows, shared)


def _often(frequency):
    words = content.FREQUENCIES[frequency]
    return _(words) if words else ""
