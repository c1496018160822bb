"""Decoding of page files: UTF-8 bytes to printable text with normalised line endings."""

from drugs.content import FILE_BYTES, find_unprintable
from drugs.formats.result import FormatError


def decode(data: bytes) -> str:
    """Text of `data` without byte order mark, CRLF and CR made newlines.

    Raises FormatError for more than FILE_BYTES bytes, for what is not UTF-8, and for characters that no
    field of a document accepts, with the line.
    """
    if len(data) > FILE_BYTES:
        raise FormatError(f"The file is too long: {FILE_BYTES:,} bytes are the limit.")
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FormatError(f"The file is not UTF-8 (byte {data[error.start]:02X}).", line) from error
    at = find_unprintable(text)
    if at is not None:
        line = text.count("\n", 0, at) + 1
        raise FormatError(f"The file holds a character that cannot be printed (U+{ord(text[at]):04X}).", line)
    return text
