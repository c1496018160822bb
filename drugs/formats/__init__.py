"""What does a file of a monograph say, and how is a monograph written to a file? Touches no database."""

import dataclasses

from drugs.content import Document
from drugs.formats.decoding import decode
from drugs.formats.legacy import read_old
from drugs.formats.page import fields as page_fields
from drugs.formats.page import front_matter, reader
from drugs.formats.page.fields import blaming
from drugs.formats.page.writer import write_page
from drugs.formats.result import FormatError, Page

__all__ = ["FormatError", "Page", "check_size", "read", "write"]


def read(data, *, stem):
    """The Page that the bytes `data` of a file called `stem` hold, in format 1 or one of the old shapes.

    Raises FormatError, with the line where there is one, and nothing else, whatever the bytes are.
    """
    front, body, first_line = front_matter.split(decode(data))
    entries = front_matter.parse(front)
    fields = page_fields.read_fields(entries, stem=stem)
    if "format" not in entries:
        return _old_page(body, first_line, fields)
    if entries["format"].value != "1":
        raise FormatError("The format must be 1, or the key left out.", entries["format"].line)
    return _page(body, first_line, fields)


def write(document):
    """The text of the page in format 1 that reads back as `document`.

    Raises DocumentError if the page would be longer than `read` accepts.
    """
    return write_page(document)


def check_size(document):
    """Raises DocumentError if the page of `document` would be longer than `read` accepts.

    Most documents are so far from it that their page need not be printed to know.
    """
    front = (*document.names, *document.classes, *document.references)
    text = (*document.sections, *document.side_effects, *document.faqs)
    if len(front) > 20 or _length(front) + len("".join(document.ingredients)) > 600 or _length(text) > 40_000:
        write_page(document)


def _length(items):
    return sum(len(str(value)) for item in items for value in vars(item).values())


def _page(body, first_line, fields):
    read_body = reader.read_body(body, title=fields.values["title"], first_line=first_line)
    document = Document(
        **fields.values,
        sections=tuple(read_body.sections),
        side_effects=tuple(read_body.side_effects),
        faqs=tuple(read_body.faqs),
    )
    findings = (*fields.findings, *read_body.findings)
    return Page(document, findings, fields.lines | read_body.lines)


def _old_page(body, first_line, fields):
    values = dict(fields.values)
    with blaming(None):
        page = read_old(body, slug=values.pop("slug"), title=values.pop("title"), first_line=first_line)
    lines = page.lines | fields.lines
    if "names" in values:
        # What the front matter names stands first; the body's own names are kept behind it.
        named = values["names"]
        at = {name: page.lines.get(f"names.{index}") for index, name in enumerate(page.document.names)}
        values["names"] = tuple(dict.fromkeys((*named, *page.document.names)))
        later = enumerate(values["names"][len(named) :], len(named))
        lines |= {f"names.{index}": at[name] for index, name in later if at[name]}
    document = dataclasses.replace(page.document, **values)
    return Page(document, (*page.findings, *fields.findings), lines, format="old")
