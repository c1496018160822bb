"""Import and export of regulators' labels: many files in, one line of JSON a label out. No page is touched."""

import dataclasses
import json
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import IO, Any, NamedTuple

from django.db import transaction

from drugs import audit
from drugs.formats.label import (
    Found,
    LabelDocument,
    LabelError,
    Raw,
    raw_files,
    read_group,
    read_json,
    read_raw,
)
from drugs.labels import read_label, store, watch_sets
from drugs.models import Label

SUFFIXES = (".xml", ".json", ".zip")
BATCH = 200  # labels of one transaction
BATCH_CHARS = 3_000_000  # or fewer, if their texts are longer than that
_CHUNK = 8  # files that a process reads at a time


class LabelResult(NamedTuple):
    """What became of one label, or why a file, or an entry of it, is none."""

    name: str
    outcome: str
    label: LabelDocument | None = None
    reason: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The line of a report."""
        label = self.label
        return {
            "path": self.name,
            "outcome": self.outcome,
            "reason": self.reason,
            "source": label.source if label else "",
            "set_id": label.set_id if label else "",
            "document_id": label.document_id if label else "",
            "version": label.version if label else None,
            "use": label.use if label else "",
        }


def import_labels(paths: Iterable[str], *, workers: int = 1, dry_run: bool = False) -> Iterator[LabelResult]:
    """What became of each label in the files, folders and zips `paths`, stored in batches as they are read."""
    for batch in _batches(read_labels(paths, workers)):
        labels = [(name, label) for name, label in batch if isinstance(label, LabelDocument)]
        with transaction.atomic():
            if not dry_run:
                audit.lock_log(audit.IMPORT_LOCK_SECONDS)  # before the rows, as everybody does
            results = list(store([label for _, label in labels], dry_run=dry_run))
            changed = sum(result.outcome != "unchanged" for result in results)
            if changed and not dry_run:
                audit.record("import_labels", "imported", f"{changed} labels")
                watch_sets([result.label for result in results if result.outcome != "unchanged"])
        stored = iter(results)
        for name, label in batch:
            if isinstance(label, LabelError):
                yield LabelResult(name, "failed", reason=str(label))
            else:
                yield LabelResult(name, next(stored).outcome, label)


def _batches(found: Iterator[Found]) -> Iterator[list[Found]]:
    """What was found in lists that are neither long nor large: a batch is in memory as a whole."""
    batch: list[Found] = []
    size = 0
    for one in found:
        batch.append(one)
        if isinstance(one[1], LabelDocument):
            size += sum(len(section.body) for section in one[1].sections)
        if len(batch) >= BATCH or size > BATCH_CHARS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def read_labels(paths: Iterable[str], workers: int = 1) -> Iterator[Found]:
    """The labels of `paths`, each with the name of where it stands, in order; XML is parsed in `workers` processes."""
    files = (raw for path in paths for file in _files(Path(path)) for raw in raw_files(file))
    if workers <= 1:
        for raw in files:
            yield from read_raw(raw) if isinstance(raw, Raw) else read_json(*raw)
        return
    # The processes know no Django: they only read.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for kind, group in _groups(files):
            if kind == "json":
                yield from read_json(*group)
            else:
                for results in pool.map(
                    read_group, [group[at : at + _CHUNK] for at in range(0, len(group), _CHUNK)]
                ):
                    yield from results


def export_labels(file: Any) -> int:
    """Writes the current version of each set to the text file `file`, a line of JSON each; gives their number."""
    count = 0
    for row in Label.objects.current().order_by("set_id", "source").iterator(chunk_size=50):
        file.write(json.dumps(export_record(read_label(row)), ensure_ascii=False) + "\n")
        count += 1
    return count


def export_record(label: LabelDocument) -> dict[str, Any]:
    """The line of one label in an export."""
    return {
        "source": label.source,
        "set_id": label.set_id,
        "document_id": label.document_id,
        "version": label.version,
        "effective_date": label.effective_date,
        "labeler": label.labeler,
        "doc_type": label.doc_type,
        "title": label.title,
        "generic_names": list(label.generic_names),
        "brand_names": list(label.brand_names),
        "true_brand_names": list(label.true_brand_names),
        "moieties": [dataclasses.asdict(moiety) for moiety in label.moieties],
        "marketing": [list(pair) for pair in label.marketing],
        "section_codes": list(label.section_codes),
        "sections": [
            {"kind": section.kind, "code": section.code, "heading": section.heading, "body": section.body}
            for section in label.sections
        ],
        "boxed_warning": label.boxed_warning,
        "sha256": label.sha256,
    }


def _files(path: Path) -> Iterator[Path]:
    """The files of a folder that are of a kind to read, in order and never out of it; a file itself."""
    if not path.is_dir():
        yield path
        return
    inside = path.resolve()
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder, name)
            if (
                file.suffix.lower() in SUFFIXES
                and not name.startswith(".")
                and file.resolve().is_relative_to(inside)
            ):
                yield file


def _groups(files: Iterator[Raw | tuple[str, IO[bytes]]]) -> Iterator[tuple[str, Any]]:
    """Files in groups small enough for memory; an open one by itself, while it is open."""
    group: list[Raw] = []
    size = 0
    for raw in files:
        if isinstance(raw, Raw):
            group.append(raw)
            size += len(raw.data)
        if group and (not isinstance(raw, Raw) or len(group) >= 64 or size > 20_000_000):
            yield "xml", group
            group, size = [], 0
        if not isinstance(raw, Raw):
            yield "json", raw
    if group:
        yield "xml", group
