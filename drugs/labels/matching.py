"""Matching of labels with monographs: by the set of active moieties, never by a name that is only similar.

A page's moieties are those of the labels whose moieties bear exactly the names of its ingredients. Which label comes
first is decided by points, each with its reason, and before them by what editors chose.
"""

from typing import NamedTuple

from django.utils import timezone

from drugs.content.vocabulary import SUBSTANCE_NAME_KINDS
from drugs.formats.label import OFFERED_USES, LabelDocument
from drugs.labels.choices import PINNED, PUT_AWAY, SetKey, choices_of
from drugs.labels.ranking import Reason, age_reason, read_reasons, reasons_of
from drugs.labels.store import read_label, set_hash
from drugs.labels.substance_names import SAME, bare_name, forms, names_in
from drugs.models import Label, LabelChoice, Monograph

_MOST = 2000  # labels of one set of moieties that are ranked


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


class _Ranked(NamedTuple):
    row: Label
    given: tuple[Reason, ...]
    choice: LabelChoice | None

    @property
    def said(self) -> str:
        return self.choice.choice if self.choice else ""

    @property
    def rank(self) -> tuple[int, int, int, str]:
        place = {PINNED: 1, PUT_AWAY: -1}.get(self.said, 0)
        return place, self.points, self.row.version or 0, self.row.effective_date

    @property
    def points(self) -> int:
        return sum(reason.points for reason in self.given)


def match_monograph(monograph: Monograph, *, put_away: bool = False, most: int = 50) -> list[Match]:
    """The current labels whose active moieties are exactly the ingredients of `monograph`, the best first.

    What an editor pinned stands before all others, matched or not; what was put away is left out, or with `put_away`
    stands last. Homeopathic, animal, unapproved and bulk labels are there only if pinned. At most `most` are given
    beside those of which an editor said something: only what is given is read whole.
    """
    ranked = _ranked(monograph)
    chosen = [one for one in ranked if one.choice]
    kept = {id(one) for one in [*chosen, *[one for one in ranked if not one.choice][:most]]}
    given = [one for one in ranked if id(one) in kept and (put_away or one.said != PUT_AWAY)]
    whole = Label.objects.in_bulk([one.row.pk for one in given])
    return [
        Match(
            read_label(whole[one.row.pk]),
            one.points,
            one.given,
            one.said,
            one.choice.by if one.choice else "",
        )
        for one in given
    ]


def _ranked(monograph: Monograph) -> list[_Ranked]:
    choices = choices_of(monograph)
    rows = {SetKey(row.source, row.set_id): row for row in _rows(monograph)}
    for key in choices.keys() - rows.keys():
        if row := Label.objects.current().filter(source=key.source, set_id=key.set_id).first():
            rows[key] = row
    newest = max((row.effective_date[:4] for row in rows.values()), default="")
    today = timezone.localdate().isoformat()
    ranked = []
    for key, row in rows.items():
        choice = choices.get(key)
        is_over = bool(row.ended_on) and row.ended_on <= today
        if choice is None and (is_over or SetKey("spl", key.set_id) in rows.keys() - {key}):
            continue
        given = read_reasons(row.reasons) if row.reasons else reasons_of(read_label(row))
        ranked.append(_Ranked(row, (*given, *age_reason(row.effective_date, newest)), choice))
    # Ties: the larger version, then the newest date, then the lowest set id.
    ranked.sort(key=lambda one: one.row.set_id)
    ranked.sort(key=lambda one: one.rank, reverse=True)
    return ranked


def _rows(monograph: Monograph) -> list[Label]:
    """The current labels of the set of moieties that `monograph` names, those of a set in the order of sources."""
    offered = Label.objects.current().filter(use__in=OFFERED_USES)
    same_names = offered.filter(names_hash__in=names_hashes(monograph))
    keys = set(same_names.exclude(key_hash="").values_list("key_hash", flat=True))
    rows = (offered.filter(key_hash__in=keys) if keys else offered.none()) | same_names
    return list(rows.defer("content").order_by("set_id", "source")[:_MOST])


def names_hashes(monograph: Monograph) -> set[str]:
    """Hashes of the sets of names under which labels may know the ingredients: each in one of its forms.

    A page on one substance is known by its synonyms too.
    """
    ingredients = list(monograph.ingredients.values_list("text", flat=True)) or names_in(monograph.title)
    if len(ingredients) == 1:
        names = monograph.names.filter(kind__in=SUBSTANCE_NAME_KINDS).exclude(kind="abbreviation")
        ingredients.extend(names.values_list("text", flat=True))
        sets = [{form} for name in ingredients for form in forms(name)]
    else:
        # Of a combination all names with their salts, or all without: not every mixture of them.
        sets = [{form(bare_name(name)) for name in ingredients} for form in SAME]
    return {set_hash(names) for names in sets} - {""}
