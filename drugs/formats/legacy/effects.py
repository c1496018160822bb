"""Which side effects does a section list, under which headings, and what text stands around the lists?

A group may be named by a line above a list, by a bold line, by the bullet above nested bullets, or by the label in
front of a list in running text. Sentences name no effects: they stay text.
"""

import re
from dataclasses import dataclass, field

from drugs.content import LABEL_JOINER, LINE_CHARS, DocumentError, SideEffect
from drugs.formats.legacy import effect_vocabulary, phrases
from drugs.formats.legacy.blocks import paragraph
from drugs.formats.legacy.bodies import body
from drugs.formats.legacy.effect_headings import Headings
from drugs.formats.legacy.phrases import lead, mask, sentences
from drugs.formats.legacy.running_lists import running_list

_LINKS_BACK = re.compile(
    r"(?:these|they|this|such|however|symptoms|examples|possible (?:effects|reactions)"
    r"|(?:call|contact|consult|get|seek|see|stop|talk to|tell)\b.*\bif)\b",
    re.I,
)
_NO_EFFECT = re.compile(
    r"(?:generally|usually|typically)\s+(?:well|safe|considered|very)\b|none\b|no known\b", re.I
)
_QUOTED = re.compile(r">\s+(?=[^\W\d]|\*)")
_JOINED = re.compile(r"[,;]\s*(and|or)\s*$", re.I)
# Where a list begins in running text: behind a colon, a dash, or the `include` of a sentence.
_TO_LIST = re.compile(r"\binclud(?:e|es|ing)(?!\s*:)()\s|((?<!\s)\s+[–—-]\s|:\s)")
_SAYS_EFFECTS = re.compile(r"\bside[- ]effects\b|\badverse (?:effects|reactions|events)\b", re.I)
_BESIDE_DRUGS = frozenset("side effects effect adverse related specific from only component with for".split())
_LEAD_IN_CHARS = LINE_CHARS // 4


@dataclass
class Effects:
    """`effects` holds (SideEffect, line); `before` and `after` the blocks of text around the lists; `dropped`
    the joining words of lists that were split.
    """

    before: list = field(default_factory=list)
    effects: list = field(default_factory=list)
    after: list = field(default_factory=list)
    dropped: list = field(default_factory=list)


def read_effects(blocks, component="", drugs=frozenset(), heading=""):
    """Sorts the blocks of a section into side effects and the text around them.

    `component` is the drug that the whole section is about, `drugs` the words of all drugs of the page, `heading`
    the section's own, which may name a group.
    """
    reader = _Reader(component, drugs, heading if effect_vocabulary.has_group(heading) else "")
    rest = blocks[1:] if blocks and reader.opening_list(blocks[0]) else blocks
    reader.blocks(rest)
    reader.headings.flush()
    return reader.found


