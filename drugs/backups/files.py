"""Backup file: written atomically, so that nobody ever meets half of one, and read so that every lost byte shows."""

import fcntl
import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

FORMAT = 1
KIND = "medinfo backup"


class BackupError(Exception):
    """Refusal of a backup: why it cannot be written or restored, in sentences for the operator."""


class Writer:
    """Writer of JSON lines into the binary `file`; `hash` is the running SHA-256 of them."""

    def __init__(self, file: IO[bytes] | gzip.GzipFile) -> None:
        self.file, self.hash = file, hashlib.sha256()

    def line(self, value: Any) -> None:
        """One more line, with `value` as JSON."""
        data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        self.hash.update(data)
        self.file.write(data)


@contextmanager
def written(path: Path) -> Iterator[Writer]:
    """Atomic write: a Writer of the file at `path`, which appears there whole at the end or not at all.

    Only its owner may read it: it holds the hashes of passwords. Raises BackupError or OSError.
    """
    part = path.with_name(path.name + ".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT, 0o600)
    with open(descriptor, "wb") as raw:
        _lock(raw, part)
        try:
            os.fchmod(descriptor, 0o600)
            raw.truncate()  # what an earlier run left that was killed
            # Level 3 is twice as fast as 6 and a tenth larger. No name and no time: equal rows, equal bytes.
            with gzip.GzipFile("", "wb", 3, raw, mtime=0) as packed:
                writer = Writer(packed)
                yield writer
                packed.write(json.dumps({"sha256": writer.hash.hexdigest()}).encode() + b"\n")
            raw.flush()
            os.fsync(descriptor)
            read_through(part)
            os.replace(part, path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    _sync_folder(path.parent)


def _lock(raw, part):
    try:
        fcntl.flock(raw, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise BackupError(f"Another backup is writing {part} at this moment. Wait for it to end.") from None


def _sync_folder(folder):
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def lines(path: Path) -> Iterator[Any]:
    """Header of the backup at `path`, a dict, and then its rows: lists of a table's label and the row's values.

    Raises BackupError as soon as something is wrong; whether it is whole is known only when all was read.
    """
    digest, last = hashlib.sha256(), None
    try:
        with gzip.open(path, "rb") as file:
            for data in file:
                if last is not None:
                    digest.update(last)
                    yield _value(path, last)
                last = data
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise BackupError(f"{path} is damaged or cut off. Take another backup.") from None
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}.") from None
    trailer = _value(path, last or b"null")
    if not isinstance(trailer, dict) or trailer.get("sha256") != digest.hexdigest():
        raise BackupError(f"{path} is damaged or cut off: its SHA-256 differs. Take another backup.")


def _value(path, data):
    try:
        return json.loads(data)
    except ValueError:
        raise BackupError(f"{path} is damaged or no backup: a line of it is not JSON.") from None


def read_through(path: Path) -> dict[str, Any]:
    """Header of the backup at `path`, once all of it was read. Raises BackupError unless all of it is there."""
    rows = lines(path)
    header = next(rows, None)
    if not isinstance(header, dict) or header.get("kind") != KIND:
        raise BackupError(f"{path} is not a backup of this site.")
    if header.get("format") != FORMAT:
        raise BackupError(
            f"{path} has format {header.get('format')}, this version reads {FORMAT}. Use the one that wrote it."
        )
    if not isinstance(header.get("rows"), dict):
        raise BackupError(f"{path} is damaged: its first line does not say what it holds.")
    counts = dict.fromkeys(header["rows"], 0)
    for row in rows:
        if not isinstance(row, list) or len(row) != 2 or row[0] not in counts:
            raise BackupError(f"{path} is damaged: a row of it belongs to no table.")
        counts[row[0]] += 1
    if counts != header["rows"]:
        raise BackupError(f"{path} does not hold as many rows as its first line says. Take another backup.")
    return header
