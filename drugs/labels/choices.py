"""Choices of editors among the labels of a page: one may be pinned, so that it comes first, or put away."""

from typing import NamedTuple

from django.db import transaction

from drugs import audit
from drugs.models import Label, LabelChoice, Monograph

PINNED, PUT_AWAY = LabelChoice.Choice.PINNED.value, LabelChoice.Choice.PUT_AWAY.value
_WORDS = {PINNED: "pinned", PUT_AWAY: "put away", "": "left to the order of labels again"}


class SetKey(NamedTuple):
    """What names a set: the source of its labels, and its id there."""

    source: str
    set_id: str


def choose_label(monograph: Monograph, key: SetKey, choice: str, *, by: str) -> None:
    """Says for the set `key` beside `monograph` that it is PINNED or PUT_AWAY, or neither (an empty text).

    The choice is recorded in the audit log as an act of `by`, unless it is what stands already. Raises ValueError if
    there is no such choice, Label.DoesNotExist if no label of that set was ever imported.
    """
    if choice not in _WORDS:
        raise ValueError(f"{choice!r} is no choice among labels.")
    with transaction.atomic():
        audit.lock_log()
        label = Label.objects.current().filter(source=key.source, set_id=key.set_id).first()
        if label is None:
            raise Label.DoesNotExist(f"No label of the set {key.set_id} was imported.")
        rows = LabelChoice.objects.filter(monograph=monograph, source=key.source, set_id=key.set_id)
        if choice == next(iter(rows.values_list("choice", flat=True)), ""):
            return
        if choice:
            rows.update_or_create(
                monograph=monograph,
                source=key.source,
                set_id=key.set_id,
                defaults={"choice": choice, "by": by},
            )
        else:
            rows.delete()
        audit.record(
            by,
            "label_chosen",
            monograph.slug,
            f"{label.labeler}, {key.source} {key.set_id}: {_WORDS[choice]}",
        )


def choices_of(monograph: Monograph) -> dict[SetKey, LabelChoice]:
    """What editors chose among the labels of a page, by set."""
    return {SetKey(row.source, row.set_id): row for row in LabelChoice.objects.filter(monograph=monograph)}
