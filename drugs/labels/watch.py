"""Watch over cited labels: which pages cite a label whose newer version says something else that matters.

Nothing of a page is written here, neither its desk nor its editions nor its publication: the rows are the labels' own.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from drugs.content import SECTION_HEADINGS, Document
from drugs.content.diff import Change, text_change
from drugs.formats.label import LabelDocument
from drugs.labels.store import read_label
from drugs.models import Label, LabelCitation, Monograph, Publication, SourceNotice

# US labels keep their warnings below the boxed one in sections of our kind `precautions`.
WATCHED = ("warning", "do_not_take", "precautions", "interactions", "pregnancy", "dosage")
# Numbering, which changes when a label is rearranged: of list items, of headings, and of the sections that a text
# refers to. A number before a unit is a dose.
_ITEM_NUMBER = re.compile(r"^[ \t]*(?:\d{1,2}|[a-z])[.)](?=[ \t])", re.MULTILINE)
_HEADING_NUMBER = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]+|\*\*)?\d{1,2}(?:\.\d{1,2}){1,3}\.?[ \t]+(?=\**[A-Z][a-z])", re.MULTILINE
)
_REFERENCE = r"(?:1[0-7]|[1-9])\.[1-9]\d?"
_NUMBERS = rf"\({_REFERENCE}(?:\s*,\s*{_REFERENCE})*\s*\)"
_SEE = re.compile(_NUMBERS)
# Where a number in brackets is that of a section: beside "see", in square brackets, or after a word that ends a line.
# Anywhere else it may be a dose or a ratio.
_REFERRING = re.compile(
    r"\[[^\[\]]{0,400}\]|\bsee (?:[^().;\n]{0,200}\([^()\n]{0,60}\)){1,9}"
    rf"|(?<=(?-i:[a-z]{{4}}) ){_NUMBERS}(?=[ \t]*[.;]?[ \t]*$)",
    re.IGNORECASE | re.MULTILINE,
)
_WORD = re.compile(r"[^\W_]+(?:[.,/'’][^\W_]+)*|[<>≤≥=±%+]")


class SourceChange(NamedTuple):
    """A cited label that says something else now: what was read, what is current, and the words that differ by kind."""

    citation: LabelCitation
    before: LabelDocument
    after: LabelDocument
    changes: list[Change]


def note_editions(pages: Iterable[tuple[Publication, Document]], *, may_cite_already: bool) -> None:
    """The citations of these pages, whose documents readers have from now on. Call it in the publishing transaction.

    A page that is signed in this very edition has seen what its labels say now. `may_cite_already` is False for pages
    that are new.
    """
    pages, changed = list(pages), []
    by_monograph = _citations([publication for publication, _ in pages]) if may_cite_already else {}
    for publication, document in pages:
        cited = {
            (row.source, row.set_id, row.version) for row in document.references if row.set_id and row.source
        }
        known = by_monograph.get(publication.monograph_id, {})
        if not cited and not known:
            continue
        is_signed = publication.review_of == publication.number
        current = _current({set_id for _, set_id, _ in cited})
        LabelCitation.objects.filter(monograph=publication.monograph_id).delete()
        LabelCitation.objects.bulk_create(
            LabelCitation(
                monograph_id=publication.monograph_id,
                source=source,
                set_id=set_id,
                version=version,
                seen_sha256=_seen((source, set_id, version), known, current, is_signed),
            )
            for source, set_id, version in sorted(cited)
        )
        changed.append(publication.monograph_id)
    if changed:
        update_notices(changed)


def _citations(publications):
    """What the pages cite already: by monograph the hash that they have seen of each version of a label."""
    found: dict[int, dict[tuple[str, str, str], str]] = {}
    for row in LabelCitation.objects.filter(monograph__in=[each.monograph_id for each in publications]):
        found.setdefault(row.monograph_id, {})[row.source, row.set_id, row.version] = row.seen_sha256
    return found


def watch_sets(labels: Collection[LabelDocument]) -> None:
    """The notices of all pages that cite a set of `labels`, put right after these versions were stored."""
    set_ids = {label.set_id for label in labels}
    keys = LabelCitation.objects.filter(set_id__in=set_ids).values_list("monograph_id", flat=True)
    if monographs := set(keys):
        update_notices(sorted(monographs))


def update_notices(monographs: Sequence[int]) -> None:
    """The notices of the pages with these keys of monographs: one where a source changed, none where none did.

    A notice that stands keeps its days, so that a second change does not put off the first.
    """
    today = timezone.localdate()
    changes = changed_sources(monographs)
    SourceNotice.objects.filter(monograph__in=set(monographs) - changes.keys()).delete()
    begins = today + datetime.timedelta(days=settings.SOURCE_NOTICE_DAYS)
    SourceNotice.objects.bulk_create(
        (
            SourceNotice(
                monograph_id=key,
                changed_on=min(_day(change.after, today) for change in found),
                begins_on=begins,
            )
            for key, found in changes.items()
        ),
        ignore_conflicts=True,
    )


def changed_sources(monographs: Collection[int]) -> dict[int, list[SourceChange]]:
    """The cited labels that say something else now, by the key of the monograph that cites them."""
    citations = list(LabelCitation.objects.filter(monograph__in=monographs))
    versions: defaultdict[tuple[str, str], list[Label]] = defaultdict(list)
    for row in Label.objects.filter(set_id__in={row.set_id for row in citations}).defer("content"):
        versions[row.source, row.set_id].append(row)
    found: defaultdict[int, list[SourceChange]] = defaultdict(list)
    for citation in citations:
        rows = versions[citation.source, citation.set_id]
        current = next((row for row in rows if row.is_current), None)
        base = _base(citation, rows)
        if current is None or base is None or base.pk == current.pk:
            continue
        before, after = read_label(base), read_label(current)
        if changes := list(label_changes(before, after)):
            found[citation.monograph_id].append(SourceChange(citation, before, after, changes))
    return dict(found)


def label_changes(before: LabelDocument, after: LabelDocument) -> Iterator[Change]:
    """What differs between two versions in the kinds that are watched, word by word; white space, numbering and marks
    of Markdown do not count.
    """
    for kind in WATCHED:
        old, new = _text(before, kind), _text(after, kind)
        if _words(old) != _words(new):
            yield text_change(str(SECTION_HEADINGS[kind]), old, new)


def source_changes(monograph: Monograph) -> list[SourceChange]:
    """The cited labels of the page of `monograph` that say something else now."""
    return changed_sources([monograph.pk]).get(monograph.pk, [])


def _seen(key, known, current, is_signed):
    """What the reviewer had, where the page is signed now or was before; what is current where no version is cited."""
    source, set_id, version = key
    now = current.get((source, set_id), "")
    return now if is_signed else known.get(key) or ("" if version else now)


def _text(label, kind):
    return "\n\n".join(section.body for section in label.sections if section.kind == kind)


def _words(text):
    for numbering in (_ITEM_NUMBER, _HEADING_NUMBER):
        text = numbering.sub(" ", text)
    text = _REFERRING.sub(lambda found: _SEE.sub(" ", found[0]), text)
    return _WORD.findall(text)


def _base(citation, rows):
    """The version that the page was checked against: what its reviewer last had, else the one that it cites, else the
    oldest that is there of those that are not older.
    """
    if seen := next(
        (row for row in rows if citation.seen_sha256 and row.sha256 == citation.seen_sha256), None
    ):
        return seen
    rows = sorted(
        rows, key=lambda row: (-1 if row.version is None else row.version, row.effective_date, row.pk)
    )
    if cited := next(
        (row for row in rows if citation.version and str(row.version) == citation.version), None
    ):
        return cited
    if not citation.version:
        return rows[0] if rows else None
    number = int(citation.version) if re.fullmatch("[0-9]{1,9}", citation.version) else -1
    return next((row for row in rows if row.version is not None and row.version >= number), None)


def _current(set_ids):
    rows = Label.objects.current().filter(set_id__in=set_ids)
    return {(source, set_id): sha for source, set_id, sha in rows.values_list("source", "set_id", "sha256")}


def _day(label, today):
    """The day of a version; today where the source says less, or a day that is yet to come."""
    try:
        return min(datetime.date.fromisoformat(label.effective_date), today)
    except ValueError:
        return today
