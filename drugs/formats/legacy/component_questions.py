"""Questions of the components of a legacy page: cut apart by the lines above them that name a drug."""

import re
from typing import NamedTuple

from drugs.formats.legacy.blocks import Block, paragraph
from drugs.formats.legacy.component_names import ComponentNames
from drugs.formats.legacy.parts import Part
from drugs.formats.legacy.phrases import read_label
from drugs.formats.legacy.questions import asks
from drugs.formats.legacy.word_counts import words

_FAQ_WORDS = re.compile(
    r"\b(?:faqs?|frequently asked questions|questions(?: and answers)?)\b|\b(?:about|for|on|related to)\b",
    re.I,
)


class Questions(NamedTuple):
    """Blocks of a section of questions that are about one `component`; `dropped` is the line that says so."""

    component: str
    blocks: list[Block]
    dropped: str


def questions_by_component(part: Part, names: ComponentNames) -> list[Questions]:
    """Blocks of a section of questions, cut before each line that only names a component, or all of them."""
    runs = [Questions(part.component, [], "")]
    if not names.ingredients:
        return [Questions("", part.blocks, "")]
    for block in _loose(part.blocks, names):
        if line := _names_component(block, names):
            component = names.component(names.one(line))
            more = words(_FAQ_WORDS.sub("", line)) - words(
                component
            )  # what the component does not say stays text
            runs.append(Questions(component, [block] if more else [], "" if more else line))
            continue
        if len(runs) > 1 and _line(block) and names.is_whole(_line(block)):
            runs.append(Questions("", [], ""))
        runs[-1].blocks.append(block)
    return [run for run in runs if run.blocks or run.dropped] or runs


def _loose(blocks, names):
    """`blocks`, the bullets that name a component, and what stands inside them, taken out of their lists."""
    for block in blocks:
        if block.kind != "list" or not any(_names_component(item, names) for item in block.children):
            yield block
            continue
        for item in block.children:
            if _names_component(item, names):
                yield paragraph(item.head, item.line)
                yield from item.children[1:]
            else:
                yield item


def _line(block):
    """The text of a heading, or of a label that has its line to itself; empty for any other block."""
    text = (
        block.head if block.kind == "item" else block.text if block.kind in ("paragraph", "heading") else ""
    )
    if block.kind == "heading" or "\n" in text:
        return text if block.kind == "heading" and not asks(text) else ""
    label = read_label(text)
    return label.text if label and not label.rest and not asks(label.text) else ""


def _names_component(block, names):
    """The text of a line that only names a component, or that it has questions; empty for any other block."""
    line = _line(block)
    bare = _FAQ_WORDS.sub("", line).strip(" :–—-")
    bare = bare[1:-1] if bare.startswith("(") and bare.endswith(")") else bare
    return line if line and names.only(bare) else ""
