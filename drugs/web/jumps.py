"""Jumps of a drug's page: the questions that people come with, each with the place on the page that answers it.

They stand on the first screen of a telephone. What the page has no section on leads to what the site itself says.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from drugs.content import Document
from drugs.web.component_groups import drugs_of, short_names
from drugs.web.safety_floor import SafetyFloor, sentences_on
from drugs.web.text_findings import questions_of

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


def jumps_of_page(document: Document, parts: Sequence[Any], floor: SafetyFloor) -> Jumps:
    """The jumps of the page of `document` with these parts, and with what the site says of danger."""
    places = [(part.kind, part.component, part.anchor) for part in parts if part.heading]
    drugs = drugs_of(document)
    said = {
        found.kind: dict.fromkeys((drugs and found.components) or ("",), found.anchor)
        for found in floor.found
    }
    return jumps(places, floor.anchor, said, lambda kind: _said_on(kind, document, parts), short_names(drugs))


def _said_on(kind: str, document: Document, parts: Sequence[Any]) -> dict[str, str]:
    """The anchors of the questions on `kind`, and of the sentences of components that have none; where one is about
    the whole medicine, that one alone.
    """
    said = sentences_on(document, parts, kind)
    for component, (anchor, _faq) in questions_of(parts, kind, document).items():
        said[component] = anchor
    return {"": said[""]} if "" in said else said


def jumps(
    places: Iterable[tuple[str, str, str]],
    danger: str,
    said: Mapping[str, Mapping[str, str]],
    asked: Callable[[str], Mapping[str, str]] = lambda kind: {},
    called: Mapping[str, str] = MappingProxyType({}),
) -> Jumps:
    """The jumps of a page from `places`, the kind, component and anchor of each section in its order.

    `danger` is the anchor of the signs of danger, `called` the short names of all components. A topic that has no
    section leads to what the text says of it elsewhere: to `said`, or to the questions or sentences on a kind
    that `asked` finds, which is called only where that says nothing, or nothing of some component: both are anchors by
    component.
    """
    sections: dict[str, dict[str, str]] = {"danger": {"": danger}}
    for kind, component, anchor in places:
        sections.setdefault(kind, {}).setdefault(component, anchor)
    links: list[Jump] = []
    missing: list[str] = []
    for topic in TOPICS:
        kind = topic.kind
        answers = sections.get(kind) or said.get(kind, {})
        if kind not in sections and "" not in answers and len(answers) < max(1, len(called)):
            answers = _with(answers, asked(kind))
        if topic.missing and "" not in answers and len(answers) < max(1, len(called)):
            missing.append(_missing(_(topic.missing), [called.get(name, name) for name in answers]))
        places_of_topic = _by_component(answers, in_contents=kind in sections)
        links += [
            Jump(_(topic.label), anchor, kind == "overdose", called.get(component, component))
            for component, anchor in places_of_topic.items()
        ]
    return Jumps(tuple(links), tuple(missing))


def _with(answers: Mapping[str, str], more: Mapping[str, str]) -> Mapping[str, str]:
    """Both, the first before the second; of what is about the whole medicine, that alone."""
    return {"": more[""]} if "" in more else {**more, **answers}


def _by_component(answers: Mapping[str, str], in_contents: bool) -> Mapping[str, str]:
    """Where the jumps of a topic lead: to what is said of the whole medicine, else to what is said of a component, by
    its name: the first one's answer must not be read as that of all. The contents say which sections several have.
    """
    if "" in answers:
        return {"": answers[""]}
    if len(answers) > 1 and len(set(answers.values())) == 1:
        return {"": next(iter(answers.values()))}
    if len(answers) > 1 and in_contents:
        return {"": CONTENTS}
    return answers or {"": SILENT}


def _missing(topic: str, components: Iterable[str]) -> str:
    """`topic` in the list of what a page has no section on, with the components of which alone it says something."""
    names = ", ".join(components)
    return _("%(topic)s (only on %(names)s)") % {"topic": topic, "names": names} if names else topic
