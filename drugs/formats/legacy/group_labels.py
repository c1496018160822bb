"""Labels that begin something: a generic name, the questions of a page, the sections of one drug."""

from drugs.formats.legacy import section_vocabulary
from drugs.formats.legacy.phrases import read_bold_label, read_label


def generic_label(label):
    """Match of `Generic Name` in a label with a colon: `**Generic Name:** X` or `**Generic Name: X**`."""
    match = section_vocabulary.generic_name(label.text)
    whole = match and match[0] == label.text and not label.rest
    return match if match and (label.colon or ":" in match[0] or whole) else None


def is_faqs_label(block):
    """True for a label, alone or in a list, that the questions of a page stand under."""
    heads = [item.head for item in block.children] if block.kind == "list" else [block.text]
    labels = [read_label(head) for head in heads if block.kind in ("list", "paragraph")]
    return any(label and section_vocabulary.label_kind(label.text) == "faqs" for label in labels)


def begins_component(block):
    """True if `block` is the heading or label that the sections of a component begin with."""
    if block is not None and block.kind == "paragraph" and (label := read_bold_label(block.text)):
        return bool(generic_label(label)) or section_vocabulary.label_kind(label.text) == "uses"
    if block is None or block.kind != "heading":
        return False
    return (
        bool(section_vocabulary.generic_name(block.text))
        or section_vocabulary.plain_kind(block.text) == "uses"
    )


def is_section(block):
    """True if `block` is a heading that names a section."""
    return block is not None and block.kind == "heading" and bool(section_vocabulary.plain_kind(block.text))


def is_prose(block):
    """True for a paragraph without a bold start: no question."""
    return block is not None and block.kind == "paragraph" and not block.text.startswith(("**", "Q"))
