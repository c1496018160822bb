"""Table of contents of a drug's page: by what readers want to know, and by component where there are several."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# The groups in their order, each with the kinds of section that belong to it. Any other kind is in the last.
GROUPS = {
    gettext_noop("Danger"): ("warning", "do_not_take", "precautions", "overdose", "unwell"),
    gettext_noop("Taking it"): ("dosage", "missed_dose", "stopping"),
    gettext_noop("Side effects"): ("side_effects",),
    gettext_noop("Living with it"): (
        *("pregnancy", "interactions", "food_alcohol", "driving", "monitoring", "storage"),
    ),
    gettext_noop("About"): ("key_facts", "uses", "how_it_works", "ingredients", "faqs", "other", "notice"),
}
LAST = "About"
DANGER = "Danger"


class ContentsEntry(NamedTuple):
    """A line of the table of contents: an anchor in the HTML, its heading as plain text, and whether that is ours."""

    anchor: str
    heading: str
    ours: bool


class ContentsGroup(NamedTuple):
    """Entries under a heading: a group of kinds, or a component, which has a place of its own at `anchor`."""

    label: str
    entries: tuple[ContentsEntry, ...]
    anchor: str = ""
    ours: bool = True

    @property
    def is_last(self) -> bool:
        """Whether what the site says of the page itself follows the entries."""
        return self.ours and self.label == _(LAST)


def entries(parts: Iterable[Any]) -> tuple[ContentsEntry, ...]:
    """An entry for each part that has a heading, in their order."""
    return tuple(
        ContentsEntry(part.anchor, part.title, part.ours and not part.said_before)
        for part in parts
        if part.heading
    )


def grouped(
    parts: Sequence[Any],
    components: Iterable[tuple[str, str, Sequence[Any]]],
    danger: Sequence[ContentsEntry] = (),
    last: Sequence[ContentsEntry] = (),
) -> tuple[ContentsGroup, ...]:
    """The contents of a page with these `parts` of the whole medicine and these `components`: name, anchor, parts.

    `danger` comes first and `last` last. A group without entries is left out, the last one never.
    """
    kinds = {kind: label for label, group in GROUPS.items() for kind in group}
    placed: dict[str, list[ContentsEntry]] = {label: [] for label in GROUPS}
    placed[DANGER] += danger
    for part in parts:
        placed[kinds.get(part.kind, LAST)] += entries([part])
    placed[LAST] += last
    groups = [
        ContentsGroup(_(label), tuple(found)) for label, found in placed.items() if found or label == LAST
    ]
    inner = [ContentsGroup(name, entries(inside), anchor, False) for name, anchor, inside in components]
    return (*groups[:-1], *inner, groups[-1])
