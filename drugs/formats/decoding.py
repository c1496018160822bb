"""Decoding of page files: bytes to printable text with normalised line endings.

UTF-8, UTF-16 with its byte order mark or a zero in every other byte, and Windows-1252 where its pattern is
unmistakable; a wrong guess would change what a page says, so anything else is an error that says how to convert.
"""

import re

from drugs.content import FILE_BYTES, find_unprintable
from drugs.formats.result import FormatError

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# Windows-1252 is believed where every character beyond ASCII is one that the page's own language writes, letters beside
# letters, and many words are the language's commonest. The same bytes in other encodings fail at least one of these.
_SIGNS = "‘’‚“”„†‡•…–—€™©®«»°±²³¹¼½¾µ·×§\u00a0"
_LANGUAGES = (
    ("éèïöüçñâêô", "the and of to in is for with may not by or as are"),
    ("äöüßÄÖÜéè", "der die das und ist bei nicht mit von zu den oder eine wird sind"),
    ("àâæçéèêëîïôœùûÿÀÂÇÉÈÊÎÔŒ", "le la les et de des un une est en pour avec dans du par"),
    ("áéíóúüñÁÉÍÓÚÑ¿¡ªº", "el la los las y de un una es en para con por del no"),
    ("ãáàâçéêíóôõúÃÁÀÂÇÉÊÍÓÔÕÚªº", "o a os as e de um uma em para com por do da que"),
    ("àèéìíîòóùÀÈÉÌÒÙªº", "il la i le e di un una in per con del della non che"),
    ("ëïéèöüáóÉË", "de het een en van in is voor met niet op te of bij aan"),
)
_COMMON = 0.08  # of all words: running text has 0.2 and more, lists less
_QUOTE_IN_A_WORD = re.compile(r"[^\W\d_][‚„“”…†‡•€™©®«»§·¼½¾¹][^\W\d_]")


def decode(data: bytes) -> str:
    """Text of `data` without byte order mark, CRLF and CR made newlines.

    Raises FormatError for more than FILE_BYTES bytes, for what is in no encoding that is certain, and for characters
    that no field of a document accepts, with the line.
    """
    if len(data) > FILE_BYTES:
        raise FormatError(f"The file is too long: {FILE_BYTES:,} bytes are the limit. Divide the page.")
    text = _text(data).replace("\r\n", "\n").replace("\r", "\n")
    at = find_unprintable(text)
    if at is not None:
        line = text.count("\n", 0, at) + 1
        message = f"The file holds a character that cannot be printed (U+{ord(text[at]):04X}). Take it out."
        raise FormatError(message, line)
    return text


def _text(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data.removeprefix(mark), encoding)
    if b"\0" in data[:200] and (encoding := _utf_16(data[:200])):
        return _strict(data, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if (text := _windows_1252(data)) is not None:
            return text
        raise _not_utf_8(data, error.start) from error


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _not_utf_8(data, error.start) from error


def _not_utf_8(data: bytes, at: int) -> FormatError:
    before = data[:at].replace(b"\r\n", b"\n")
    line = before.count(b"\n") + before.count(b"\r") + 1
    return FormatError(
        f"The file is not UTF-8 (byte {data[at]:02X}). Open it in an editor and save it as UTF-8, or convert it: "
        "iconv -f WINDOWS-1252 -t UTF-8 old.md > new.md, with the encoding that it was written in.",
        line,
    )


def _utf_16(start: bytes) -> str:
    """UTF-16 without its mark has a zero in every other byte; text in ASCII has none."""
    even, odd = start[::2], start[1::2]
    if odd.count(0) > 0.8 * len(odd) and 0 not in even:
        return "utf-16-le"
    return "utf-16-be" if even.count(0) > 0.8 * len(even) and 0 not in odd else ""


def _windows_1252(data: bytes) -> str | None:
    """The text of `data` if it is in Windows-1252 beyond doubt."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    beyond = {char for char in text if ord(char) > 127}
    words = re.findall(r"[^\W\d_]+", text.lower())
    if not words or _QUOTE_IN_A_WORD.search(text):
        return None
    for letters, common in _LANGUAGES:
        share = sum(map(words.count, common.split())) / len(words)
        if share >= _COMMON and beyond <= set(letters + _SIGNS):
            return text
    return None
