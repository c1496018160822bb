"""Which paragraphs speak about the page itself: disclaimers, and the notes at its end?"""

import re

from drugs.formats.legacy.blocks import paragraph
from drugs.formats.legacy.effect_vocabulary import is_note
from drugs.formats.legacy.phrases import lead

_DISCLAIMER = re.compile(r"\W*((?:important\s+|medical\s+)?disclaimer)\b[\s*]*:", re.I)
_LIKE_DISCLAIMER = re.compile(
    r"general knowledge|medical advice|(?:educational|informational) purposes|professional (?:medical )?advice"
    r"|ai-generated|crowd-sourced|substitute for",
    re.I,
)
_PAGE_NOTE = re.compile(r"\W*(?:(?:important|please)\s+)?(?:note|remember)\b", re.I)
_MARKER_WORDS = 3


def read_disclaimer(text):
    """The marker word of a paragraph that is marked as a disclaimer, with the symbol before it, and the text behind
    it; None for others.
    """
    match = _DISCLAIMER.match(text)
    if not match:
        return None
    rest = text[match.end() :].strip()
    before = text[: match.start(1)]
    marker = " ".join([*re.findall(r"[^\s*_>#-]+", before), match[1]])
    opened = before[len(before.rstrip("*")) :]
    closed = "*" in text[match.end(1) : match.end()] or rest.startswith(opened or " ")
    if opened and closed:
        return marker, rest.removeprefix(opened).strip()
    return marker, f"{opened}{rest}"


def closing_notice(block):
    """The marker word (or an empty text) and the block of a note at the end of a page; None for others."""
    if block.kind != "paragraph":
        return None
    if not _LIKE_DISCLAIMER.search(block.text) and not _PAGE_NOTE.match(block.text):
        return None
    found = lead(block.text)
    if (
        found
        and found.colon
        and found.rest
        and is_note(found.label)
        and len(found.label.split()) <= _MARKER_WORDS
    ):
        label, rest = found.label, found.rest
        if label.count("*") == 1 and (rest.startswith("*") or rest.endswith("*")):
            label, rest = label.strip("*"), (rest[1:] if rest.startswith("*") else rest[:-1]).strip()
        return label, paragraph(rest, block.line)
    return "", block
