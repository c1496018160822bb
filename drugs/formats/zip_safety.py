"""Zip safety: which archives are opened, and which of their members are read, whatever an archive says of itself.

zipfile reads the directory of an archive in one piece and makes an object of each entry. A million entries, none of
them a page, cost a minute and 600 MB before anybody could count them. And of bzip2 and LZMA it unpacks a whole member
before it counts a byte: gigabytes out of a thousand bytes.
"""

import io
import stat
import zipfile
from typing import IO, BinaryIO, cast

# Of the smallest entries that are 180,000; of pages with their names about 70,000.
DIRECTORY_BYTES = 8 * 1024**2


class BoundedReads(io.BufferedIOBase):
    """A seekable binary file whose single reads are at most DIRECTORY_BYTES; raises BadZipFile for a longer one."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int | None = -1, /) -> bytes:
        data = self._file.read(
            DIRECTORY_BYTES + 1 if size is None or size < 0 else min(size, DIRECTORY_BYTES + 1)
        )
        if len(data) > DIRECTORY_BYTES:
            raise zipfile.BadZipFile(
                "its list of files is too long. Unpack it and import the folder by command"
            )
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True


def open_zip(file: BinaryIO) -> zipfile.ZipFile:
    """The archive in `file`, of whose directory no more than DIRECTORY_BYTES are read. Raises as ZipFile does."""
    return zipfile.ZipFile(cast(IO[bytes], BoundedReads(file)))


def packing_problem(member: zipfile.ZipInfo) -> str:
    """Why nothing of `member` is read, as the end of a sentence about it; empty if it is packed as usual."""
    if stat.S_ISLNK(member.external_attr >> 16):
        return "is a link, not a file."
    if member.flag_bits & 0x1:
        return "is encrypted."
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is packed in a way that is not taken here. Pack it as usual (Deflate)."
    return ""
