"""Notices: the paragraphs that speak about the page itself, disclaimers and the notes at its end."""

import re
from typing import NamedTuple

from drugs.formats.legacy.effect_vocabulary import is_note
from drugs.formats.legacy.phrases import read_label

_DISCLAIMER = re.compile(r"\W*((?:important\s+|medical\s+)?disclaimer)\b[\s*]*:", re.I)
_LIKE_DISCLAIMER = re.compile(
    r"general knowledge|medical advice|(?:educational|informational) purposes|professional (?:medical )?advice"
    r"|ai-generated|crowd-sourced|substitute for",
    re.I,
)
_PAGE_NOTE = re.compile(r"\W*(?:(?:important|please)\s+)?(?:note|remember)\b", re.I)
_MARKER_WORDS = 3


class Notice(NamedTuple):
    """The marker word of a notice, such as `Disclaimer`, with the symbol before it, and the text behind it."""

    marker: str
    text: str


def read_disclaimer(text):
    """Notice in a paragraph that is marked as a disclaimer; None for others."""
    match = _DISCLAIMER.match(text)
    if not match:
        return None
    rest = text[match.end() :].strip()
    before = text[: match.start(1)]
    marker = " ".join([*re.findall(r"[^\s*_>#-]+", before), match[1]])
    opened = before[len(before.rstrip("*")) :]
    closed = "*" in text[match.end(1) : match.end()] or rest.startswith(opened or " ")
    if opened and closed:
        return Notice(marker, rest.removeprefix(opened).strip())
    return Notice(marker, f"{opened}{rest}")


def closing_notice(block):
    """Notice in a block at the end of a page, whose marker may be empty; None for others."""
    if block.kind != "paragraph":
        return None
    if not _LIKE_DISCLAIMER.search(block.text) and not _PAGE_NOTE.match(block.text):
        return None
    label = read_label(block.text)
    if not label or not _is_marker(label):
        return Notice("", block.text)
    marker, text = label.text, label.rest
    if marker.count("*") == 1 and (text.startswith("*") or text.endswith("*")):
        marker, text = marker.strip("*"), (text[1:] if text.startswith("*") else text[:-1]).strip()
    return Notice(marker, text)


def _is_marker(label):
    return label.colon and label.rest and is_note(label.text) and len(label.text.split()) <= _MARKER_WORDS
