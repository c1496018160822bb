"""Storage of labels: versions are only added, and the newest of a set is its current one."""

import dataclasses
import json
import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from django.db import transaction

from drugs.formats.label import LabelDocument, LabelSection, Moiety
from drugs.labels.ranking import reasons_of, write_reasons
from drugs.labels.substance_names import same_acid, same_name
from drugs.models import Label

_ION = re.compile(r"\b(?:cation|anion|ion)$", re.IGNORECASE)
OUTCOMES = ("new", "updated", "older", "unchanged")


class Stored(NamedTuple):
    """What became of one label: `new` set, `updated` to a newer version, an `older` version added, or `unchanged`."""

    outcome: str
    label: LabelDocument


def store(labels: Sequence[LabelDocument], *, dry_run: bool = False) -> list[Stored]:
    """What became of each of `labels`, written in one transaction, or only looked at with `dry_run`.

    A version that is there already, by its hash, is never written again.
    """
    results: list[Stored] = []
    with transaction.atomic():
        known: dict[tuple[str, str], list[Label]] = {}
        for row in Label.objects.filter(set_id__in={label.set_id for label in labels}).defer("content"):
            known.setdefault((row.source, row.set_id), []).append(row)
        for label in labels:
            versions = known.setdefault((label.source, label.set_id), [])
            results.append(Stored(_add(label, versions, dry_run), label))
    return results


def _add(label: LabelDocument, versions: list[Label], dry_run: bool) -> str:
    if known := next((row for row in versions if row.sha256 == label.sha256), None):
        if not dry_run:
            _derive_again(known, label)
        return "unchanged"
    current = next((row for row in versions if row.is_current), None)
    is_newest = current is None or _order(label) >= _order(current)
    row = Label(
        source=label.source,
        set_id=label.set_id,
        document_id=label.document_id,
        version=label.version,
        effective_date=label.effective_date,
        country=label.country,
        language=label.language,
        labeler=label.labeler,
        doc_type=label.doc_type,
        title=label.title,
        use=label.use,
        key=" ".join(label.key),
        sha256=label.sha256,
        ended_on=label.ended_on,
        content=json.dumps(dataclasses.asdict(label), ensure_ascii=False, separators=(",", ":")),
        is_current=is_newest,
        **_derived(label),
    )
    if is_newest and current is not None:
        current.is_current = False
        if not dry_run:
            current.save(update_fields=["is_current"])
    if not dry_run:
        row.save(force_insert=True)
    versions.append(row)
    return ("new" if current is None else "updated") if is_newest else "older"


def read_label(row: Label) -> LabelDocument:
    """The label that a row holds."""
    value: dict[str, Any] = json.loads(row.content)
    for name, part in value.items():
        if isinstance(part, list):
            value[name] = tuple(tuple(one) if isinstance(one, list) else one for one in part)
    value["moieties"] = tuple(Moiety(**one) for one in value["moieties"])
    value["sections"] = tuple(LabelSection(**one) for one in value["sections"])
    return LabelDocument(**value)


def _derived(label: LabelDocument) -> dict[str, str]:
    """What a row keeps beside the words of its label, to find and to rank it."""
    names = moiety_names(label)
    # Ions are in many medicines: calcium carbonate and calcium acetate have one moiety, and are two of them.
    key = {*label.key, *names} if any(_ION.search(moiety.name) for moiety in label.moieties) else label.key
    return {
        "key_hash": set_hash(key) if label.key else "",
        "names_hash": set_hash(names),
        "reasons": write_reasons(reasons_of(label)),
    }


def _derive_again(row: Label, label: LabelDocument) -> None:
    """Puts right how a version that is there already is found, where that was worked out otherwise when it came."""
    changed = {name: value for name, value in _derived(label).items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        row.save(update_fields=list(changed))


def moiety_names(label: LabelDocument) -> set[str]:
    """The names by which a label is matched: of its active moieties, or of its substances, where it names no moiety
    or only ions: what FDA calls potassium cation and chloride ion is potassium chloride.

    openFDA writes the names of salts where it says the codes of substances.
    """
    moieties = [moiety for moiety in label.moieties if moiety.unii in label.key or not label.key]
    names = {same_name(moiety.name) for moiety in moieties if label.source != "openfda"} - {""}
    if not names or any(map(_ION.search, names)):
        names = {same_acid(name) for name in label.substances} - {""} or names
    return names


def set_hash(values: Iterable[str]) -> str:
    """One short text for a set of texts, whatever their order; empty for none."""
    ordered = sorted(set(values))
    return sha256(json.dumps(ordered).encode()).hexdigest() if ordered else ""


def _order(label: LabelDocument | Label) -> tuple[int, str]:
    return (-1 if label.version is None else label.version, label.effective_date)
