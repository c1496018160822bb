"""Backup file: written atomically, so that nobody ever meets half of one, and read so that every lost byte shows."""

import fcntl
import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

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
def written(
    path: Path,
    sign: Callable[[str], str] = lambda digest: "",
    seal: Callable[[Path], Path] = lambda part: part,
) -> Iterator[Writer]:
    """Atomic write: a Writer of the file at `path`, which appears there whole at the end or not at all.

    Only its owner may read it: it holds the hashes of passwords. `sign` makes the signature of its SHA-256, `seal` what
    takes its place once it was read through. Raises BackupError or OSError.
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
                digest = writer.hash.hexdigest()
                trailer = {"sha256": digest, "signature": sign(digest)}
                packed.write(json.dumps(trailer, ensure_ascii=False).encode() + b"\n")
            raw.flush()
            os.fsync(descriptor)
            read_through(part)
            os.replace(seal(part), path)
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


class Reader:
    """Reader of the backup at `path`: its header, a dict, and then its rows, lists of a table's label and values.

    Raises BackupError as soon as something is wrong; whether it is whole is known only when all was read. `trailer` is
    the last line then: the SHA-256, and the signature if there is one.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.trailer = path, dict[str, Any]()

    def __iter__(self) -> Iterator[Any]:
        digest, last = hashlib.sha256(), None
        try:
            with gzip.open(self.path, "rb") as file:
                for data in file:
                    if last is not None:
                        digest.update(last)
                        yield _value(self.path, last)
                    last = data
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise BackupError(f"{self.path} is damaged or cut off. Take another backup.") from None
        except OSError as error:
            raise BackupError(f"{self.path} cannot be read: {error.strerror}.") from None
        trailer = _value(self.path, last or b"null")
        if not isinstance(trailer, dict) or trailer.get("sha256") != digest.hexdigest():
            raise BackupError(f"{self.path} is damaged or cut off: its SHA-256 differs. Take another backup.")
        self.trailer = trailer


def _value(path, data):
    try:
        return json.loads(data)
    except ValueError:
        raise BackupError(f"{path} is damaged or no backup: a line of it is not JSON.") from None


class Ends(NamedTuple):
    """The first and the last line of a backup: what it holds, and its SHA-256 with the signature, if it has one."""

    header: dict[str, Any]
    trailer: dict[str, Any]


def read_through(path: Path) -> Ends:
    """Header and trailer of the backup at `path`, once all of it was read. BackupError unless all of it is there."""
    reader = Reader(path)
    rows = iter(reader)
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
    return Ends(header, reader.trailer)
