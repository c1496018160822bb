"""Points of labels, each with its reason: which of the labels of one medicine an editor is shown first.

All but the age are reckoned once, when a label is stored, so that nobody reads a thousand labels to rank them.
"""

import json
from typing import NamedTuple

from drugs.formats.label import LabelDocument

_MARKETING = (("NDA AUTHORIZED GENERIC", 25), ("ANDA", 20), ("NDA", 40), ("BLA", 40), ("OTC MONOGRAPH", 15))
_PATIENT_TEXTS = {"42231-1", "42230-3", "68498-5"}
_PRESENT_FORMAT = "43685-7"
_WANTED = ("warning", "uses", "do_not_take", "precautions", "pregnancy", "interactions", "dosage", "overdose",
           "side_effects", "how_it_works", "storage")  # fmt: skip


class Reason(NamedTuple):
    """What a label gets points for, or loses them."""

    points: int
    text: str


def reasons_of(label: LabelDocument) -> tuple[Reason, ...]:
    """What speaks for a label and against it, its age left out."""
    given = []
    categories = [category.upper() for category, _ in label.marketing]
    for sign, points in _MARKETING:
        if any(category.startswith(sign) for category in categories):
            given.append(Reason(points, f"marketed as {sign}"))
            break
    given.append(
        Reason(-30, "repackaged") if label.is_repackaged else Reason(15, "from the original packager")
    )
    codes = set(label.section_codes)
    if codes & _PATIENT_TEXTS:
        given.append(Reason(15, "has a text for patients"))
    if _PRESENT_FORMAT in codes:
        given.append(Reason(10, "in the present format of labels"))
    kinds = {section.kind for section in label.sections}
    filled = sum(kind in kinds for kind in _WANTED)
    given.append(Reason(2 * filled, f"{filled} of {len(_WANTED)} wanted sections"))
    if "uses" not in kinds:
        given.append(Reason(-100, "does not say what it is for"))
    if any(route.upper() == "ORAL" for route in label.routes):
        given.append(Reason(10, "taken by mouth"))
    return tuple(given)


def age_reason(effective_date: str, newest: str) -> tuple[Reason, ...]:
    """Up to ten points for being as new as the newest label of the medicine, two fewer for each year."""
    if not (effective_date and newest):
        return ()
    age = int(newest[:4]) - int(effective_date[:4])
    return (Reason(max(0, 10 - 2 * age), f"of {effective_date}"),)


def write_reasons(reasons: tuple[Reason, ...]) -> str:
    """Reasons as the text that a row keeps."""
    return json.dumps(reasons, ensure_ascii=False)


def read_reasons(text: str) -> tuple[Reason, ...]:
    """The reasons that a row keeps."""
    return tuple(Reason(points, words) for points, words in json.loads(text))
