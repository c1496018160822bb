"""Imported pages on the desk: upserts that are created, updated, unchanged, or a conflict with what people wrote."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from drugs import content
from drugs.content import Document
from drugs.content.components import with_component
from drugs.desk.rows import create, read, write
from drugs.models import ImportRecord, Monograph


@dataclass(frozen=True)
class Source:
    """A file that was imported.

    `path` is its last folder and name, `format` is `page` or `old`, `sha256` that of its bytes. `kept` is what it holds
    for editors only: comments, keys and marks of other programs.
    """

    path: str
    format: str
    sha256: str
    kept: str = ""

    @property
    def old_address(self) -> str:
        """The file's last folder and stem: its address on the old site."""
        return self.path.rsplit(".", 1)[0][:600]


@dataclass(frozen=True)
class SaveResult:
    """What `save_page` did: `created`, `updated`, `unchanged`, or `conflict` with the reason and a diff."""

    outcome: str
    monograph: Monograph
    reason: str = ""
    diff: str = ""


@transaction.atomic
def create_pages(pairs: Sequence[tuple[Document, Source]], *, by: str) -> list[Monograph]:
    """New desks for documents read from files, in the same order. `by` is who imports, as text."""
    monographs = create((document for document, _ in pairs), by=by)
    ImportRecord.objects.bulk_create(
        ImportRecord(monograph=monograph, **_record_of(document, source))
        for monograph, (document, source) in zip(monographs, pairs, strict=True)
    )
    return monographs


@transaction.atomic
def save_page(document: Document, source: Source, *, by: str, overwrite: bool = False) -> SaveResult:
    """Upsert of a page that was read from `source`: its desk created or updated, and what came of it.

    Running it twice changes nothing. A desk that people edited since, or that came from another file, is a
    conflict and is left alone unless `overwrite` says so.
    """
    monograph = (
        Monograph.objects.select_for_update(of=("self",))
        .filter(slug=document.slug)
        .select_related("import_record")
        .first()
    )
    if monograph is None:
        return SaveResult("created", create_pages([(document, source)], by=by)[0])
    record = getattr(monograph, "import_record", None)
    present = read(monograph, page_names_only=True)
    if present == document:
        if record and record.kept != source.kept and record.path == source.path:
            ImportRecord.objects.filter(pk=record.pk).update(kept=source.kept)
        return SaveResult("unchanged", monograph)
    if not overwrite and (reason := _conflict(record, present, source)):
        return SaveResult("conflict", monograph, reason, unified_difference(present, document))
    write(document, by=by, monograph=monograph)
    _record(monograph, document, source)
    return SaveResult("updated", monograph)


def _conflict(record, present, source):
    if record is None:
        return "the desk was written by people, not imported"
    if record.path != source.path:
        return f"the desk holds a page of this address from {record.path}"
    if record.desk_sha256 != content.sha256(present.to_json()):
        return "people have edited the desk since the last import"
    return ""


def _record(monograph, document, source):
    ImportRecord.objects.update_or_create(monograph=monograph, defaults=_record_of(document, source))


def _record_of(document, source):
    return {
        "path": source.path,
        "old_address": source.old_address,
        "format": source.format,
        "sha256": source.sha256,
        "kept": source.kept,
        "reader": "1",  # read by nobody; the column stays, since a restore takes no backup of other migrations
        "desk_sha256": content.sha256(document.to_json()),
        "imported_at": timezone.now(),
        "opened_at": None,
    }


def unified_difference(before: Document, after: Document) -> str:
    """Unified diff, as text, of two documents in a shape that a person can read."""
    return "\n".join(
        difflib.unified_diff(
            _readable(before), _readable(after), "on the desk", "in the file", lineterm="", n=1
        )
    )


def _readable(document):
    lines = [f"title: {document.title}", f"origin: {document.origin}"]
    lines += [f"name: {name.text} ({name.kind})" for name in document.names]
    lines += [f"ingredient: {text}" for text in document.ingredients]
    lines += [f"class: {item.name} {item.atc}".rstrip() for item in document.classes]
    for section in document.sections:
        heading = with_component(section.component, section.heading or section.kind)
        lines += [f"## {heading}", *section.body.split("\n")]
    for effect in document.side_effects:
        source = f"reference {effect.reference}" if effect.reference else ""
        marks = ", ".join(
            filter(None, (effect.label, effect.group, effect.frequency, effect.urgency, source))
        )
        name = with_component(effect.component, effect.name)
        lines.append(f"* {name}: {effect.description} ({marks})")
    for faq in document.faqs:
        lines += [f"Q: {with_component(faq.component, faq.question)}", f"A: {faq.answer}"]
    for item in document.references:
        label = " ".join(value for key in content.LABEL_KEYS if (value := getattr(item, key)))
        lines.append(f"reference: {item.title} {item.publisher} {item.url} {label}".rstrip())
    return lines
