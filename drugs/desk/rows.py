"""Document to desk and back, one transaction each; what people edited is never overwritten unasked."""

import difflib
import re
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from drugs import content_checks as checks
from drugs.content import document as doc
from drugs.content import invisible as unseen
from drugs.content.normalisation import fold
from drugs.content.sort_keys import letter_of, sort_key
from drugs.desk import duplicates
from drugs.models import (
    FAQ,
    ClassOfDrug,
    DrugName,
    ImportRecord,
    Ingredient,
    Monograph,
    Paragraph,
    Reference,
    Section,
    SideEffect,
)

READER = "1"  # raise it when the readers of formats understand more: unchanged files are then read again


@dataclass(frozen=True)
class Source:
    """A file. `path` is its last folder and name, `format` is `page` or `old`, `sha256` that of its bytes."""

    path: str
    format: str
    sha256: str

    @property
    def old_address(self):
        """The file's last folder and stem: its address on the old site."""
        return self.path.rsplit(".", 1)[0][:600]


@dataclass(frozen=True)
class Saved:
    """What `save_page` did: `created`, `updated`, `unchanged`, or `conflict` with the reason and a diff."""

    outcome: str
    monograph: Monograph
    reason: str = ""
    diff: str = ""


def read(monograph, *, page_names_only=False):
    """The Document that the desk of `monograph` holds. Raises DocumentError if it holds no valid one.

    With `page_names_only`, names that a list or an editor brought are left out: what an import compares.
    """
    return doc.Document(
        slug=monograph.slug,
        title=monograph.title,
        language=monograph.language,
        origin=monograph.origin,
        names=_names(monograph.names.all(), page_names_only),
        ingredients=tuple(row.text for row in monograph.ingredients.all()),
        classes=tuple(doc.DrugClass(row.name, row.atc) for row in monograph.classes.all()),
        sections=with_places(
            [doc.Section(row.kind, row.heading, row.body) for row in monograph.sections.all()],
            monograph.side_effects.all(),
            monograph.faqs.all(),
        ),
        side_effects=tuple(
            doc.SideEffect(row.name, row.description, row.group, row.label, row.frequency, row.urgency)
            for row in monograph.side_effects.all()
        ),
        faqs=tuple(doc.FAQ(row.question, row.answer) for row in monograph.faqs.all()),
        references=tuple(
            doc.Reference(row.title, row.publisher, row.url, row.year, row.accessed_on)
            for row in monograph.references.all()
        ),
    )


def _names(rows, page_names_only):
    from_page = {(row.text, row.kind) for row in rows if row.source == DrugName.Source.PAGE}
    return tuple(
        doc.Name(row.text, row.kind)
        for row in rows
        if row.source == DrugName.Source.PAGE
        # A name that the page has too is said once.
        or (not page_names_only and (row.text, row.kind) not in from_page)
    )


def with_places(sections, side_effects, faqs):
    """Side effects and questions need a section to stand in; an editor who adds only rows means that too."""
    for kind, rows in (("side_effects", side_effects), ("faqs", faqs)):
        if rows and all(section.kind != kind for section in sections):
            sections = _insert_in_page_order(sections, doc.Section(kind))
    return tuple(sections)


def _insert_in_page_order(sections, new):
    order = doc.SECTION_KINDS.index
    before = [index for index, section in enumerate(sections) if order(section.kind) <= order(new.kind)]
    at = before[-1] + 1 if before else 0
    return [*sections[:at], new, *sections[at:]]


@transaction.atomic
def create(documents, *, by, names_from=DrugName.Source.PAGE):
    """New desks that say what `documents` say: Monographs in the same order. `by` is who made them, as text."""
    documents = list(documents)
    monographs = Monograph.objects.bulk_create(
        Monograph(slug=document.slug, changed_by=by, **_identity(document)) for document in documents
    )
    _insert_rows(list(zip(monographs, documents, strict=True)), names_from)
    return monographs


