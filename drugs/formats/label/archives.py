"""Labels of a file: XML, JSON, zips of them and zips of such zips, read in place and never unpacked to disk.

Names inside a zip only say what to read; nothing is written under them.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple, cast

from drugs.formats.label.cima import read_cima
from drugs.formats.label.document import LabelDocument, LabelError
from drugs.formats.label.fhir import read_fhir_json, read_fhir_xml
from drugs.formats.label.narrative import SPL
from drugs.formats.label.openfda import read_openfda
from drugs.formats.label.safe_xml import MAX_BYTES, parse_xml
from drugs.formats.label.spl import read_spl
from drugs.formats.zip_safety import open_zip, packing_problem

MAX_INNER_ZIP = 100_000_000
MAX_INNER_MEMBERS = 500
MAX_RATIO = 200
_MOST_VALUES = 250_000  # of JSON that is in memory as a whole; its text has 18,000 such signs in a megabyte
_SMALL = 1_000_000  # below it the ratio of a zip proves nothing
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# What tells JSON that is read as a whole, and who reads it.
_WHOLE = (
    (re.compile(rb'"resourceType"\s*:\s*"'), read_fhir_json),
    (re.compile(rb'"nregistro"\s*:'), read_cima),
)
_RESULTS = re.compile(rb'"results"\s*:\s*\[')
_FAULTS = (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError, zlib.error)


class Raw(NamedTuple):
    """The bytes of one XML or JSON file, what it is called, or what is wrong with it."""

    name: str
    data: bytes = b""
    error: str = ""


Found = tuple[str, LabelDocument | LabelError]


def raw_files(path: Path) -> Iterator[Raw | tuple[str, IO[bytes]]]:
    """The XML and JSON in the file at `path`; bulk JSON comes as an open file, to be read before the next is taken."""
    name = str(path)
    try:
        with path.open("rb") as file:
            if path.suffix.lower() == ".zip":
                yield from _members(name, file, inner=False)
            elif path.suffix.lower() == ".json":
                yield name, file
            else:
                yield Raw(name, file.read(MAX_BYTES + 1))
    except _FAULTS as error:
        yield Raw(name, error=f"cannot be read: {getattr(error, 'strerror', None) or error}.")


def read_raw(raw: Raw) -> Iterator[Found]:
    """The labels in the bytes of one XML file, each with its name. What cannot be read is a LabelError."""
    if raw.error:
        yield raw.name, LabelError(raw.error)
        return
    try:
        root = parse_xml(raw.data)
        if root.tag == SPL + "document":
            yield raw.name, read_spl(root, raw.data)
        else:
            for label in read_fhir_xml(root, raw.data):
                yield raw.name, label
    except LabelError as error:
        yield raw.name, error


def read_group(group: list[Raw]) -> list[Found]:
    """The labels of several XML files, as a process reads them."""
    return [found for raw in group for found in read_raw(raw)]


def read_json(name: str, file: IO[bytes]) -> Iterator[Found]:
    """The labels in an open JSON file: openFDA's results, read as a stream, a FHIR Bundle, or CIMA's."""
    try:
        head = file.read(65_536)
        if head.startswith(_BYTE_ORDER_MARK):
            head = head[len(_BYTE_ORDER_MARK) :]
        whole = next((read for sign, read in _WHOLE if sign.search(head)), None)
        if whole and not _RESULTS.search(head):
            data = head + file.read(MAX_BYTES)
            if len(data) > MAX_BYTES:
                raise LabelError(f"is longer than {MAX_BYTES:,} bytes.")
            if sum(map(data.count, (b",", b"[", b"{"))) > _MOST_VALUES:
                raise LabelError("is in more pieces than any product information is.")
            labels = whole(data)
        else:
            labels = read_openfda(_Joined(head, file))
        for label in labels:
            yield name, label
    except LabelError as error:
        yield name, error
    except _FAULTS as error:
        yield name, LabelError(f"cannot be read: {error}.")


def _members(name: str, file: IO[bytes], *, inner: bool) -> Iterator[Raw | tuple[str, IO[bytes]]]:
    with open_zip(cast(BinaryIO, file)) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if min((member.header_offset for member in archive.infolist()), default=0):
            # Of a release that was cut off the last label inside is all that a reader of zips finds.
            yield Raw(name, error="is cut off, or something else stands before its first file.")
            return
        if inner and len(members) > MAX_INNER_MEMBERS:
            yield Raw(name, error=f"holds more than {MAX_INNER_MEMBERS} files.")
            return
        for member in members:
            suffix = Path(member.filename.lower()).suffix
            if suffix not in (".xml", ".json", ".zip") or Path(member.filename).name.startswith("._"):
                continue  # "._" is what one system keeps beside each file
            inside = f"{name}/{member.filename}"
            if problem := _problem(member, suffix, inner):
                yield Raw(inside, error=problem)
                continue
            try:
                with archive.open(member) as content:
                    if suffix == ".xml":
                        yield Raw(inside, content.read(MAX_BYTES + 1))
                    elif suffix == ".json":
                        yield inside, content
                    else:
                        yield from _members(inside, io.BytesIO(content.read(MAX_INNER_ZIP + 1)), inner=True)
            except _FAULTS as error:
                yield Raw(inside, error=f"cannot be read from the zip: {error}.")


def _problem(member: zipfile.ZipInfo, suffix: str, inner: bool) -> str:
    parts = member.filename.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or "\\" in member.filename or ":" in parts[0]:
        return "its name leads out of the zip."
    if problem := packing_problem(member):
        return problem
    if suffix == ".zip" and inner:
        return "is a zip in a zip in a zip."
    if suffix != ".json" and member.file_size > (MAX_INNER_ZIP if suffix == ".zip" else MAX_BYTES):
        return "is larger than any label is."
    if member.file_size > _SMALL and member.file_size > MAX_RATIO * max(1, member.compress_size):
        return f"unpacks to more than {MAX_RATIO} times its size."
    return ""


class _Joined:
    """What was read of a file to look at it, and the rest of it, once more from the start."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = head, rest

    def read(self, size: int = -1) -> bytes:
        if size == 0:
            return b""
        if self._head:
            end = len(self._head) if size < 0 else size
            data, self._head = self._head[:end], self._head[end:]
            return data
        return self._rest.read(size)
