"""Marks that stand for Markdown while a narrative is put together, and what becomes of them at its end.

They are control characters, which no XML may hold: the words of a section are cleaned and escaped all at once, which
costs a fraction of doing so for each piece.
"""

import re

BOLD, SUB, SUB_END, SUP, SUP_END, BREAK = "\x01", "\x02", "\x03", "\x04", "\x05", "\x06"
LINE, INDENT, BAR, SHIELD = "\x07", "\x08", "\x0e", "\x0f"
GAP = "\x10"  # a line ends inside a cell: seen as a space, and two of them stand nowhere else
BLOCK = LINE + LINE
_MARKUP = (
    (BOLD, "**"),
    (SUB, "<sub>"),
    (SUB_END, "</sub>"),
    (SUP, "<sup>"),
    (SUP_END, "</sup>"),
    (BREAK, "  \n"),
    (LINE, "\n"),
    (INDENT, " "),
    (BAR, "|"),
    (SHIELD, "\\"),
    (GAP, "  "),
)
_ANY_MARK = re.compile("[" + "".join(mark for mark, _ in _MARKUP) + "]")

_ALWAYS = ("\\", "*", "_", "`", "|")
_SOMETIMES = (
    ("&", re.compile(r"&(?=#?\w{1,40};)"), "&amp;"),
    ("<", re.compile(r"<(?=[A-Za-z/!?])"), "&lt;"),
    ("]", re.compile(r"\](?=[(\[:])"), r"\\]"),
    ("~~", re.compile(r"~(?=~)"), r"\\~"),
)
_LINE_START = re.compile(r"(?:[-+](?=\s|$)|#{1,6}(?=\s|$)|>|=+\s*$|-[-\s]*$|~~~)")
_NUMBER_START = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_UNSEEN = re.compile(
    "[\ufeff\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
_UNSEEN_IN_XML = re.compile("[\ufeff\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\x7f-\x84\x86-\x9f]")
_ODD = re.compile(_UNSEEN_IN_XML.pattern[:-1] + "\x85\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_ASCII = bytes(range(0x7F))
_GUARDED = frozenset(
    "-+#>=~0123456789\ufeff\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060"
) | frozenset(map(chr, (*range(0x2066, 0x206A), *range(0x7F, 0x85), *range(0x86, 0xA0))))


def paragraph(text: str) -> str:
    """The words of one block, not yet cleaned, without space around them; nothing where there is only space."""
    if BREAK in text:
        lines = [line for line in map(str.strip, text.split(BREAK)) if line]
        return BREAK.join([_guard(line) if line[0] in _GUARDED else line for line in lines])
    text = text.strip()
    return _guard(text) if text and text[0] in _GUARDED else text


def finish(text: str) -> str:
    """Markdown out of `text`, in which marks stand for markup and everything else is words."""
    if not text.isascii():
        # Only what is not ASCII is looked through: a hundredth of the text.
        if _ODD.search(text.encode("utf-8", "replace").translate(None, _ASCII).decode()):
            return _marked_up(" ".join(_UNSEEN_IN_XML.sub("", text).split()))
        text = text.replace("\xa0", " ")
    return _marked_up(_one_space(text))


def _marked_up(text: str) -> str:
    """`text` escaped, and its marks as the markup for which they stand."""
    for character in _ALWAYS:
        if character in text:
            text = text.replace(character, "\\" + character)
    for character, pattern, escaped in _SOMETIMES:
        if character in text:
            text = pattern.sub(escaped, text)
    for mark, markup in _MARKUP:
        if mark in text:
            text = text.replace(mark, markup)
    return text


def _one_space(text: str) -> str:
    """`text` with one space wherever there is any usual one; most texts need little of it."""
    if "\t" in text or "\r" in text:
        return " ".join(text.split())
    if "\n" in text:
        text = " ".join(map(str.strip, text.split("\n")))
    if "  " in text:
        text = " ".join(filter(None, map(str.strip, text.split("  "))))
    return text


def without_marks(text: str) -> str:
    """The plain words of a `text` with marks, in one line."""
    text = _ANY_MARK.sub(lambda mark: " " if mark[0] in (BREAK, GAP) else "", text)
    return " ".join(_UNSEEN_IN_XML.sub("", text).split())


def markdown_of_text(text: str) -> str:
    """Markdown that shows exactly the words of a plain text, in one paragraph."""
    return finish(paragraph(_UNSEEN.sub("", text)))


def _guard(line: str) -> str:
    """A line that would begin a list, a heading or a quotation, kept from doing so."""
    line = _UNSEEN_IN_XML.sub("", line).lstrip()
    if _LINE_START.match(line):
        return SHIELD + line
    return _NUMBER_START.sub(rf"\1{SHIELD}\2", line, count=1) if _NUMBER_START.match(line) else line