@transaction.atomic
def write(document, *, by, monograph=None, names_from=DrugName.Source.PAGE):
    """Makes the desk say what `document` says, and returns the Monograph. `by` is who changed it, as text.

    Names that something other than `names_from` brought stay, after the document's own.
    """
    if monograph is None:
        return create([document], by=by, names_from=names_from)[0]
    _set(monograph, _identity(document))
    touch(monograph, by)
    for model in (Ingredient, ClassOfDrug, Section, SideEffect, FAQ, Reference, Paragraph):
        model.objects.filter(monograph=monograph).delete()
    DrugName.objects.filter(monograph=monograph, source=names_from).delete()
    _insert_rows([(monograph, document)], names_from)
    return monograph


def _identity(document):
    return {
        "title": document.title,
        "language": document.language,
        "origin": document.origin,
        **_derived(document),
    }


def _derived(document):
    """What the editors' lists and the import ask of a desk, without reading all of it."""
    findings = checks.blocking(document)
    return {
        "letter": letter_of(sort_key(document.title)),
        "sameness": sameness(document),
        "blocks": len(findings),
        "held_back": [" ".join(finding.message.split()) for finding in findings],
    }


def derive(monograph, document):
    """Sets the columns of `monograph` that follow from `document`, what its desk says. Saves nothing."""
    _set(monograph, _derived(document))


def _set(monograph, columns):
    for name, value in columns.items():
        setattr(monograph, name, value)


@transaction.atomic
def note(monograph, document):
    """Keeps what other pages have to know of `document`, what the desk says: its longer paragraphs and its names."""
    Paragraph.objects.filter(monograph=monograph).delete()
    Paragraph.objects.bulk_create(_paragraphs(monograph, document))
    duplicates.note([monograph])


@transaction.atomic
def refresh(pairs):
    """Puts right what is derived from desks: `pairs` of a Monograph and the Document that its desk says.

    The text stays as it is. A desk that somebody has changed since it was read is left alone: that has put it right.
    """
    versions = {monograph.pk: monograph.version for monograph, _ in pairs}
    now = Monograph.objects.select_for_update().filter(pk__in=versions).values_list("pk", "version")
    same = {pk for pk, version in now if versions[pk] == version}
    pairs = [pair for pair in pairs if pair[0].pk in same]
    for monograph, document in pairs:
        derived = {"folded": fold(document.title), **_derived(document)}
        if any(getattr(monograph, name) != value for name, value in derived.items()):
            _set(monograph, derived)
            monograph.save(update_fields=derived)
        for name in monograph.names.all():
            if name.folded != fold(name.text):
                name.save(update_fields=["folded"])
    duplicates.note([monograph for monograph, _ in pairs])


def _paragraphs(monograph, document):
    return (Paragraph(monograph=monograph, digest=digest) for digest in checks.paragraph_hashes(document))


def shared_paragraphs(monograph, document):
    """The paragraphs of `document` that another desk has too, as a dict from hash to that page's slug."""
    found = Paragraph.objects.filter(digest__in=checks.paragraph_hashes(document)).exclude(
        monograph=monograph
    )
    return dict(found.order_by("-monograph__slug").values_list("digest", "monograph__slug"))


def sameness(document):
    """What two pages on the same medicine have in common: the set of ingredients, or else the title.

    Case, punctuation and the order of ingredients do not count.
    """
    parts = document.ingredients or (document.title,)
    folded = (re.sub(r"[\W_]+", " ", unseen.without(part).casefold()).strip() for part in parts)
    return "+".join(sorted(set(folded)))[:500]


def touch(monograph, by):
    """Notes on the monograph that `by` changed it: a new version, so that a second editor is told."""
    monograph.version += 1
    monograph.changed_at = timezone.now()
    monograph.changed_by = by
    monograph.save()


