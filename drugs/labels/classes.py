"""Established pharmacologic classes (EPC) that FDA gives the medicine of a page: suggestions to whoever edits it."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Q

from drugs.labels.matching import Match, names_hashes
from drugs.labels.store import read_label, set_hash
from drugs.models import Label, Monograph

_MOST = 20  # indexes that are read: one for each active moiety


class EstablishedClass(NamedTuple):
    """A class with who says so: an index of classes, or a label that bears it."""

    name: str
    source: str
    date: str


def established_classes(monograph: Monograph, matches: Sequence[Match]) -> list[EstablishedClass]:
    """The classes in FDA's indexes of the moieties of `monograph`, whose labels are `matches`, and in those labels;
    each once.
    """
    uniis = {unii for match in matches for unii in match.label.key}
    by_unii = Q(key_hash__in={set_hash([unii]) for unii in uniis})
    indexes = Label.objects.current().filter(
        by_unii | Q(names_hash__in=names_hashes(monograph)), use="class_index"
    )
    found: dict[str, EstablishedClass] = {}
    for label in [*map(read_label, indexes[:_MOST]), *(match.label for match in matches)]:
        for name in label.classes:
            found.setdefault(name.casefold(), EstablishedClass(name, label.source, label.effective_date))
    return list(found.values())
