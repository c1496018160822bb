"""Bounded reads: a file for zipfile that refuses to hand out much at once, whatever an archive says of itself.

zipfile reads the directory of an archive in one piece and makes an object of each entry. A million entries, none of
them a page, cost a minute and 600 MB before anybody could count them.
"""

import io
import zipfile
from typing import BinaryIO

DIRECTORY_BYTES = (
    8 * 1024**2
)  # of the smallest entries that are 180,000; of pages with their names about 70,000


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
