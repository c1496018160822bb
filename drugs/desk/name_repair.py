"""Repair of names on a desk: those of one ingredient, and sentences, which older imports took for names of the page."""

from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from drugs import audit, content
from drugs.content.names import is_one_ingredients, is_sentence
from drugs.content.normalisation import fold
from drugs.desk.derived import set_derived_columns, write_derived_rows
from drugs.desk.rows import read, record_saved, touch
from drugs.models import DrugName, ImportRecord, Monograph, Section

HEADING = "Generic Name"  # of the old pages, above the words that are kept


class NameRepair(NamedTuple):
    """What was done to the names of one desk: `dropped`, since an ingredient says the same, `kept` as a text of the
    page, and `left`, which an editor wrote.
    """

    dropped: tuple[str, ...]
    kept: tuple[str, ...]
    left: tuple[str, ...]


@transaction.atomic
def repair_names(monograph: Monograph, *, by: str) -> NameRepair:
    """Names that are none of the whole page, taken off its desk; `by` is who does it, as text. No word is lost.

    What an editor wrote stays. Raises DocumentError if the desk holds no valid document.
    """
    if not _wrong(monograph):
        return NameRepair((), (), ())
    audit.lock_log()
    monograph = Monograph.objects.select_for_update().get(
        pk=monograph.pk
    )  # as it is now, nothing read before
    wrong, document = _wrong(monograph), read(monograph)
    ours = [row for row in wrong if row.source != DrugName.Source.EDITOR]
    said = {fold(text) for text in (*document.ingredients, *document.components)}
    kept = tuple(dict.fromkeys(row.text for row in ours if fold(row.text) not in said))
    dropped = tuple(dict.fromkeys(row.text for row in ours if fold(row.text) in said))
    if ours:
        _take_off(monograph, [row.pk for row in ours], kept, by)
    return NameRepair(dropped, kept, tuple(row.text for row in wrong if row not in ours))


def _wrong(monograph):
    """The rows whose name is none of the whole page."""
    document = read(monograph)
    return [
        row
        for row in monograph.names.all()
        if is_one_ingredients(row.text, document) or (row.kind == "generic" and is_sentence(row.text))
    ]


def _take_off(monograph, keys, kept, by):
    record = ImportRecord.objects.filter(monograph=monograph).first()
    as_imported = record and record.desk_sha256 == _page_hash(monograph)
    touch(monograph, by)
    DrugName.objects.filter(pk__in=keys).delete()
    if kept:
        Section.objects.filter(monograph=monograph).update(position=F("position") + 1)
        Section.objects.create(
            monograph=monograph, position=0, kind="other", heading=HEADING, body="\n\n".join(kept)
        )
    document = read(monograph)
    set_derived_columns(monograph, document)
    monograph.save()
    write_derived_rows(monograph, document)
    record_saved([monograph], by)
    if as_imported:  # people have not edited it: the next import of its file is no conflict
        ImportRecord.objects.filter(pk=record.pk).update(desk_sha256=_page_hash(monograph))


def _page_hash(monograph):
    return content.sha256(read(monograph, page_names_only=True).to_json())