class _Reader:
    def __init__(self, component, drugs, group):
        self.found = Effects()
        self.drugs = drugs
        self.component = component
        self.group = group  # of all effects that no label puts into another
        self.headings = Headings(self.keep)

    # Blocks

    def blocks(self, blocks):
        for index, block in enumerate(blocks):
            following = blocks[index + 1].kind if index + 1 < len(blocks) else ""
            self.block(block, following in ("list", "item"))

    def block(self, block, before_list):
        if block.kind == "paragraph":
            self.paragraph(block, before_list)
        elif block.kind == "list":
            self.list(block.children)
        elif block.kind == "item":
            self.list((block,))
        elif block.kind == "heading":
            self.line_above(_label(block.text), block)
        elif block.kind != "rule":
            self.aside(block)

    def keep(self, block):
        """Keeps `block` as text, in its place."""
        (self.found.after if self.found.effects else self.found.before).append(block)

    def aside(self, block, before_list=False):
        """Keeps `block` as text; a heading above it that still waits goes first, unless its list comes next.

        A group that has its effects already ends above a text that leads to another list.
        """
        if not before_list:
            self.headings.flush()
        elif not self.headings.group_waits:
            self.headings.end_group()
        self.keep(block)

    def line_above(self, label, block):
        """A line of its own names a group, or the drug whose groups follow. What it says to do holds for one list."""
        if effect_vocabulary.heads_group(label) or effect_vocabulary.is_note(label):
            self.headings.set_group(label, block)
        else:
            self.headings.set_top(label, block)

    # Paragraphs

    def paragraph(self, block, before_list):
        text = block.text
        found = phrases.bold_lead(text)
        if found and not found.rest:
            is_heading = before_list and found.colon
            if found.label.endswith((".", "!")) or (
                effect_vocabulary.is_note(found.label) and not is_heading
            ):
                self.aside(block, before_list)
            else:
                self.line_above(_label(found.label), block)
        elif found and found.colon:
            self.labelled(block, found, before_list)
        elif before_list and (_ends_in_colon(text) or _is_heading(text)):
            self.lead_in(text, block.line)
        elif (
            found
            or effect_vocabulary.is_note(text)
            or not (self.list_below(block) or self.labelled_lists(block))
        ):
            self.aside(block, before_list)

    def labelled(self, block, found, before_list):
        """A bold label with text on its line: a list, the lead-in of one, or sentences."""
        above_list = before_list and _ends_in_colon(found.rest)
        is_group = effect_vocabulary.is_group(found.label)
        if effect_vocabulary.is_note(found.label):
            self.aside(block)
        elif above_list and not is_group and len(sentences(found.rest)) > 1:
            start = block.text[: -len(found.rest)]
            self.headings.set_top(found.label, paragraph(start.strip(), block.line))
            self.lead_in(found.rest, block.line)
        elif not above_list and self.names_list(found.label) and running_list(found.rest):
            self.headings.end()
            self.add_list(found.label, found.rest, block.line)
        elif above_list or (before_list and is_group):
            self.headings.set_group(f"{found.label}: {_label(found.rest)}", block)
        else:
            self.aside(block)

    def lead_in(self, text, line):
        """The last sentence of a paragraph names the list below; if it only points back, the one before, too."""
        parts = sentences(text)
        own = len(parts) - 1
        while (
            own and not effect_vocabulary.has_group(" ".join(parts[own:])) and _LINKS_BACK.match(parts[own])
        ):
            own -= 1
        if not effect_vocabulary.has_group(" ".join(parts[own:])):
            own = len(parts) - 1
        label = _label(" ".join(parts[own:]))
        if len(label) > _LEAD_IN_CHARS:
            self.aside(paragraph(text, line))
            return
        start = 0
        for part in parts[:own]:
            start = text.index(part, start) + len(part)
        if own:
            self.aside(paragraph(text[:start].strip(), line))
        self.headings.set_group(label, paragraph(text[start:].strip(), line))

    def labelled_lists(self, block):
        """`Common side effects: nausea, headache. Serious side effects: …` in running text."""
        pieces = []
        for sentence in sentences(block.text):
            found = lead(sentence)
            if (
                found
                and found.rest
                and (effect_vocabulary.has_group(found.label) or self.names_list(found.label))
            ):
                pieces.append([found.label, found.rest])
            elif pieces:
                pieces[-1][1] += f" {sentence}"
            else:
                return False
        if not all(running_list(rest) for _, rest in pieces):
            return False
        self.headings.end_group()
        for label, rest in pieces:
            self.add_list(label, rest, block.line)
        return True

    # Bullets

    def list(self, children):
        role = self.label_role(children)
        for index, child in enumerate(children):
            following = children[index + 1].kind if index + 1 < len(children) else ""
            if child.kind == "item":
                self.item(child, role, last=not following)
            else:
                self.block(child, following in ("item", "list"))

    def label_role(self, children):
        """What the labels of a list are when most of them are of one sort: "drug", "group" or "effect"."""
        labels = [found.label for found in (lead(child.head) for child in children if child.head) if found]
        drugs = sum(map(self.is_drug, labels))
        if drugs > 1 and drugs * 2 >= len(labels):
            return "drug"
        groups = sum(map(self.names_list, labels))
        return "group" if groups * 2 >= len(labels) > 0 else "effect"

    def names_list(self, label):
        """True if what follows `label` may be a list of effects: then `label` is none itself."""
        if effect_vocabulary.is_group(label) or effect_vocabulary.is_system(label) or self.is_drug(label):
            return True
        return "effects" in label.lower() and effect_vocabulary.has_group(label)

    def is_drug(self, label):
        words = re.findall(r"\w{3,}", mask(label).lower())
        words = [word for word in words if word not in _BESIDE_DRUGS]
        return bool(words) and self.drugs.issuperset(words)

    def item(self, block, role, last):
        self.found.dropped.append(block.text)
        text, nested = block.head, block.children[1:]
        if match := _JOINED.search(text):
            self.found.dropped.append(match[1])
            text = text[: match.start()]
        if not text:
            self.blocks(block.children)
            return
        found = lead(text)
        if effect_vocabulary.is_note(found.label if found and found.bold else text) or _NO_EFFECT.match(text):
            self.aside(block)
        elif any(child.kind == "list" for child in nested):
            self.headings.enter(_label(text), paragraph(text, block.line))
            self.blocks(nested)
            self.headings.leave()
        elif nested:
            self.effect(text, block.line, "\n\n".join(child.raw for child in nested))
        elif _ends_in_colon(text):
            self.aside(block) if last else self.headings.set_group(_label(text), block)
        elif group := self.group_named(text, found, role):
            self.group_item(block, group, role)
        else:
            self.effect(text, block.line)

    def group_named(self, text, found, role):
        """What a bullet names a group by, with the list behind it; None for a bullet that names an effect."""
        if (not found or not found.colon) and (group := _group_before_list(text)):
            return group
        return found if found and found.rest and self.is_group_item(found, role) else None

    def is_group_item(self, found, role):
        if effect_vocabulary.is_group(found.label):
            return True
        return role == "drug" or (role == "group" and self.names_list(found.label))

    def group_item(self, block, found, role):
        """A label and its list. With sentences behind it, a group or drug is text; a part of the body is the
        name of the effect.
        """
        if self.add_list(found.label, found.rest, block.line):
            return
        if role != "drug" and effect_vocabulary.is_system(found.label):
            self.effect(block.head, block.line)
        else:
            self.aside(block)

    # Effects

    def opening_list(self, block):
        """A section may consist of nothing but a list in running text."""
        found = running_list(block.text) if block.kind == "paragraph" and not lead(block.text) else None
        if not found or found.filler or len(found.members) < 2 or found.has_verbs:
            return False
        return self.add_list("", block.text, block.line)

    def list_below(self, block):
        """A list in running text may have the group that waits above it for its heading."""
        return self.headings.group_waits and self.opening_list(block)

    def add_list(self, label, text, line):
        """Adds the members of a list in running text under `label`; False if `text` is none.

        What is said behind several members is about all of them, so it is kept as text under their label.
        """
        found = running_list(text)
        if not found:
            return False
        label = _label(f"{label}: {found.filler}") if found.filler else label
        several = len(found.members) > 1
        for member in found.members:
            self.effect(member, line, "" if several else found.tail, label, found.tail)
        if several and found.tail:
            own = LABEL_JOINER.join(part for part in (self.headings.top, label) if part)
            self.keep(paragraph(f"**{own}:** {found.tail}" if own else found.tail, line))
        self.found.dropped.append("and or " * len(found.members))
        return True

    def effect(self, text, line, more="", label="", said_of_all=""):
        """Adds one effect; a text that no effect can hold stays text."""
        name, description = phrases.name_and_description(text)
        path = self.headings.path(label)
        group = "" if effect_vocabulary.heads_group(path) else self.group
        path = LABEL_JOINER.join(part for part in (self.component, group, path) if part)
        group, frequency, urgency = effect_vocabulary.meaning_of(path)
        own = effect_vocabulary.frequency_in(description, group)
        frequency = frequency if own is None else own
        description = body(_joined(description, more))
        if effect_vocabulary.is_emergency(f"{description} {said_of_all}"):
            urgency = "emergency"
        try:
            effect = SideEffect(name, description, group, path, frequency, urgency)
        except DocumentError:
            self.aside(paragraph(f"{text}\n\n{more}".strip(), line))
            return
        waited = self.headings.take()
        if self.found.effects and self.found.effects[-1][0].label == path:
            for source in waited:  # the group goes on; what names it again is no label of another
                self.keep(source)
        self.found.effects.append((effect, line))


