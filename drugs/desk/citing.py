"""Citing on the desk: a reference, and side effects that name it, added behind the rows that are there."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import Max

from drugs import audit, content, formats
from drugs.content import Document
from drugs.desk.derived import set_derived_columns, write_derived_rows
from drugs.desk.rewriting import StaleDesk
from drugs.desk.rows import read, record_saved, touch
from drugs.models import Monograph, Reference, SideEffect


@transaction.atomic
def cite(
    monograph_id: int,
    reference: content.Reference,
    side_effects: Sequence[content.SideEffect] = (),
    *,
    by: str,
    version: int,
) -> int:
    """The number of `reference` on the desk, where it stands now with `side_effects` that name it, added by `by`.

    What the desk says already is not said twice. Raises StaleDesk unless `version` is the desk's, DocumentError if no
    page could hold it.
    """
    audit.lock_log()
    monograph = Monograph.objects.select_for_update().get(pk=monograph_id)
    if monograph.version != version:
        raise StaleDesk
    before = read(monograph)
    after, number = with_citation(before, reference, side_effects)
    if after == before:
        return number
    formats.check_size(after)
    set_derived_columns(monograph, after)
    touch(monograph, by)
    _add(Reference, monograph, after.references[len(before.references) :])
    there = set(before.side_effects)
    _add(SideEffect, monograph, [effect for effect in after.side_effects if effect not in there])
    write_derived_rows(monograph, after)
    record_saved([monograph], by)
    return number


def with_citation(
    document: Document, reference: content.Reference, side_effects: Sequence[content.SideEffect]
) -> tuple[Document, int]:
    """`document` with `reference` and the `side_effects` that it names, and the number of the reference there."""
    references = document.references
    number = citation_number(document, reference)
    if number is None:
        references, number = (*references, reference), len(references) + 1
    names = {
        (effect.name.casefold(), effect.label)
        for effect in document.side_effects
        if effect.reference == number
    }
    new = [replace(effect, reference=number) for effect in side_effects]
    effects = (*document.side_effects, *(row for row in new if (row.name.casefold(), row.label) not in names))
    sections = content.with_places(document.sections, effects, document.faqs)
    return replace(document, references=references, side_effects=effects, sections=sections), number


def citation_number(document: Document, reference: content.Reference) -> int | None:
    """The number by which `document` cites the same as `reference`, counted from 1; None if it does not."""
    wanted = _citation(reference)
    return next((at for at, row in enumerate(document.references, 1) if _citation(row) == wanted), None)


def _citation(reference):
    """What makes two references the same citation; on which day somebody read it does not."""
    return (reference.title, reference.url, *(getattr(reference, key) for key in content.LABEL_KEYS))


def _add(model, monograph, parts):
    last = model.objects.filter(monograph=monograph).aggregate(last=Max("position"))["last"]
    first = 0 if last is None else last + 1
    model.objects.bulk_create(
        model(monograph=monograph, position=position, **vars(part))
        for position, part in enumerate(parts, start=first)
    )
