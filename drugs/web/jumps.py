"""Jumps of a drug's page: the questions that people come with, each with the place on the page that answers it.

They stand on the first screen of a telephone. What the page has no section on leads to what the site itself says.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

CONTENTS = "contents"  # the anchor of the table of contents
SILENT = "not-on-this-page"  # of what the site says where a page has no section


class Topic(NamedTuple):
    """A question of readers: its words, the kinds of section that answer it, the best first, and how it is named.

    `missing` is what stands in the list of what a page has no section on; "" where that is said elsewhere.
    """

    label: str
    kinds: tuple[str, ...]
    missing: str


# In the order of the page's first screen: what cannot wait comes first.
TOPICS = (
    Topic(gettext_noop("Took too much"), ("overdose",), ""),
    Topic(gettext_noop("Signs of danger"), ("danger",), ""),
    Topic(gettext_noop("Missed a dose"), ("missed_dose",), gettext_noop("a missed dose")),
    Topic(gettext_noop("How to take it"), ("dosage",), gettext_noop("how to take it")),
    Topic(gettext_noop("Side effects"), ("side_effects",), gettext_noop("side effects")),
    Topic(
        gettext_noop("Pregnancy"),
        ("pregnancy",),
        gettext_noop("pregnancy and breastfeeding"),
    ),
    Topic(gettext_noop("Alcohol and food"), ("food_alcohol",), gettext_noop("alcohol and food")),
    Topic(gettext_noop("Other medicines"), ("interactions",), gettext_noop("other medicines")),
    Topic(gettext_noop("Driving"), ("driving",), gettext_noop("driving")),
)


class Jump(NamedTuple):
    """A link of the first screen."""

    label: str
    anchor: str
    urgent: bool = False


class Jumps(NamedTuple):
    """The links of a page's first screen, and the topics that it says nothing on, as they stand in a sentence."""

    links: tuple[Jump, ...]
    missing: tuple[str, ...]


def jumps(
    places: Iterable[tuple[str, str, str]],
    danger: str,
    said: Mapping[str, str],
    asked: Callable[[str], str] = lambda kind: "",
) -> Jumps:
    """The jumps of a page from `places`, the kind, component and anchor of each section in its order.

    `danger` is the anchor of the signs of danger. A topic that only components have sections on leads to the
    contents, which say which component is meant: the first one's answer must not be read as that of both. One that
    has no section leads to what the text says of it elsewhere: to `said`, anchors by kind, or to the question or the
    sentence on a kind that `asked` finds, which is called only then.
    """
    whole: dict[str, str] = {"danger": danger}
    inside: set[str] = set()
    for kind, component, anchor in places:
        if component:
            inside.add(kind)
        else:
            whole.setdefault(kind, anchor)
    links, missing = [], []
    for topic in TOPICS:
        anchor = next((whole[kind] for kind in topic.kinds if kind in whole), "")
        if not anchor and inside.intersection(topic.kinds):
            anchor = CONTENTS
        elif not anchor:
            elsewhere = (said.get(kind) or asked(kind) for kind in topic.kinds)
            anchor = next(filter(None, elsewhere), SILENT)
            if anchor == SILENT:
                missing.append(_(topic.missing))
        links.append(Jump(_(topic.label), anchor, urgent=topic.kinds == ("overdose",)))
    return Jumps(tuple(links), tuple(missing))
