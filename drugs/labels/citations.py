"""Citation of a label: the reference that a person adds to a page, and words of the label as a quotation."""

import re

from drugs.content import LABEL_CHARS, LINE_CHARS, URL, Reference, find_unprintable
from drugs.content.dates import is_partial_date
from drugs.content.markdown import plain
from drugs.formats.label import LabelDocument, LabelSection

_TITLE_CHARS = 200
_NAMES = 3  # of a label that has many


def citation(label: LabelDocument, section: LabelSection) -> Reference:
    """The reference to `section` of `label`, at its version, with its address where that is one of the web."""
    return Reference(
        title=label_title(label),
        # Whoever must be named with words of the label is named where it is cited.
        publisher=_line(", ".join(filter(None, [label.labeler, label.licence.attribution])), LABEL_CHARS),
        url=label.url if re.fullmatch(URL, label.url) and len(label.url) <= LINE_CHARS else "",
        country=_line(label.country.upper(), LABEL_CHARS),
        version=str(label.version or ""),
        date=label.effective_date if is_partial_date(label.effective_date) else "",
        locator=_line(plain(section.place), LABEL_CHARS) or section_title(section),
        source=_line(label.source, LABEL_CHARS),
        set_id=_line(label.set_id, LABEL_CHARS),
    )


def label_title(label: LabelDocument) -> str:
    """What a label is called in a citation: brand and generic names, for the titles of labels are sentences."""
    generic = ", ".join(label.generic_names[:_NAMES])
    brand = ", ".join(label.true_brand_names[:_NAMES])
    names = f"{brand} ({generic})" if brand and generic else brand or generic
    return _line(names or label.title, _TITLE_CHARS) or _line(label.set_id, _TITLE_CHARS) or "Label"


def section_title(section: LabelSection) -> str:
    """What a section is found by in its label: its own heading, else its code."""
    return _line(plain(section.heading), LABEL_CHARS) or _line(section.code, LABEL_CHARS)


def quotation(label: LabelDocument, section: LabelSection) -> str:
    """The words of `section` as Markdown that says that they are quoted, and from which label and version."""
    reference = citation(label, section)
    said = [reference.title, reference.country, f"version {reference.version}" if reference.version else ""]
    lines = [
        *section.body.split("\n"),
        "",
        f"({', '.join(filter(None, [*said, reference.date, reference.locator]))})",
    ]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _line(text: str, limit: int) -> str:
    """`text` as one line of a reference, whatever the label holds."""
    while (at := find_unprintable(text)) is not None:
        text = text.replace(text[at], " ")
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 2].rstrip()} …"