def add_names(monograph, names, *, source, by):
    """Puts `names` behind those on the desk, as brought by `source`; none of them may be there already."""
    if not names:
        return
    last = monograph.names.aggregate(last=Max("position"))["last"]
    first = 0 if last is None else last + 1
    DrugName.objects.bulk_create(
        DrugName(monograph=monograph, text=name.text, kind=name.kind, source=source, position=position)
        for position, name in enumerate(names, start=first)
    )
    touch(monograph, by)
    duplicates.note([monograph])


_ROWS = {
    DrugName: lambda document: document.names,
    Ingredient: lambda document: ({"text": text} for text in document.ingredients),
    ClassOfDrug: lambda document: document.classes,
    Section: lambda document: document.sections,
    SideEffect: lambda document: document.side_effects,
    FAQ: lambda document: document.faqs,
    Reference: lambda document: document.references,
}


def _insert_rows(pairs, names_from):
    """Inserts the rows of all `pairs` of Monograph and Document, one kind of row after the other."""
    for model, parts in _ROWS.items():
        brought = {"source": names_from} if model is DrugName else {}
        model.objects.bulk_create(
            model(monograph=monograph, position=position, **_values(part), **brought)
            for monograph, document in pairs
            for position, part in enumerate(parts(document))
        )
    Paragraph.objects.bulk_create(row for pair in pairs for row in _paragraphs(*pair))
    duplicates.note([monograph for monograph, _ in pairs])


def _values(part):
    return part if isinstance(part, dict) else vars(part)


@transaction.atomic
def create_pages(pairs, *, by):
    """New desks for `pairs` of Document and Source, as Monographs in the same order."""
    monographs = create((document for document, _ in pairs), by=by)
    ImportRecord.objects.bulk_create(
        ImportRecord(monograph=monograph, **_record_of(document, source))
        for monograph, (document, source) in zip(monographs, pairs, strict=True)
    )
    return monographs


@transaction.atomic
def save_page(document, source, *, by, overwrite=False):
    """Brings a page that was read from `source` to the desk and returns what came of it as `Saved`.

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
        return Saved("created", create_pages([(document, source)], by=by)[0])
    record = getattr(monograph, "import_record", None)
    present = read(monograph, page_names_only=True)
    if present == document:
        return Saved("unchanged", monograph)
    if not overwrite and (reason := _objection(record, present, source)):
        return Saved("conflict", monograph, reason, difference(present, document))
    write(document, by=by, monograph=monograph)
    _record(monograph, document, source)
    return Saved("updated", monograph)


def _objection(record, present, source):
    if record is None:
        return "the desk was written by people, not imported"
    if record.path != source.path:
        return f"the desk holds a page of this address from {record.path}"
    if record.desk_sha256 != doc.sha256(present.to_json()):
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
        "reader": READER,
        "desk_sha256": doc.sha256(document.to_json()),
        "imported_at": timezone.now(),
        "opened_at": None,
    }


def difference(before, after):
    """A unified diff, as text, of two documents in a shape that a person can read."""
    lines = [_readable(document) for document in (before, after)]
    return "\n".join(difflib.unified_diff(*lines, "on the desk", "in the file", lineterm="", n=1))


def _readable(document):
    lines = [f"title: {document.title}", f"origin: {document.origin}"]
    lines += [f"name: {name.text} ({name.kind})" for name in document.names]
    lines += [f"ingredient: {text}" for text in document.ingredients]
    lines += [f"class: {item.name} {item.atc}".rstrip() for item in document.classes]
    for section in document.sections:
        lines += [f"## {section.heading or section.kind}", *section.body.split("\n")]
    for effect in document.side_effects:
        marks = ", ".join((effect.label, effect.group, effect.frequency, effect.urgency))
        lines.append(f"* {effect.name}: {effect.description} ({marks})")
    for faq in document.faqs:
        lines += [f"Q: {faq.question}", f"A: {faq.answer}"]
    lines += [f"reference: {item.title} {item.publisher} {item.url}" for item in document.references]
    return lines
