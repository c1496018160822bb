"""Side effect parser: the lists of a section in each of their shapes, their headings, and the text around them.

A group may be named by a line above a list, by a bold line, by the bullet above nested bullets, or by the label in
front of a list in running text. Sentences name no effects: they stay text.
"""

import re
from dataclasses import dataclass, field

from drugs.content import LABEL_JOINER, LINE_CHARS, DocumentError, SideEffect
from drugs.formats.legacy import effect_texts, effect_vocabulary, phrases
from drugs.formats.legacy.blocks import paragraph
from drugs.formats.legacy.bodies import body
from drugs.formats.legacy.effect_headings import Headings
from drugs.formats.legacy.effect_tables import read_effect_table
from drugs.formats.legacy.lead_ins import (
    as_heading,
    ends_in_colon,
    first_of_lead_in,
    group_before_list,
    is_group_line,
)
from drugs.formats.legacy.phrases import mask, read_bold_label, read_label, sentences
from drugs.formats.legacy.running_lists import running_list

_JOINED = re.compile(r"[,;]\s*(and|or|und|oder|et|ou)\s*$", re.I)
_JOINERS = "and or und oder et ou "
_BESIDE_DRUGS = frozenset("side effects effect adverse related specific from only component with for".split())
_LEAD_IN_CHARS = LINE_CHARS // 4


@dataclass
class Effects:
    """What a section holds: pairs of SideEffect and line in `effects`, the blocks of text `before` and `after` the
    lists, and in `dropped` the joining words of lists that were split.
    """

    before: list = field(default_factory=list)
    effects: list = field(default_factory=list)
    after: list = field(default_factory=list)
    dropped: list = field(default_factory=list)


def read_effects(blocks, component="", drugs=frozenset(), heading="", one_each=True):
    """Side effects of a section, told from the text around them.

    `component` is the drug that the whole section is about, `drugs` the words of all drugs of the page, `heading`
    the section's own, which may name a group. With `one_each` a bullet without a label is one effect even with commas,
    as on the pages of the old site.
    """
    group = heading if effect_vocabulary.has_group(heading) else ""
    reader = _Reader(component, drugs, group, one_each)
    rest = blocks[1:] if blocks and reader.opening_list(blocks[0]) else blocks
    reader.blocks(rest)
    reader.headings.flush()
    return reader.result