def _label(text):
    """A lead-in as a label: one line, without the marks around it and the colon at its end."""
    label = phrases.without_bold(_QUOTED.sub("", text)).rstrip(": ").strip()
    if label.startswith("*") and label.endswith("*") and label.count("*") == 2:
        return label.strip("*").rstrip(": ").strip()
    return label


def _group_before_list(text):
    """The group that the words in front of a list name, a sentence or two of them, and the list; or None."""
    match = _TO_LIST.search(mask(text))
    label = text[: match.start(match.lastindex)].strip() if match else ""
    if not effect_vocabulary.is_group(label) and not (
        _SAYS_EFFECTS.search(label) and effect_vocabulary.has_group(label)
    ):
        return None
    return phrases.Lead(phrases.without_bold(label), text[match.end() :].strip(), False, True)


def _is_heading(text):
    """True for a line above a list that says `Serious side effects` and no more, without a colon."""
    return (
        "\n" not in text
        and not text.endswith((".", "!", "?"))
        and effect_vocabulary.is_group(text.strip("*"))
    )


def _ends_in_colon(text):
    return mask(text).rstrip(" *").endswith(":")


def _joined(first, second):
    if not first or not second:
        return first or second
    if "\n" in second:
        return f"{first}\n\n{second}"
    return f"{first} {second}" if first.endswith((".", "!", ")")) else f"{first}. {second}"
