"""Parser and serialiser of monograph files: text to document and back, without a database.

`read` takes the page format (formats 1 to 3, see docs/page-format.md), and pages of the old site and of other
people's folders; `write` knows the page format only.
"""

import dataclasses
from collections.abc import Iterable, Mapping

from drugs.content import Document, Finding
from drugs.formats.decoding import decode
from drugs.formats.foreign.loose_front import read_loosely
from drugs.formats.foreign.page import read_foreign_page
from drugs.formats.foreign.readiness import is_understood, unready_keys
from drugs.formats.page import front_matter
from drugs.formats.page.fields import Fields, at_line, read_fields
from drugs.formats.page.front_matter import Entry
from drugs.formats.page.reader import read_body
from drugs.formats.page.writer import write_for_readers, write_page
from drugs.formats.result import FormatError, Page

__all__ = ["FormatError", "Page", "check_size", "read", "write", "write_for_readers"]


def read(data: bytes, *, stem: str) -> Page:
    """The Page in the bytes `data` of a file called `stem`: in format 1 to 3, or in any other shape if none is named.

    Raises FormatError, with the line where there is one, and nothing else, whatever the bytes are.
    """
    source, entries, fault = _front_matter(decode(data))
    made_of_it = ""
    if "format" in entries and _is_of_other_programs(entries["format"]):
        made_of_it = f"Front matter:\n{source.front.strip()}"
        entries = {key: entry for key, entry in entries.items() if key != "format"}
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
    page = _without_understood_keys(page, entries)
    if made_of_it and made_of_it not in page.kept:
        page = dataclasses.replace(page, kept=(made_of_it, *page.kept))
    if fault:
        message = f"{fault.message} It was read line by line, and all of it is kept for editors."
        finding = Finding("look", "front_matter_read_loosely", message, "front_matter")
        page = dataclasses.replace(
            page,
            findings=(finding, *page.findings),
            lines=page.lines | {"front_matter": fault.line or source.first_line},
            kept=tuple(dict.fromkeys((f"Front matter:\n{source.front.strip()}", *page.kept))),
        )
    unready = tuple(dict.fromkeys((*page.unready, *(reason for reason, _ in unready_keys(entries)))))
    return dataclasses.replace(page, unready=unready) if unready else page


def _is_of_other_programs(entry: Entry) -> bool:
    """Whether the key `format` says what another program makes of the page, such as `html`."""
    return isinstance(entry.value, dict) or isinstance(entry.value, str) and entry.value.isalpha()


def _front_matter(
    text: str,
) -> tuple[front_matter.PageSource, Mapping[str, Entry], FormatError | None]:
    """The halves of the page `text` and its front matter; of a page that names no format also if that is no YAML, with
    the error that it is. Lines between rules that hold no key at all are text.
    """
    source = front_matter.split(text)
    try:
        return source, front_matter.parse(source.front, source.sign), None
    except front_matter.UnsupportedYaml:  # read as letters it would say what nobody meant
        raise
    except FormatError as fault:
        entries = read_loosely(source)
        if "format" in entries and not _is_of_other_programs(entries["format"]):
            raise
        if not entries:
            return front_matter.PageSource("", text, 1, ""), {}, None
        return source, entries, fault


def _without_understood_keys(page: Page, entries: Mapping[str, Entry]) -> Page:
    """`page` without the findings on keys that only say whether a page is ready, such as `draft: false`."""
    understood = {f"front_matter.{key}" for key, entry in entries.items() if is_understood(key, entry)}
    findings = tuple(
        finding
        for finding in page.findings
        if finding.code != "unknown_key" or finding.field not in understood
    )
    return dataclasses.replace(page, findings=findings) if len(findings) < len(page.findings) else page


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
    said = [value for piece in front for value in vars(piece).values()]
    heads = (document.title, document.slug, *document.ingredients)
    if (
        sum(map(_most_bytes, (*said, *heads))) > front_matter.FRONT_MATTER_BYTES - 1000
        or _length(text) > 40_000
    ):
        write_page(document)


def _most_bytes(value: object) -> int:
    """What a value takes in front matter at most, its key and place in a list included.

    YAML writes an ASCII sign in two bytes or one, any other in ten at most.
    """
    text = str(value)
    return 40 + len(text) * (2 if text.isascii() else 10)


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
