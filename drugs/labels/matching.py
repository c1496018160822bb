"""Matching of labels with monographs: by the set of active moieties, never by a name that is only similar.

A page's moieties are those of the labels whose moieties bear exactly the names of its ingredients. Which label comes
first is decided by points, each with its reason.
"""

from typing import NamedTuple

from drugs.content.normalisation import fold
from drugs.formats.label import OFFERED_USES, LabelDocument
from drugs.labels.store import read_label, set_hash
from drugs.models import Label, Monograph

_MARKETING = (("NDA AUTHORIZED GENERIC", 25), ("ANDA", 20), ("NDA", 40), ("BLA", 40), ("OTC MONOGRAPH", 15))
_PATIENT_TEXTS = {"42231-1", "42230-3", "68498-5"}
_WANTED = ("warning", "uses", "do_not_take", "precautions", "pregnancy", "interactions", "dosage", "overdose",
           "side_effects", "how_it_works", "storage")  # fmt: skip
_MOST = 2000  # labels of one set of moieties that are looked at


class Match(NamedTuple):
    """A label that speaks of the medicine of a page, with its points and what they are given for."""

    label: LabelDocument
    points: int
    reasons: tuple[str, ...]


def match_monograph(monograph: Monograph) -> list[Match]:
    """The current labels whose active moieties are exactly the ingredients of `monograph`, the best first.

    Homeopathic, animal, unapproved and bulk labels are never among them.
    """
    names = [fold(text) for text in monograph.ingredients.values_list("text", flat=True)]
    names_hash = set_hash(names or [fold(monograph.title)])
    offered = Label.objects.current().filter(use__in=OFFERED_USES)
    same_names = offered.filter(names_hash=names_hash)
    keys = set(same_names.exclude(key_hash="").values_list("key_hash", flat=True))
    rows = (offered.filter(key_hash__in=keys) if keys else offered.none()) | same_names
    labels = [read_label(row) for row in rows.order_by("set_id", "source")[:_MOST]]
    newest = max((label.effective_date[:4] for label in labels), default="")
    matches = [_score(label, newest) for label in labels if not label.ended_on]
    # Ties: the larger version, then the newest date, then the lowest set id.
    matches.sort(key=lambda match: match.label.set_id)
    matches.sort(
        key=lambda match: (match.points, match.label.version or 0, match.label.effective_date), reverse=True
    )
    return matches


def _score(label: LabelDocument, newest: str) -> Match:
    given: list[tuple[int, str]] = []
    categories = [category.upper() for category, _ in label.marketing]
    for sign, points in _MARKETING:
        if any(category.startswith(sign) for category in categories):
            given.append((points, f"marketed as {sign}"))
            break
    given.append((-30, "repackaged") if label.is_repackaged else (15, "from the original packager"))
    codes = set(label.section_codes)
    if codes & _PATIENT_TEXTS:
        given.append((15, "has a text for patients"))
    if "43685-7" in codes:
        given.append((10, "in the present format of labels"))
    kinds = {section.kind for section in label.sections}
    filled = sum(kind in kinds for kind in _WANTED)
    given.append((2 * filled, f"{filled} of {len(_WANTED)} wanted sections"))
    if any(route.upper() == "ORAL" for route in label.routes):
        given.append((10, "taken by mouth"))
    if label.effective_date and newest:
        age = int(newest) - int(label.effective_date[:4])
        given.append((max(0, 10 - 2 * age), f"of {label.effective_date}"))
    return Match(
        label,
        sum(points for points, _ in given),
        tuple(f"{reason} ({points:+d})" for points, reason in given),
    )
