"""Tails of a component: what stands behind the text of the last one and speaks of the whole page again."""

import re

from drugs.formats.legacy.blocks import Block
from drugs.formats.legacy.bodies import fits_line
from drugs.formats.legacy.component_names import ComponentNames
from drugs.formats.legacy.effect_vocabulary import is_note
from drugs.formats.legacy.parts import Part
from drugs.formats.legacy.phrases import read_bold_label
from drugs.formats.legacy.questions import ends_in_answer

_OF_ALL = re.compile(
    r"\b(?:these|both|all|the (?:two|three|four|five))\s+(?:\w+\s+){0,2}(?:drugs|medications|medicines|compounds"
    r"|substances|components|ingredients|products|treatments)\b"
    r"|^\W*(?:in (?:summary|conclusion|short)|to (?:sum up|summari[sz]e)|again|overall|it is crucial to remember)\b",
    re.I,
)


def split_tail(part: Part, names: ComponentNames) -> list[Part]:
    """`part`, the last of its component, and behind it one of the whole page for the end of its text, if it has one."""
    at = _start_of_tail(part, names)
    if at is None:
        return [part]
    first, *rest = part.blocks[at:]
    label = _heading(first, names)
    tail = Part("other", label, first.line, blocks=rest if label else [first, *rest])
    part.blocks = part.blocks[:at]
    return [part, tail]


def _start_of_tail(part, names):
    """Index of the block with which the whole page speaks again; None if it does not."""
    blocks = part.blocks
    for at in range(1, len(blocks)) if part.kind != "faqs" else ():
        if _heading(blocks[at], names):
            return at
    at = len(blocks)
    while at > 1 and _is_of_all(blocks[at - 1], names) and not _is_answer(part, at):
        at -= 1
    return at if at < len(blocks) else None


def _heading(block: Block, names: ComponentNames) -> str:
    """The bold line that is the heading of a text on several of the drugs, or the empty text."""
    label = read_bold_label(block.text) if block.kind == "paragraph" else None
    if not label or label.rest or is_note(label.text) or not fits_line(label.text):
        return ""
    return label.text if names.is_whole(label.text) and not label.text.endswith(("?", ".", "!")) else ""


def _is_of_all(block, names):
    return block.kind == "paragraph" and (_OF_ALL.search(block.text) or len(names.named(block.text)) > 1)


def _is_answer(part, end):
    return part.kind == "faqs" and ends_in_answer(part.blocks[:end])
