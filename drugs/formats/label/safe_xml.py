"""Safe XML: bytes to an element tree without DTD, entities and network, of a size that was counted before parsing."""

import re

from lxml import etree

from drugs.formats.label.document import LabelError

MAX_BYTES = 20_000_000  # the largest label of a release has some 3 MB
# A tag of three bytes becomes a node of more than a hundred: what counts for memory is how many there are.
# Labels have 18,000 tags in a megabyte, and 7,000 attributes.
MAX_TAGS = 250_000
MAX_ATTRIBUTES = 250_000
_SMALL = 3 * MAX_TAGS  # what is shorter cannot hold as many

_ROOT = re.compile(rb"<[A-Za-z_:\x80-\xff]")
_UTF_8 = (b"<!DOCTYPE", b"<!ENTITY")
_UTF_16 = tuple(mark.decode().encode(code) for mark in _UTF_8 for code in ("utf-16-le", "utf-16-be"))


class NotWellFormed(LabelError):
    """A text that no parser of XML takes, within the limits though it is."""


def parse_xml(data: bytes) -> etree._Element:
    """The root of the XML in `data`. Raises LabelError for whatever is no well-formed XML within the limits.

    The depth is capped by libxml2 (256), as is how far entities expand; documents that declare any are refused
    before it sees them, since neither SPL nor FHIR has a DTD.
    """
    _check(data)
    try:
        root = etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotWellFormed(f"is no well-formed XML: {getattr(error, 'msg', None) or error}.") from None
    if root.getroottree().docinfo.doctype:
        raise LabelError("declares a document type, which no label has; it was not read.")
    return root


def parse_html(data: bytes, namespace: str) -> etree._Element:
    """The body of the HTML in `data`, whose elements are put in `namespace`. Raises LabelError as `parse_xml` does."""
    _check(data)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(b"<div>" + data + b"</div>", parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotWellFormed(f"is no markup that can be read: {error}.") from None
    for element in root.iter(etree.Element):
        name = str(element.tag).rpartition(":")[2]
        element.tag = namespace + (
            name if name.isalnum() and name.isascii() and name[0].isalpha() else "span"
        )
    return root


def _check(data: bytes) -> None:
    """Raises LabelError for what is too large, or declares what neither SPL nor FHIR does."""
    if len(data) > MAX_BYTES:
        raise LabelError(f"is longer than {MAX_BYTES:,} bytes.")
    if _declares(data):
        raise LabelError("declares a document type or entities, which no label has; it was not read.")
    if len(data) > _SMALL and (
        data.count(b"<") > MAX_TAGS or data.count(b'="') + data.count(b"='") > MAX_ATTRIBUTES
    ):
        raise LabelError("has more tags than any label has.")


def _parser() -> etree.XMLParser:
    """A parser for one document: what a broken one leaves behind is gone with it."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,  # nobody looks elements up by their ids, and gathering them takes a sixth of the time
    )


def _declares(data: bytes) -> bool:
    """Whether a document type stands before the root, the only place where XML allows one."""
    if b"\0" in data[:4] or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return any(mark in data for mark in _UTF_16)
    root = _ROOT.search(data)
    return any(mark in data[: root.start() if root else len(data)] for mark in _UTF_8)
