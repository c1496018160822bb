"""Outline of a legacy page: the sections that its headings, bold labels and labelled bullets start.

A page names its sections in one of three ways, and all three give the same parts: `### Usage`, `**Usage:** text`,
`* **Usage:** text`. Labels count only where no heading does their work: inside a headed section they are
sub-headings of its text.
"""

import re

from drugs.formats.legacy import section_vocabulary
from drugs.formats.legacy.blocks import cut, paragraph
from drugs.formats.legacy.bodies import fits_line
from drugs.formats.legacy.effect_vocabulary import is_group, is_note
from drugs.formats.legacy.group_labels import (
    begins_component,
    generic_label,
    is_faqs_label,
    is_prose,
    is_section,
)
from drugs.formats.legacy.headings_above import HeadingsAbove, heading_text, part_below, stands_alone
from drugs.formats.legacy.notices import read_disclaimer
from drugs.formats.legacy.parts import GENERIC_NAME, Part, move_closing_notices
from drugs.formats.legacy.phrases import mask, read_bold_label, read_label
from drugs.formats.legacy.questions import asks
from drugs.formats.legacy.word_counts import words


def read_outline(blocks, title):
    """Parts of a page, in its order. The heading that repeats the title is no part of it."""
    return _Outline(blocks, title).read()


