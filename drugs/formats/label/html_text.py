"""Markdown of the XHTML that stands as a string in JSON: read as HTML where it is none."""

from lxml import etree

from drugs.formats.label.document import LabelError
from drugs.formats.label.narrative import XHTML, Narrative, clean_text, drop_struck
from drugs.formats.label.safe_xml import NotWellFormed, parse_html, parse_xml


def markdown_of_html(html: str) -> str:
    """The safe Markdown of a text with markup. Raises LabelError for what is no narrative of a label."""
    html = clean_text(html)
    if not html.strip():
        return ""
    root = _parsed(html)
    drop_struck(root)
    return Narrative().markdown(root)


def _parsed(html: str) -> etree._Element:
    """The elements of a narrative; an unknown entity is no reason to drop a label."""
    source = html if "xmlns" in html[:200] else html.replace("<div", f'<div xmlns="{XHTML[1:-1]}"', 1)
    try:
        try:
            root = parse_xml(source.encode())
            return root if root.tag == XHTML + "div" else parse_html(html.encode(), XHTML)
        except NotWellFormed:
            return parse_html(html.encode(), XHTML)
    except LabelError as error:
        raise LabelError(f"has a section whose text {error}") from None
