"""Bulk files of the open data, written: every page as one line of JSON, names, and checksums; all three or none."""

import datetime
import fcntl
import gzip
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from django.utils import timezone

from drugs.formats import json_record
from drugs.formats.json_record import Exported
from drugs.import_export import export
from drugs.publishing import change_log
from drugs.publishing.file_sources import put_sources_right
from drugs.web import bulk_files, change_feed, open_data
from drugs.web.bulk_files import BulkSet

PERIOD = datetime.timedelta(days=1)
TRIES = 3
LEVEL = 9  # of compression: written once and read often


class Busy(Exception):
    """Refusal to write bulk files: another process on this machine does, or pages are withdrawn all the while."""


class Written(NamedTuple):
    """How many pages and tombstones were written."""

    pages: int
    tombstones: int


def write_if_due() -> Written | None:
    """A new set if the newest is a day old or older than the last withdrawal; None if not, or if one is being made."""
    if not is_due():
        return None
    try:
        return write()
    except Busy:
        return None


def is_due() -> bool:
    files, is_fresh = bulk_files.newest()
    return files is None or not is_fresh or timezone.now() - files.moment >= PERIOD


def write() -> Written:
    """A new set of bulk files in the place of the one before. Raises Busy, OSError.

    Whoever follows the changes from the cursor in names.json on misses nothing. If a page is withdrawn while they are
    being written, they are written again.
    """
    with _only_writer():
        put_sources_right()
        change_log.catch_up()
        for _ in range(TRIES):
            stamp = bulk_files.withdrawals()
            folder = bulk_files.bulk_folder() / secrets.token_hex(8)
            folder.mkdir()
            try:
                written = _write(folder)
                if bulk_files.withdrawals() == stamp:
                    _make_newest(folder, stamp)
                    return written
            finally:
                _remove_others()
    raise Busy("Pages were withdrawn each time while the bulk files were being written. Call this again.")


@contextmanager
def _only_writer() -> Iterator[None]:
    """The lock of the folder, which ends with the process."""
    bulk_files.bulk_folder().mkdir(parents=True, exist_ok=True)
    with (bulk_files.bulk_folder() / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy("Another process is writing the bulk files.") from None
        yield


def _write(folder: Path) -> Written:
    """Pages and names, in one walk. The names are told of the cursor first, so nothing is newer than it says."""
    cursor, terms = change_feed.head(), open_data.terms()
    head = {"cursor": cursor, "written_at": timezone.now().isoformat(), **terms._asdict()}
    pages = tombstones = 0
    with (
        (folder / "monographs.ndjson.gz").open("wb") as raw,
        gzip.GzipFile("", "wb", LEVEL, raw, mtime=0) as lines,
        (folder / "names.json").open("w", encoding="utf-8") as names,
    ):
        names.write(_json(head).removesuffix("}") + ', "items": [\n')
        for exported in export.editions():
            publication = exported.publication
            assert publication  # it is what `editions` walks through
            if publication.withdrawn_at:
                tombstone = json_record.withdrawal_as_json(publication, exported.withdrawals)
                lines.write(f"{_json(tombstone)}\n".encode())
                tombstones += 1
            else:
                lines.write(json_record.as_line(exported, terms).encode())
                names.write(("," if pages else "") + _json(_names(exported)) + "\n")
                pages += 1
        names.write("]}\n")
    return Written(pages, tombstones)


def _names(exported: Exported) -> dict[str, Any]:
    publication, document = exported.publication, exported.document
    assert publication
    return {
        "slug": document.slug,
        "title": document.title,
        "language": document.language,
        "origin": document.origin,
        "status": publication.status,
        "edition": publication.number,
        "sha256": publication.sha256,
        "names": [{"text": name.text, "kind": name.kind} for name in document.names],
    }


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)


def _make_newest(folder: Path, stamp: str) -> None:
    """The set in `folder` made the newest one, once it is on the disk as a whole."""
    hashes = {name: _sha256(folder / name) for name in bulk_files.NAMES if name != "SHA256SUMS"}
    sums = folder / "SHA256SUMS"
    sums.write_text("".join(f"{value}  {name}\n" for name, value in hashes.items()), encoding="utf-8")
    hashes[sums.name] = _sha256(sums)
    files = BulkSet(folder.name, stamp, timezone.now().isoformat(), hashes)
    part = bulk_files.bulk_folder() / f".{bulk_files.CURRENT}.part"
    part.write_text(json.dumps(vars(files)), encoding="utf-8")
    for path in (*(folder / name for name in hashes), folder, part):
        _to_disk(path)
    os.replace(part, bulk_files.bulk_folder() / bulk_files.CURRENT)
    _to_disk(bulk_files.bulk_folder())


def _to_disk(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _remove_others() -> None:
    """The folders of all sets but the newest taken away; whoever is reading one goes on reading it."""
    files, _ = bulk_files.newest()
    for path in bulk_files.bulk_folder().iterdir():
        if path.is_dir() and (files is None or path.name != files.folder):
            shutil.rmtree(path, ignore_errors=True)
