"""Matching of labels with monographs: by the set of active moieties, never by a name that is only similar.

A page's moieties are those of the labels whose moieties bear exactly the names of its ingredients. Which label comes
first is decided by points, each with its reason, and before them by what editors chose.
"""

import datetime
from typing import NamedTuple

from django.utils import timezone

from drugs.content.normalisation import fold
from drugs.content.vocabulary import SUBSTANCE_NAME_KINDS
from drugs.formats.label import OFFERED_USES, LabelDocument, base_name
from drugs.labels.choices import PINNED, PUT_AWAY, SetKey, choices_of
from drugs.labels.store import read_label, set_hash
from drugs.models import Label, Monograph

_MARKETING = (("NDA AUTHORIZED GENERIC", 25), ("ANDA", 20), ("NDA", 40), ("BLA", 40), ("OTC MONOGRAPH", 15))
_PATIENT_TEXTS = {"42231-1", "42230-3", "68498-5"}
_WANTED = ("warning", "uses", "do_not_take", "precautions", "pregnancy", "interactions", "dosage", "overdose",
           "side_effects", "how_it_works", "storage")  # fmt: skip
_MOST = 2000  # labels of one set of moieties that are looked at


class Reason(NamedTuple):
    """What a label gets points for, or loses them."""

    points: int
    text: str


class Match(NamedTuple):
    """A label that speaks of the medicine of a page, with its points and what they are given for.

    `choice` is what an editor, `chosen_by`, said of its set: PINNED, PUT_AWAY or nothing.
    """

    label: LabelDocument
    points: int
    given: tuple[Reason, ...]
    choice: str = ""
    chosen_by: str = ""

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons in words, the choice of an editor first."""
        chosen = {PINNED: (f"pinned by {self.chosen_by}",), PUT_AWAY: (f"put away by {self.chosen_by}",)}
        return (*chosen.get(self.choice, ()), *(f"{text} ({points:+d})" for points, text in self.given))


def match_monograph(monograph: Monograph, *, put_away: bool = False) -> list[Match]:
    """The current labels whose active moieties are exactly the ingredients of `monograph`, the best first.

    What an editor pinned stands before all others, matched or not; what was put away is left out, or with `put_away`
    stands last. Homeopathic, animal, unapproved and bulk labels are there only if pinned.
    """
    choices = choices_of(monograph)
    labels = {SetKey(row.source, row.set_id): read_label(row) for row in _rows(monograph)}
    for key in choices.keys() - labels.keys():
        if row := Label.objects.current().filter(source=key.source, set_id=key.set_id).first():
            labels[key] = read_label(row)
    newest = max((label.effective_date[:4] for label in labels.values()), default="")
    today = timezone.localdate()
    matches = []
    for key, label in labels.items():
        choice = choices.get(key)
        if choice is None and (_is_over(label, today) or SetKey("spl", key.set_id) in labels.keys() - {key}):
            continue
        given = tuple(_reasons(label, newest))
        points = sum(reason.points for reason in given)
        matches.append(
            Match(label, points, given, choice.choice if choice else "", choice.by if choice else "")
        )
    # Ties: the larger version, then the newest date, then the lowest set id.
    matches.sort(key=lambda match: match.label.set_id)
    matches.sort(key=_rank, reverse=True)
    return [match for match in matches if put_away or match.choice != PUT_AWAY]


def _rows(monograph: Monograph) -> list[Label]:
    """The current labels of the set of moieties that `monograph` names, those of a set in the order of sources."""
    offered = Label.objects.current().filter(use__in=OFFERED_USES)
    same_names = offered.filter(names_hash__in=_names_hashes(monograph))
    keys = set(same_names.exclude(key_hash="").values_list("key_hash", flat=True))
    rows = (offered.filter(key_hash__in=keys) if keys else offered.none()) | same_names
    return list(rows.order_by("set_id", "source")[:_MOST])


def _names_hashes(monograph: Monograph) -> set[str]:
    """Hashes of the sets of names under which labels may know the ingredients, each with its salt and without it.

    A page on one substance is known by its synonyms too: labels say acetaminophen where others say paracetamol.
    """
    sets = [list(monograph.ingredients.values_list("text", flat=True)) or [monograph.title]]
    if len(sets[0]) == 1:
        names = monograph.names.filter(kind__in=SUBSTANCE_NAME_KINDS).exclude(kind="abbreviation")
        sets.extend([text] for text in names.values_list("text", flat=True))
    return {set_hash(form(fold(text)) for text in names) for names in sets for form in (str, base_name)} - {
        ""
    }


def _is_over(label: LabelDocument, today: datetime.date) -> bool:
    """Whether what the label describes is no longer sold."""
    return bool(label.ended_on) and label.ended_on <= today.isoformat()


def _rank(match: Match) -> tuple[int, int, int, str]:
    place = {PINNED: 1, PUT_AWAY: -1}.get(match.choice, 0)
    return place, match.points, match.label.version or 0, match.label.effective_date


def _reasons(label: LabelDocument, newest: str) -> list[Reason]:
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
    if "43685-7" in codes:
        given.append(Reason(10, "in the present format of labels"))
    kinds = {section.kind for section in label.sections}
    filled = sum(kind in kinds for kind in _WANTED)
    given.append(Reason(2 * filled, f"{filled} of {len(_WANTED)} wanted sections"))
    if "uses" not in kinds:
        given.append(Reason(-100, "does not say what it is for"))
    if any(route.upper() == "ORAL" for route in label.routes):
        given.append(Reason(10, "taken by mouth"))
    if label.effective_date and newest:
        age = int(newest) - int(label.effective_date[:4])
        given.append(Reason(max(0, 10 - 2 * age), f"of {label.effective_date}"))
    return given