class _Reader:
    def __init__(self, component, drugs, group, one_each):
        self.result = Effects()
        self.one_each = one_each
        self.drugs = drugs
        self.component = component
        self.group = group  # of all effects that no label puts into another
        self.headings = Headings(self.keep)
        self.silent = False  # below a heading that is not about effects
        self.skips_list = False  # below a lead-in that is not

    # Blocks

    def blocks(self, blocks):
        for index, block in enumerate(blocks):
            following = blocks[index + 1].kind if index + 1 < len(blocks) else ""
            self.block(block, following in ("list", "item"))

    def block(self, block, before_list):
        if block.kind == "heading":
            self.line_above(as_heading(block.text), block)
        elif block.kind == "paragraph":
            self.paragraph(block, before_list)
        elif self.silent or self.skips_list:
            self.keep(block)
            self.skips_list = False
        elif block.kind == "list":
            self.list(block.children)
        elif block.kind == "item":
            self.list((block,))
        elif block.kind != "rule" and not self.table(block):
            self.aside(block)

    def table(self, block):
        """Adds the effects of a table; False if `block` is none, or says other things, too."""
        found = read_effect_table(block.raw, self.drugs)
        if not found or not found.effects:
            return False
        for effect in found.effects:
            self.effect(effect.text, block.line, effect.say, effect.label)
        self.result.dropped += [*found.dropped, _JOINERS * len(found.effects)]
        self.headings.end_group()
        return True

    def keep(self, block):
        """Keeps `block` as text, in its place."""
        (self.result.after if self.result.effects else self.result.before).append(block)

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
        self.silent = _heads_no_effects(label)
        if self.silent:
            self.headings.end()
            self.keep(block)
        elif effect_vocabulary.heads_group(label) or effect_vocabulary.is_note(label):
            self.headings.set_group(label, block)
        else:
            self.headings.set_top(label, block)

    # Paragraphs

    def paragraph(self, block, before_list):
        text = block.text
        label = read_bold_label(text)
        if label and not label.rest:
            self.bold_line(block, label, before_list)
        elif self.silent and not (before_list and effect_vocabulary.has_group(text)):
            self.keep(block)
        elif label and label.colon:
            self.labelled(block, label, before_list)
        elif before_list and (ends_in_colon(text) or is_group_line(text)):
            self.lead_in(text, block.line)
        elif label or effect_vocabulary.is_note(text) or not self.lists_in_text(block):
            self.aside(block, before_list)

    def bold_line(self, block, label, before_list):
        """A bold line heads what follows, unless it is a sentence, or advice that leads to no list."""
        is_advice = effect_vocabulary.is_note(label.text) and not (before_list and label.colon)
        if is_advice or label.text.endswith((".", "!")):
            self.aside(block, before_list)
        else:
            self.line_above(as_heading(label.text), block)

    def labelled(self, block, label, before_list):
        """A bold label with text on its line: a list, the lead-in of one, or sentences."""
        above_list = before_list and ends_in_colon(label.rest)
        is_group = effect_vocabulary.is_group(label.text)
        if effect_vocabulary.is_note(label.text):
            self.aside(block)
        elif above_list and not is_group and len(sentences(label.rest)) > 1:
            start = block.text[: -len(label.rest)]
            self.headings.set_top(label.text, paragraph(start.strip(), block.line))
            self.lead_in(label.rest, block.line)
        elif not above_list and self.names_list(label.text) and running_list(label.rest):
            self.headings.end()
            self.add_list(label.text, label.rest, block.line)
        elif above_list or (before_list and is_group):
            self.headings.set_group(f"{label.text}: {as_heading(label.rest)}", block)
        else:
            self.aside(block)

    def lead_in(self, text, line):
        """The last sentence of a paragraph names the list below; if it only points back, the one before, too."""
        parts = sentences(text)
        first = first_of_lead_in(parts)
        label = as_heading(" ".join(parts[first:]))
        self.skips_list = _heads_no_effects(label)
        if len(label) > _LEAD_IN_CHARS or self.skips_list:
            self.aside(paragraph(text, line))
            return
        self.silent = False
        start = 0
        for part in parts[:first]:
            start = text.index(part, start) + len(part)
        if first:
            self.aside(paragraph(text[:start].strip(), line))
        self.headings.set_group(label, paragraph(text[start:].strip(), line))

    def labelled_lists(self, block):
        """`Common side effects: nausea, headache. Serious side effects: …` in running text."""
        pieces = []
        for sentence in sentences(block.text):
            label = read_label(sentence)
            if label and label.rest and self.heads_list(label.text):
                pieces.append([label.text, label.rest])
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

    def heads_list(self, label):
        return effect_vocabulary.has_group(label) or self.names_list(label)

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
        labels = [label.text for child in children if child.head and (label := read_label(child.head))]
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
        self.result.dropped.append(block.text)
        text = self.without_joiner(self.without_references(block.head))
        label = read_label(text)
        nested = block.children[1:]
        if not text:
            self.blocks(block.children)
        elif _says_no_effect(text, label):
            self.aside(block)
        elif nested:
            self.nested_item(text, nested, block.line)
        elif not ends_in_colon(text):
            self.plain_item(block, text, label, role)
        elif last:
            self.aside(block)
        else:
            self.headings.set_group(as_heading(text), block)

    def without_joiner(self, text):
        """`text` of a bullet without the `, and` at its end."""
        match = _JOINED.search(text)
        if not match:
            return text
        self.result.dropped.append(match[1])
        return text[: match.start()]

    def without_references(self, text):
        """`text` of a bullet with the words of its links, without the numbers of sections."""
        said = effect_texts.without_references(text)
        self.result.dropped.append(said.dropped)
        return said.text

    def nested_item(self, text, nested, line):
        """A bullet with bullets inside is their heading; remarks and other blocks inside describe its effect."""
        if any(child.kind == "list" for child in nested) and not self.is_described(text, nested):
            self.headings.enter(as_heading(text), paragraph(text, line))
            self.blocks(nested)
            self.headings.leave()
        else:
            self.effect(text, line, "\n\n".join(child.raw for child in nested))

    def is_described(self, text, nested):
        """True if the bullets inside one that names an effect are remarks on it."""
        label = as_heading(text)
        if self.heads_list(label) or "effects" in label.lower():
            return False
        heads = [item.head for child in nested if child.kind == "list" for item in child.children]
        return any(map(effect_texts.is_remark, filter(None, heads)))

    def plain_item(self, block, text, label, role):
        if group := self.group_named(text, label, role):
            self.group_item(block, group, role)
        elif not self.one_each and (effects := effect_texts.bare_list(text)):
            for effect in effects:
                self.effect(effect, block.line)
            self.result.dropped.append(_JOINERS * len(effects))
        elif lead := effect_texts.lead_in(text):
            if not self.add_list(lead.text, lead.rest, block.line):
                self.effect(lead.rest, block.line, "", lead.text)
        else:
            self.effect(text, block.line)

    def group_named(self, text, label, role):
        """Label of the group that a bullet names, with the list behind it; None for a bullet that names an effect."""
        if (not label or not label.colon) and (
            group := group_before_list(text) or effect_texts.most_common(text)
        ):
            return group
        if effect_texts.bracketed(label):
            return label
        return label if label and label.rest and self.is_group_item(label, role) else None

    def is_group_item(self, label, role):
        if effect_vocabulary.is_group(label.text):
            return True
        return role == "drug" or (role == "group" and self.names_list(label.text))

    def group_item(self, block, label, role):
        """A label and its list. With sentences behind it, a group or drug is text; a part of the body is the
        name of the effect.
        """
        if self.add_list(label.text, label.rest, block.line):
            return
        if role != "drug" and effect_vocabulary.is_system(label.text):
            self.effect(block.head, block.line)
        else:
            self.aside(block)

    # Effects

    def opening_list(self, block):
        """A section may consist of nothing but a list in running text."""
        text = effect_texts.without_italics(block.text)
        is_unlabelled = block.kind == "paragraph" and not read_label(text)
        effects = running_list(text) if is_unlabelled else None
        if not effects or effects.filler or len(effects.members) < 2 or effects.has_verbs:
            return False
        return self.add_list("", text, block.line)

    def lists_in_text(self, block):
        """Lists in running text have labels of their own, or the group that waits above them for their heading."""
        if self.headings.group_waits and not self.one_each and effect_texts.is_one_name(block.text):
            return self.add_list("", block.text, block.line)
        return (self.headings.group_waits and self.opening_list(block)) or self.labelled_lists(block)

    def add_list(self, label, text, line):
        """Adds the members of a list in running text under `label`; False if `text` is none.

        What is said behind several members is about all of them, so it is kept as text under their label.
        """
        effects = running_list(text.lstrip("–—- "))  # `**Aol** – Yawning, sighing`
        if not effects:
            return False
        label = as_heading(f"{label}: {effects.filler}") if effects.filler else label
        several = len(effects.members) > 1
        for member in effects.members:
            self.effect(member, line, "" if several else effects.tail, label, effects.tail)
        if several and effects.tail:
            path = LABEL_JOINER.join(part for part in (self.headings.top, label) if part)
            self.keep(paragraph(f"**{path}:** {effects.tail}" if path else effects.tail, line))
        self.result.dropped.append(_JOINERS * len(effects.members))
        return True

    def effect(self, text, line, more="", label="", said_of_all=""):
        """Adds one effect; a text that no effect can hold stays text."""
        name, description = phrases.name_and_description(text)
        if "_" in text:  # a letter of its word to whoever counts words, and half a mark here
            self.result.dropped += [word for word in text.split() if "_" in word]
        path = self.headings.path(label)
        group = "" if effect_vocabulary.heads_group(path) else self.group
        path = LABEL_JOINER.join(part for part in (self.component, group, path) if part)
        group, frequency, urgency = effect_vocabulary.meaning_of(path)
        frequency = effect_vocabulary.frequency_in(description, group) or frequency
        description = body(effect_texts.joined(description, more))
        if effect_vocabulary.is_emergency(f"{description} {said_of_all}"):
            urgency = "emergency"
        try:
            effect = SideEffect(name, description, group, path, frequency, urgency)
        except DocumentError:
            self.aside(paragraph(f"{text}\n\n{more}".strip(), line))
            return
        waited = self.headings.take()
        if self.result.effects and self.result.effects[-1][0].label == path:
            for source in waited:  # the group goes on; what names it again is no label of another
                self.keep(source)
        self.result.effects.append((effect, line))


def _heads_no_effects(label):
    is_advice = effect_vocabulary.has_group(label) or effect_vocabulary.is_note(label)
    return effect_texts.heads_no_effects(label) and not is_advice


def _says_no_effect(text, label):
    """True for a bullet that advises the reader, or says that there are no effects."""
    start = label.text if label and label.bold else text
    if label and label.bold and label.colon and effect_texts.says_tolerated(label.rest):
        return True
    return effect_vocabulary.is_note(start) or effect_texts.says_no_effect(start)
