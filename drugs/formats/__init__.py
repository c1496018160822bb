"""Parser and serialiser of monograph files: text to document and back, without a database.

`read` takes the page format (formats 1 and 2, see docs/page-format.md) and the legacy pages of the old site; `write`
knows the page format only.
"""

import dataclasses
from collections.abc import Iterable

from drugs.content import Document
from drugs.formats.decoding import decode
from drugs.formats.legacy import read_legacy_page
from drugs.formats.page import front_matter
from drugs.formats.page.fields import Fields, at_line, read_fields
from drugs.formats.page.reader import read_body
from drugs.formats.page.writer import write_page
from drugs.formats.result import FormatError, Page

__all__ = ["FormatError", "Page", "check_size", "read", "write"]


def read(data: bytes, *, stem: str) -> Page:
    """The Page in the bytes `data` of a file called `stem`: in format 1 or 2, or a legacy page if no format is named.

    Raises FormatError, with the line where there is one, and nothing else, whatever the bytes are.
    """
    source = front_matter.split(decode(data))
    entries = front_matter.parse(source.front)
    fields = read_fields(entries, stem=stem)
    if "format" not in entries:
        return _legacy_page(source.body, source.first_line, fields)
    if entries["format"].value not in ("1", "2"):
        raise FormatError("The format must be 1 or 2, or the key left out.", entries["format"].line)
    return _page(source.body, source.first_line, fields, components=entries["format"].value == "2")


def write(document: Document) -> str:
    """The text of the page in format 1 that reads back as `document`.

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


def _page(text: str, first_line: int, fields: Fields, *, components: bool) -> Page:
    body = read_body(text, title=fields.values["title"], first_line=first_line, components=components)
    with at_line(None):
        document = Document(
            **fields.values,
            sections=tuple(body.sections),
            side_effects=tuple(body.side_effects),
            faqs=tuple(body.faqs),
        )
    return Page(document, (*fields.findings, *body.findings), fields.lines | body.lines)


def _legacy_page(text: str, first_line: int, fields: Fields) -> Page:
    values = dict(fields.values)
    with at_line(None):
        page = read_legacy_page(
            text, slug=values.pop("slug"), title=values.pop("title"), first_line=first_line
        )
    lines = page.lines | fields.lines
    if "names" in values:
        # What the front matter names stands first; the body's own names are kept behind it.
        front_names = values["names"]
        body_lines = {name: page.lines.get(f"names.{at}") for at, name in enumerate(page.document.names)}
        values["names"] = tuple(dict.fromkeys((*front_names, *page.document.names)))
        for at, name in enumerate(values["names"][len(front_names) :], len(front_names)):
            if line := body_lines[name]:
                lines[f"names.{at}"] = line
    document = dataclasses.replace(page.document, **values)
    return Page(document, (*page.findings, *fields.findings), lines, format="old")
