"""Rows of the desk: a document to rows and back, one transaction each; no edits are overwritten unasked."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from drugs import audit, content, content_checks
from drugs.audit import facts
from drugs.content import Document, DocumentError
from drugs.desk import duplicates
from drugs.desk.derived import derived_columns, set_columns
from drugs.desk.revisions import add_contributors, keep_revisions
from drugs.models import (
    FAQ,
    ClassOfDrug,
    DeskRevision,
    DrugName,
    Ingredient,
    Monograph,
    Paragraph,
    Reference,
    Section,
    SideEffect,
)
from drugs.models.bulk_insert import insert_columns
from drugs.models.fields import FoldedField
from drugs.models.monographs import DeskRow

# All that a desk says beside its own columns, as a query can fetch it for many desks at once.
PARTS = ("names", "ingredients", "classes", "sections", "side_effects", "faqs", "references")


def read(monograph: Monograph, *, page_names_only: bool = False) -> Document:
    """The Document that the desk of `monograph` holds. Raises DocumentError if it holds no valid one.

    Seven queries, none where its PARTS were prefetched.

    With `page_names_only`, names that a list or an editor brought are left out: what an import compares.
    """
    return Document(
        slug=monograph.slug,
        title=monograph.title,
        language=monograph.language,
        origin=monograph.origin,
        names=_names(monograph.names.all(), page_names_only),
        ingredients=tuple(row.text for row in monograph.ingredients.all()),
        classes=tuple(content.DrugClass(row.name, row.atc) for row in monograph.classes.all()),
        sections=content.with_places(
            [
                content.Section(row.kind, row.heading, row.body, row.component)
                for row in monograph.sections.all()
            ],
            monograph.side_effects.all(),
            monograph.faqs.all(),
        ),
        side_effects=tuple(
            content.SideEffect(
                row.name,
                row.description,
                row.group,
                row.label,
                row.frequency,
                row.urgency,
                component=row.component,
                reference=row.reference,
            )
            for row in monograph.side_effects.all()
        ),
        faqs=tuple(content.FAQ(row.question, row.answer, row.component) for row in monograph.faqs.all()),
        references=tuple(
            content.Reference(
                row.title,
                row.publisher,
                row.url,
                row.year,
                row.accessed_on,
                **{key: getattr(row, key) for key in content.LABEL_KEYS},
            )
            for row in monograph.references.all()
        ),
    )


def _names(rows, page_names_only):
    from_page = {(row.text, row.kind) for row in rows if row.source == DrugName.Source.PAGE}
    return tuple(
        content.Name(row.text, row.kind)
        for row in rows
        if row.source == DrugName.Source.PAGE
        # A name that the page has too is said once.
        or (not page_names_only and (row.text, row.kind) not in from_page)
    )


@transaction.atomic
def create(
    documents: Iterable[Document], *, by: str, names_from: str = DrugName.Source.PAGE
) -> list[Monograph]:
    """New desks that say what `documents` say, in the same order. `by` is who made them, as text.

    `names_from` is the DrugName.Source of their names.
    """
    documents = list(documents)
    audit.lock_log()
    monographs = Monograph.objects.bulk_create(
        Monograph(slug=document.slug, changed_by=by, **_identity(document)) for document in documents
    )
    _insert_rows(list(zip(monographs, documents, strict=True)), names_from)
    add_contributors(monographs, by)
    record_saved(monographs, by)
    return monographs


@transaction.atomic
def write(
    document: Document,
    *,
    by: str,
    monograph: Monograph | None = None,
    names_from: str = DrugName.Source.PAGE,
) -> Monograph:
    """The desk of `monograph`, or a new one, made to say what `document` says. `by` is who changed it, as text.

    Names that something other than `names_from` brought stay, after the document's own.
    """
    audit.lock_log()
    if monograph is None:
        return create([document], by=by, names_from=names_from)[0]
    set_columns(monograph, _identity(document))
    touch(monograph, by)
    for model in (Ingredient, ClassOfDrug, Section, SideEffect, FAQ, Reference, Paragraph):
        model.objects.filter(monograph=monograph).delete()
    DrugName.objects.filter(monograph=monograph, source=names_from).delete()
    _insert_rows([(monograph, document)], names_from)
    record_saved([monograph], by)
    return monograph


def _identity(document):
    return {
        "title": document.title,
        "language": document.language,
        "origin": document.origin,
        **derived_columns(document),
    }


def touch(monograph: Monograph, by: str) -> None:
    """A new version of the monograph, saved as changed by `by` now (optimistic lock): a second editor is told.

    Call it before the rows are changed: it keeps the revision that they say.
    """
    keep_replaced(monograph)
    add_contributors([monograph], by)
    monograph.version += 1
    monograph.changed_at = timezone.now()
    monograph.changed_by = by
    monograph.save()


def keep_replaced(monograph: Monograph) -> None:
    """The revision that the database holds now, kept before it is replaced; once, and not if no page could say it."""
    _keep_replaced_each([Monograph.objects.get(pk=monograph.pk)])


def add_names(monograph: Monograph, names: Collection[content.Name], *, source: str, by: str) -> None:
    """`names` put behind those on the desk, as brought by `source`; none of them may be there already."""
    add_names_each([(monograph, names)], source=source, by=by)


@transaction.atomic
def add_names_each(
    additions: Iterable[tuple[Monograph, Collection[content.Name]]], *, source: str, by: str
) -> None:
    """The names of each pair put behind those on its desk, as `add_names` does for one; an act of the record each.

    The monographs are as the database has them. Those that came with their PARTS have the new names among them then.
    """
    additions = [pair for pair in additions if pair[1]]
    if not additions:
        return
    monographs = [monograph for monograph, _ in additions]
    _keep_replaced_each(monographs)
    add_contributors(monographs, by)
    now = timezone.now()
    for monograph in monographs:
        monograph.version += 1
        monograph.changed_at, monograph.changed_by = now, by
    changed = Monograph.objects.filter(pk__in=[monograph.pk for monograph in monographs])
    changed.update(version=F("version") + 1, changed_at=now, changed_by=by)
    of_ours = DrugName.objects.filter(monograph__in=monographs).order_by()
    last = dict(of_ours.values_list("monograph").annotate(Max("position")))
    DrugName.objects.bulk_create(
        DrugName(monograph=monograph, text=name.text, kind=name.kind, source=source, position=position)
        for monograph, names in additions
        for position, name in enumerate(names, start=last.get(monograph.pk, -1) + 1)
    )
    for monograph in monographs:
        monograph.refresh_from_db(fields=["names"])  # forgets the names that were prefetched
    duplicates.update_likely_duplicates(monographs)
    audit.record_each(by, "saved", _acts_of_saving(monographs))


def _keep_replaced_each(monographs):
    """As `keep_replaced`, of monographs that are as the database has them."""
    keys = [monograph.pk for monograph in monographs]
    kept = set(DeskRevision.objects.filter(monograph__in=keys).values_list("monograph_id", "version"))
    replaced = []
    for monograph in monographs:
        if (monograph.pk, monograph.version) not in kept:
            try:
                replaced.append((monograph, read(monograph)))
            except DocumentError:  # what no page could say is not kept
                continue
    keep_revisions(replaced)


def _acts_of_saving(monographs):
    stated = facts.desks(monographs)
    for monograph in monographs:
        key = str(monograph.pk)
        # Of a desk whose text of before was not kept, none is named.
        own = {name: {key: of_all[key]} for name, of_all in stated.items() if key in of_all}
        yield audit.Act(monograph.slug, "", [own])


def record_saved(monographs: Sequence[Monograph], by: str) -> None:
    """Audit entry of what these desks say now, in the transaction that has made them say it."""
    if monographs:
        slugs = [monograph.slug for monograph in monographs]
        subject = slugs[0] if len(slugs) == 1 else f"{len(slugs)} pages"
        audit.record(by, "saved", subject, ", ".join(slugs[1:] and slugs), facts.desks(monographs))


# Columns of the rows of each table, of which there are forty a page; references are few, and have dates.
_ROWS: dict[type[DeskRow], Callable[[Document, str], Iterable[Mapping[str, Any]]]] = {
    DrugName: lambda document, source: (
        {**vars(name), "source": source, "folded": FoldedField.folded(name.text)} for name in document.names
    ),
    Ingredient: lambda document, _: ({"text": text} for text in document.ingredients),
    ClassOfDrug: lambda document, _: map(vars, document.classes),
    Section: lambda document, _: map(vars, document.sections),
    SideEffect: lambda document, _: map(vars, document.side_effects),
    FAQ: lambda document, _: map(vars, document.faqs),
}


def _insert_rows(pairs, names_from):
    """Inserts the rows of all `pairs` of Monograph and Document, one kind of row after the other."""
    for model, parts in _ROWS.items():
        insert_columns(
            model,
            [
                {"monograph_id": monograph.pk, "position": position, **part}
                for monograph, document in pairs
                for position, part in enumerate(parts(document, names_from))
            ],
        )
    insert_columns(
        Paragraph,
        [
            {"monograph_id": monograph.pk, "digest": digest}
            for monograph, document in pairs
            for digest in content_checks.paragraph_hashes(document)
        ],
    )
    Reference.objects.bulk_create(
        Reference(monograph=monograph, position=position, **vars(reference))
        for monograph, document in pairs
        for position, reference in enumerate(document.references)
    )
    duplicates.update_likely_duplicates([monograph for monograph, _ in pairs])