class _Outline:
    def __init__(self, blocks, title):
        self.blocks = blocks
        self.title = title
        self.title_words = frozenset(re.findall(r"\w{3,}", title.lower()))
        self.first = next((block for block in blocks if block.kind == "heading"), None)
        self.headed = self._headed_kinds()
        self.by_component = len(self.headed) != len(set(self.headed))
        self.parts = []
        self.component = ""
        self.headed_component = ""  # of these sections: its heading stood before the first of them
        highest = [block for block in blocks if block.kind == "heading" and block.level == 1]
        self.above = HeadingsAbove(title, highest[0].line if highest == [self.first] else None)

    def _headed_kinds(self):
        """The kinds that real headings name, each as often as they do; what is asked behind the FAQs names none."""
        kinds, behind_faqs = [], False
        for block in self.blocks:
            kind = None
            if block.kind == "heading" and not (behind_faqs and asks(block.text)):
                name = _split_heading(block.text)[0]
                kind = section_vocabulary.plain_kind(name) or self._qualified_kind(block)
                kinds += [kind] if kind else []
            behind_faqs = behind_faqs or kind == "faqs" or is_faqs_label(block)
        return kinds

    def _qualified_kind(self, block):
        """The kind that a heading names beside other words; the one over the whole page names none."""
        whole = block is self.first and block.level == 1
        if whole:
            return None
        kind = section_vocabulary.qualified_kind(block.text)
        return kind or section_vocabulary.kind_beside(self.title_words, block.text)

    def read(self):
        blocks = self.blocks
        if blocks and blocks[0].kind in ("heading", "paragraph") and _same(blocks[0].text, self.title):
            blocks = blocks[1:]
        self._start(Part("other", "", blocks[0].line if blocks else 1, labels=True))
        for block, following in zip(blocks, _followers(blocks), strict=True):
            if block.kind == "heading" and self._starts_part(block):
                self._heading(block)
                continue
            pieces = cut(block, self._starts_inside)
            for piece, after in zip(pieces, [*pieces[1:], following], strict=True):
                self._block(piece, after)
        move_closing_notices(self.parts)
        return [part for part in self.parts if not part.is_empty]

    # Headings

    def _starts_part(self, block):
        """A heading below the one of a known section, or of a group of side effects, is part of that section; so is
        one below any other heading that says more than where one is. No notice holds another section.
        """
        current = self.parts[-1]
        parent = self.above.parent_of(block)
        if self._heads_group(block, current) or self._heads_answer(block, current):
            return False
        if parent and (stands_alone(block, parent) or not self.above.goes_on(block, parent, current)):
            return True
        holds_none = current.kind == "other" or (
            current.kind == "notice" and section_vocabulary.names_kind(block.text)
        )
        if current.level and block.level > current.level and not holds_none:
            return False
        if parent and parent.kind == "other" and not self.above.only_says_where(parent):
            return False
        return block.level < 5 or section_vocabulary.plain_kind(block.text) is not None

    def _heads_group(self, block, current):
        is_label = current.kind == "side_effects" and is_group(block.text)
        return is_label and not section_vocabulary.names_kind(block.text)

    def _heads_answer(self, block, current):
        is_question = current.kind == "faqs" and block.level >= current.level and asks(block.text)
        return is_question and not current.asks_without_headings()

    def _heading(self, block):
        parent = self.above.parent_of(block)
        if parent and parent.kind != GENERIC_NAME and not self.above.only_says_where(parent):
            self._start(part_below(block, parent))
        else:
            self._heading_on_top(block)
        self.above.enter(self.parts[-1])

    def _heading_on_top(self, block):
        name, text = _split_heading(block.text)
        if generic := section_vocabulary.generic_name(block.text):
            self._begin_component(new=True)
            self._generic_name(generic, block.text[generic.end() :], block.line, level=block.level)
        elif (kind := section_vocabulary.plain_kind(name)) and not self._is_of_drug(text, kind):
            heading, dropped = _stored_heading(name)
            if kind == "uses" or self._announced():
                self._begin_component()
            self._start(Part(kind, heading, block.line, dropped, self._component_here(), level=block.level))
            self._text(text, block.line)
        elif kind := kind or self._qualified_kind(block):
            self._start(
                Part(
                    kind,
                    heading_text(block.text),
                    block.line,
                    component=self._drug_in(block.text, kind) or self._component_here(),
                    level=block.level,
                )
            )
        else:
            heading = heading_text(block.text)
            self.component = section_vocabulary.component_name(heading) if block.level > 1 else ""
            self._start(
                Part("other", heading, block.line, component=self.component, labels=True, level=block.level)
            )

    def _begin_component(self, new=False):
        """The sections that begin here are about the component whose heading stands right before them."""
        before = next((part for part in reversed(self.parts) if part.kind != GENERIC_NAME), None)
        drug = before and before.kind == "other" and before.component
        if drug and (not before.blocks or self.above.names_drug(drug)):
            self.headed_component = before.component
        elif new:
            self.headed_component = ""

    def _announced(self):
        """Whether the line right above names a drug and says nothing else."""
        before = self.parts[-1]
        return before.kind == "other" and not before.blocks and bool(self.above.names_drug(before.component))

    def _component_here(self):
        return self.headed_component if self.by_component else ""

    def _is_of_drug(self, text, kind):
        """Whether the text behind the name of a section on its line is the drug whose section it is."""
        return bool(text) and self.headed.count(kind) > 1 and bool(self.above.names_drug(text))

    def _drug_in(self, heading, kind):
        """The drug that the heading of a section names where each drug has a section of that kind."""
        if self.headed.count(kind) < 2:
            return ""
        rest = section_vocabulary.besides_names(heading)
        drugs = set(re.findall(r"\w{3,}", rest.lower()))
        return rest if drugs and drugs <= self.title_words else ""

    def _generic_name(self, match, text, line, level=0):
        """`Generic Name`, with the name on its line or below; a remark beside it keeps the heading."""
        heading = f"{match[0].strip().rstrip(':')}" if match[1] else ""
        dropped = "" if heading else match[0]
        self._start(Part(GENERIC_NAME, heading, line, dropped, labels=True, level=level))
        self._text(text, line)

    # Labels

    def _block(self, block, following):
        current = self.parts[-1]
        if block.kind == "paragraph":
            if disclaimer := read_disclaimer(block.text):
                self._disclaimer(block.line, disclaimer)
            elif not self._label(block.text, block.line, following):
                current.blocks.append(block)
        elif block.kind == "list" and self._announcing_item(block):
            item = block.children[0]
            self._label(item.head, block.line, following, number=item.text)
        elif block.kind == "list" and self._labelled_items(block):
            self._list(block)
        elif block.kind != "rule" or (current.blocks and following and following.kind != "heading"):
            current.blocks.append(block)

    def _starts_inside(self, text):
        """True for a line inside a paragraph or behind a list whose label starts a part here."""
        label = read_bold_label(text)
        current = self.parts[-1]
        return label and (self._starts_kind(label, current) or (current.labels and generic_label(label)))

    def _label(self, text, line, following=None, nested=(), number=""):
        """Starts a part if `text` begins with a label that may start one here."""
        has_label = self.parts[-1].labels or text.startswith("**")
        label = read_label(text) if has_label else None
        if not label or not self._start_labelled(label, line, following):
            return False
        self.parts[-1].dropped += f" {number}" if number else ""
        self._text(label.rest, line)
        self.parts[-1].blocks += nested
        return True

    def _start_labelled(self, label, line, following):
        """Starts the part that `label` names: a section, the generic name, a component, or a text of its own."""
        current = self.parts[-1]
        if self._starts_kind(label, current):
            heading, dropped = _stored_heading(label.text)
            kind = self._kind_of_label(label.text)
            self._start(Part(kind, heading, line, dropped, self.component, labels=True))
        elif current.labels and (generic := generic_label(label)):
            self._generic_name(generic, label.text[generic.end() :], line)
        elif not self._may_start_text(label):
            return False
        elif self._starts_component(label, following):
            self.component = label.text
            self._start(Part("other", label.text, line, component=self.component, labels=True))
        elif self._starts_own_text(label, following):
            self._start(Part("other", label.text, line, labels=True))
        else:
            return False
        return True

    def _kind_of_label(self, label):
        """The kind that a label names; in other words than the six names, only where it begins another kind."""
        kind = section_vocabulary.label_kind(label)
        if kind := kind or section_vocabulary.kind_beside(self.title_words, label):
            return kind
        kind = section_vocabulary.other_label_kind(label)
        return kind if kind != self.parts[-1].kind else None

    def _starts_kind(self, label, current):
        kind = self._kind_of_label(label.text)
        if not kind or not (label.colon or (label.bold and not label.rest)):
            return False
        if kind not in self.headed:
            return label.bold or current.labels
        return current.labels and bool(self.component)

    def _may_start_text(self, label):
        is_sentence = label.text.endswith((".", "!", "?"))
        stands_apart = label.bold and (label.colon or not label.rest)
        return stands_apart and not is_sentence and fits_line(label.text) and not is_note(label.text)

    def _starts_component(self, label, following):
        """A bold line that announces a drug of a combination: its sections follow."""
        if label.rest and not self._is_drug_above(label.text, following):
            return False
        if self.parts[-1].labels and following is not None and self._announces_parts(following):
            return True
        if label.rest or not self.by_component:
            return False
        return begins_component(following) or (
            is_section(following) and bool(self.above.names_drug(label.text))
        )

    def _is_drug_above(self, label, following):
        """True if a label with a text names a drug whose sections follow; in a section it is rather a part of that."""
        if not self.above.names_drug(label):
            return False
        return self.parts[-1].kind in ("other", GENERIC_NAME) or begins_component(following)

    def _starts_own_text(self, label, following):
        """A bold label with a text of its own, such as brand names or combined use."""
        current = self.parts[-1]
        if current.kind == "side_effects" or not section_vocabulary.stands_alone(label.text):
            return False
        if current.kind == "faqs" and not label.rest and not is_prose(following):
            return False
        return (current.labels or self.by_component) and self._is_own_text(label, current)

    def _is_own_text(self, label, current):
        """Interactions are a sub-heading of precautions; brand names and combined use are not."""
        return "interaction" not in label.text.lower() or current.kind == "other"

    def _announces_parts(self, block):
        if block.kind == "list":
            return self._labelled_items(block)
        label = read_bold_label(block.text) if block.kind == "paragraph" else None
        if not label:
            return False
        kind = section_vocabulary.label_kind(label.text) if label.colon else None
        return bool(generic_label(label)) or kind not in (None, "faqs")

    def _announcing_item(self, block):
        """True for a bullet or number that is alone with the name of a drug, whose sections follow."""
        item = block.children[0]
        label = read_bold_label(item.head) if len(block.children) == 1 and item.kind == "item" else None
        return bool(
            label and not label.rest and len(item.children) == 1 and self.above.names_drug(label.text)
        )

    def _labelled_items(self, block):
        """True if the bullets of a list are the sections of a component."""
        current = self.parts[-1]
        if not current.labels:
            return False
        alone = len(block.children) == 1
        kinds = [self._item_kind(item, alone) for item in block.children]
        if current.kind in ("other", GENERIC_NAME):
            return any(kinds)
        if block.children[0].text and kinds[0] not in (None, current.kind, *self.headed):
            return True  # a section with its number; its text may stand below
        sections = sum(map(bool, kinds))
        return bool(kinds[0]) and current.kind != kinds[0] and sections > 1 and sections * 2 > len(kinds)

    def _item_kind(self, item, alone=False):
        label = read_bold_label(item.head) if item.kind == "item" else None
        if not label:
            return None
        above = not label.rest and (alone or item.text or len(item.children) > 1)
        kind = section_vocabulary.label_kind(label.text) if label.colon or above else None
        return kind or (GENERIC_NAME if generic_label(label) else None)

    def _list(self, block):
        for item in block.children:
            if item.kind != "item":
                self._block(item, None)
            elif not self._item_kind(item, len(block.children) == 1) or not self._label(
                item.head, item.line, nested=item.children[1:], number=item.text
            ):
                self.parts[-1].blocks.append(item)

    # Parts

    def _start(self, part):
        self.parts.append(part)

    def _text(self, text, line):
        if text.strip():
            self.parts[-1].blocks.append(paragraph(text.strip(), line))

    def _disclaimer(self, line, notice):
        """A disclaimer is a part of its own; what follows it continues the part before. A marker with its
        paragraph to itself is the heading of what follows.
        """
        before = self.parts[-1]
        self._start(Part("notice", notice.marker, line, labels=before.labels))
        self._text(notice.text, line)
        if notice.text:
            self._start(Part(before.kind, "", line, component=before.component, labels=before.labels))


def _followers(blocks):
    """For each block the next one that is no rule, or None."""
    followers, following = [], None
    for block in reversed(blocks):
        followers.append(following)
        following = following if block.kind == "rule" else block
    return followers[::-1]


def _split_heading(text):
    """The name in a heading and the text that follows it on the same line."""
    hidden = mask(text)
    at = hidden.find(":")
    if at < 0 or not text[at + 1 :].strip() or text[at + 1 :].strip().startswith("("):
        return text, ""
    return text[:at], text[at + 1 :].strip()


def _stored_heading(name):
    """The heading that a section is stored with, and the words that its kind says instead."""
    return ("", name) if section_vocabulary.is_plain(name) else (heading_text(name), "")


def _same(heading, title):
    return words(heading) == words(title)
