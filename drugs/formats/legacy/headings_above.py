"""Headings above a place of the page: what a heading below another means, and what it keeps of it.

`Children` below `Not suitable for` says the opposite of what it says below `Good for`: such a heading stays in the text
of the section above it, or, where it starts a section of its own, keeps the name of that one before its own.
"""

import re
from dataclasses import replace
from itertools import pairwise

from drugs.content import LABEL_JOINER, SECTION_HEADINGS
from drugs.formats.legacy import languages, section_vocabulary
from drugs.formats.legacy.blocks import Block
from drugs.formats.legacy.component_names import ComponentNames
from drugs.formats.legacy.parts import GENERIC_NAME, Part
from drugs.formats.legacy.phrases import one_line, read_label

_LEVEL = 3  # of the parts of a page of the old site


def with_raised_drugs(blocks: list[Block], names: ComponentNames) -> list[Block]:
    """`blocks`, in which a heading that names a drug stands as high as the sections of that drug right below it.

    `#### Aol` above `### Usage` would else be text of the section before, which is the other drug's. One such heading
    alone tells nothing: several do.
    """
    raised = {}
    right_below = below = None  # the next block, and the next heading with only paragraphs before it
    for at in range(len(blocks) - 1, -1, -1) if names.ingredients else ():
        block = blocks[at]
        if block.kind == "heading":
            section = _first_section(right_below, below)
            if section and 0 < section.level < block.level and _announces(block, names):
                raised[at] = replace(block, level=section.level)
            below = block
        elif block.kind != "paragraph":
            below = None
        right_below = block
    if len({block.text for block in raised.values()}) < 2:
        return blocks
    return [raised.get(at, block) for at, block in enumerate(blocks)]


def with_headed_drugs(blocks: list[Block], names: ComponentNames) -> list[Block]:
    """`blocks`, in which a plain line that only names a drug, right above the heading or label of a section, is a
    heading as high as that one. One such line alone tells nothing: several do.
    """
    headed, drugs = {}, set()
    above = None
    for at, (block, below) in enumerate(pairwise(blocks) if names.ingredients else ()):
        is_name = (
            above is not None and above.kind == "heading" and section_vocabulary.generic_name(above.text)
        )
        plain = block.kind == "paragraph" and not block.text.startswith("*") and not is_name
        if plain and (drug := names.only(block.text)) and (level := _level_of_section(below)):
            drugs.add(drug)
            headed[at] = replace(block, kind="heading", level=level)
        above = block
    return [headed.get(at, block) for at, block in enumerate(blocks)] if len(drugs) > 1 else blocks


def _level_of_section(block):
    """The level of a section's heading, also with text on its line; that of a page's parts for a label; 0 elsewhere."""
    label = read_label(block.text) if block.kind in ("heading", "paragraph") else None
    kind = section_vocabulary.plain_kind(label.text if label else block.text)
    return (block.level or _LEVEL) if kind and (label or block.level) else 0


def _first_section(right_below, below):
    """The heading of a section that begins right below another or, if it is that of the uses, below its text."""
    kind = section_vocabulary.plain_kind(below.text) if below else None
    return below if kind == "uses" or (kind and below is right_below) else None


def _announces(block, names):
    return names.may_announce(block.text) and not section_vocabulary.names_kind(block.text)


class HeadingsAbove:
    """Stack of the parts whose headings stand one below the other above a place of a page called `title`.

    `title_line` is the line of the only heading of level 1, if it comes first: that one names the page.
    """

    def __init__(self, title, title_line):
        self._title_words = set(re.findall(r"\w{4,}", title.lower()))
        self._title_line = title_line
        self._parts = []

    def enter(self, part):
        """Start of a part under a heading of its own."""
        self._parts.append(part)

    def parent_of(self, block):
        """The part under the heading that the heading `block` is below, or None; those beside it have ended."""
        while self._parts and self._parts[-1].level >= block.level:
            self._parts.pop()
        return self._parts[-1] if self._parts else None

    def names_drug(self, text):
        """True if `text` has a word of the page's title."""
        return bool(self._title_words.intersection(re.findall(r"\w{4,}", text.lower())))

    def only_says_where(self, part):
        """True for a heading that takes nothing from those below it when it is away: the title, a drug, `Details`."""
        heading = part.heading
        if part.line == self._title_line or not heading:
            return True
        return self.names_drug(heading) or languages.is_container(heading)

    def goes_on(self, block, parent, current):
        """True if what stands below the heading `block` can be put into the part above it: no other has begun since,
        and the heading starts no section that keeps its parent's name.
        """
        if parent.kind != "other":
            return current is parent or current.kind in (parent.kind, "notice", GENERIC_NAME)
        if self.only_says_where(parent):
            return True
        kind = section_vocabulary.plain_kind(block.text)
        return current is parent and (kind is None or kind in section_vocabulary.OBJECTS)


def stands_alone(block, parent):
    """True for a section below a known one that is complete without it: whole sentences of leaflets, and who must not
    take it even in the warnings of Drug Facts (21 CFR 201.66).
    """
    kind = section_vocabulary.plain_kind(block.text)
    if kind is None or parent.kind in ("other", kind):
        return False
    if parent.kind in ("precautions", "warning") and kind == "do_not_take":
        return True
    return section_vocabulary.stands_alone_below(block.text, parent.heading)


def part_below(block, parent):
    """The part of a heading without whose parent it would say something else: it keeps that heading before its own."""
    heading = heading_text(block.text)
    kind = section_vocabulary.plain_kind(block.text)
    if not stands_alone(block, parent):
        heading = LABEL_JOINER.join((parent.heading or SECTION_HEADINGS[parent.kind], heading))
        kind = None if kind in section_vocabulary.OBJECTS else kind
    in_text = parent.kind in ("side_effects", "faqs", "notice")
    kind = kind or ("other" if in_text else parent.kind)
    component = parent.heading if kind == "side_effects" else ""
    return Part(kind, heading, block.line, component=component, level=block.level)


def heading_text(text):
    """`text` of a heading as a section has it: one line without bold marks and the colon at its end."""
    return one_line(text.replace("**", "")).rstrip(":").strip()
