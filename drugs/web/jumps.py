"""Jumps of a drug's page: the questions that people come with, each with the place on the page that answers it.

They stand on the first screen of a telephone. What the page has no section on leads to what the site itself says.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

CONTENTS = "contents"  # the anchor of the table of contents
SILENT = "not-on-this-page"  # of what the site says where a page has no section


class Topic(NamedTuple):
    """A question of readers: its words, the kind of section that answers it, and how it is named.

    `missing` is what stands in the list of what a page has no section on; "" where that is said elsewhere.
    """

    label: str
    kind: str
    missing: str


# In the order of the page's first screen: what cannot wait comes first.
TOPICS = (
    Topic(gettext_noop("Took too much"), "overdose", ""),
    Topic(gettext_noop("Signs of danger"), "danger", ""),
    Topic(gettext_noop("Missed a dose"), "missed_dose", gettext_noop("a missed dose")),
    Topic(gettext_noop("How to take it"), "dosage", gettext_noop("how to take it")),
    Topic(gettext_noop("Side effects"), "side_effects", gettext_noop("side effects")),
    Topic(gettext_noop("Pregnancy"), "pregnancy", gettext_noop("pregnancy and breastfeeding")),
    Topic(gettext_noop("Alcohol and food"), "food_alcohol", gettext_noop("alcohol and food")),
    Topic(gettext_noop("Other medicines"), "interactions", gettext_noop("other medicines")),
    Topic(gettext_noop("Driving"), "driving", gettext_noop("driving")),
)


class Jump(NamedTuple):
    """A link of the first screen. `component` is the only one that the answer is about; "" for the whole medicine."""

    label: str
    anchor: str
    urgent: bool = False
    component: str = ""


class Jumps(NamedTuple):
    """The links of a page's first screen, and the topics that it says nothing on, as they stand in a sentence."""

    links: tuple[Jump, ...]
    missing: tuple[str, ...]

    @property
    def tall(self) -> bool:
        """Whether a link names a component below its label: all are as high then, before that one has come."""
        return any(link.component for link in self.links)


def jumps(
    places: Iterable[tuple[str, str, str]],
    danger: str,
    said: Mapping[str, str],
    asked: Callable[[str], Mapping[str, str]] = lambda kind: {},
    called: Mapping[str, str] = MappingProxyType({}),
) -> Jumps:
    """The jumps of a page from `places`, the kind, component and anchor of each section in its order.

    `danger` is the anchor of the signs of danger, `called` the short names of all components. A topic that has no
    section leads to what the text says of it elsewhere: to `said`, anchors by kind, or to the questions or sentences
    on a kind, by component, that `asked` finds, which is called only then.
    """
    sections: dict[str, dict[str, str]] = {"danger": {"": danger}}
    for kind, component, anchor in places:
        sections.setdefault(kind, {}).setdefault(component, anchor)
    links: list[Jump] = []
    missing: list[str] = []
    for topic in TOPICS:
        kind = topic.kind
        answers = sections.get(kind) or ({"": said[kind]} if kind in said else asked(kind))
        if topic.missing and "" not in answers and len(answers) < max(1, len(called)):
            missing.append(_missing(_(topic.missing), [called.get(name, name) for name in answers]))
        places_of_topic = _by_component(answers, in_contents=kind in sections)
        links += [
            Jump(_(topic.label), anchor, kind == "overdose", called.get(component, component))
            for component, anchor in places_of_topic.items()
        ]
    return Jumps(tuple(links), tuple(missing))


def _by_component(answers: Mapping[str, str], in_contents: bool) -> Mapping[str, str]:
    """Where the jumps of a topic lead: to what is said of the whole medicine, else to what is said of a component, by
    its name: the first one's answer must not be read as that of all. The contents say which sections several have.
    """
    if "" in answers:
        return {"": answers[""]}
    if len(answers) > 1 and in_contents:
        return {"": CONTENTS}
    return answers or {"": SILENT}


def _missing(topic: str, components: Iterable[str]) -> str:
    """`topic` in the list of what a page has no section on, with the components of which alone it says something."""
    names = ", ".join(components)
    return _("%(topic)s (only on %(names)s)") % {"topic": topic, "names": names} if names else topic
