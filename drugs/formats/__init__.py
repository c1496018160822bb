"""Parser and serialiser of monograph files: text to document and back, without a database.

`read` takes the page format (formats 1 to 3, see docs/page-format.md), and pages of the old site and of other
people's folders; `write` knows the page format only.
"""

import dataclasses
from collections.abc import Iterable

from drugs.content import Document
from drugs.formats.decoding import decode
from drugs.formats.foreign.page import read_foreign_page
from drugs.formats.foreign.readiness import unready_keys
from drugs.formats.page import front_matter
from drugs.formats.page.fields import Fields, at_line, read_fields
from drugs.formats.page.reader import read_body
from drugs.formats.page.writer import write_for_readers, write_page
from drugs.formats.result import FormatError, Page

__all__ = ["FormatError", "Page", "check_size", "read", "write", "write_for_readers"]


def read(data: bytes, *, stem: str) -> Page:
    """The Page in the bytes `data` of a file called `stem`: in format 1 to 3, or in any other shape if none is named.

    Raises FormatError, with the line where there is one, and nothing else, whatever the bytes are.
    """
    source = front_matter.split(decode(data))
    entries = front_matter.parse(source.front, source.sign)
    if "format" not in entries:
        page = read_foreign_page(source, entries, stem=stem)
    elif (format_value := entries["format"].value) in ("1", "2", "3"):
        number = int(format_value)
        fields = read_fields(entries, stem=stem, number=number)
        page = _page(source.body, source.first_line, fields, number)
        if any(finding.code == "unknown_key" for finding in fields.findings):
            page = dataclasses.replace(page, kept=(f"Front matter:\n{source.front.strip()}",))
    else:
        raise FormatError("The format must be 1, 2 or 3, or the key left out.", entries["format"].line)
    unready = tuple(dict.fromkeys((*page.unready, *(reason for reason, _ in unready_keys(entries)))))
    return dataclasses.replace(page, unready=unready) if unready else page


def write(document: Document) -> str:
    """The text of the page, in the oldest format that can say it, that reads back as `document`.

    Raises DocumentError if the page would be longer than `read` accepts.
    """
    return write_page(document)


def check_size(document: Document) -> None:
    """Size limit of pages: raises DocumentError if the page of `document` would be longer than `read` accepts.

    Most documents are so far from it that their page need not be printed to know.
    """
    front = (*document.names, *document.classes, *document.references)
    text = (*document.sections, *document.side_effects, *document.faqs)
    if len(front) > 20 or _length(front) + len("".join(document.ingredients)) > 600 or _length(text) > 40_000:
        write_page(document)


def _length(pieces: Iterable[object]) -> int:
    return sum(len(str(value)) for piece in pieces for value in vars(piece).values())


def _page(text: str, first_line: int, fields: Fields, number: int) -> Page:
    body = read_body(text, title=fields.values["title"], first_line=first_line, number=number)
    with at_line(None):
        document = Document(
            **fields.values,
            sections=tuple(body.sections),
            side_effects=tuple(body.side_effects),
            faqs=tuple(body.faqs),
        )
    return Page(document, (*fields.findings, *body.findings), fields.lines | body.lines)
