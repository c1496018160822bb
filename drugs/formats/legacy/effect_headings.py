"""Heading stack above side effects: drug or part of the body, group, bullet.

Headings nest: a drug or a part of the body above a group, a bullet above the bullets inside it. A heading waits
with its source until the first effect takes it; one that no effect takes goes back to the text.
"""

from dataclasses import dataclass

from drugs.content import LABEL_JOINER
from drugs.formats.legacy.blocks import Block, paragraph
from drugs.formats.legacy.effect_vocabulary import has_group


@dataclass(slots=True)
class Heading:
    """A label above effects. `source` is the block that said it, None as soon as an effect has taken it."""

    label: str
    source: Block | None


@dataclass(slots=True)
class _Level:
    top: Heading | None = None
    group: Heading | None = None


class Headings:
    """Stack of the headings above a place; `keep` takes the blocks of those that turn out to stand above nothing."""

    def __init__(self, keep):
        self._keep = keep
        self._levels = [_Level()]

    @property
    def _open(self):
        return [head for level in self._levels for head in (level.top, level.group) if head]

    @property
    def top(self):
        """Label of the drug or part of the body above this place."""
        head = self._levels[-1].top
        return head.label if head else ""

    @property
    def group_waits(self):
        """True while the group named last has no effect yet."""
        group = self._levels[-1].group
        return group is not None and group.source is not None

    def path(self, label):
        """All labels above this place, and `label` below them, as one."""
        return LABEL_JOINER.join(filter(None, (*(head.label for head in self._open), label)))

    def take(self):
        """Source blocks of the headings that waited; none does any longer, because an effect stands here."""
        waited = [head.source for head in self._open if head.source is not None]
        for head in self._open:
            head.source = None
        return waited

    def flush(self):
        """Return to the text of the headings that still wait."""
        for head in self._open:
            if head.source is not None:
                self._keep(head.source)
                head.source = None

    def set_top(self, label, source):
        """Start of a drug or a part of the body; the group before it ends."""
        self.flush()
        self._levels[-1].top, self._levels[-1].group = Heading(label, source), None

    def set_group(self, label, source):
        """Start of a group. A lead-in without a group of its own completes the heading that waits above it."""
        level = self._levels[-1]
        waiting = level.group if level.group and level.group.source is not None else None
        if waiting and not has_group(label):
            label = f"{waiting.label}: {label}"
            source = paragraph(f"{waiting.source.raw}\n\n{source.raw}", waiting.source.line)
        elif waiting:
            self.flush()
        level.group = Heading(label, source)

    def end_group(self):
        """End of the group, not of the drug above it."""
        self.flush()
        self._levels[-1].group = None

    def end(self):
        """End of group and drug."""
        self.end_group()
        self._levels[-1].top = None

    def enter(self, label, source):
        """Start of the bullets inside a bullet, which is their heading."""
        self._levels.append(_Level(group=Heading(label, source)))

    def leave(self):
        """End of the bullets inside a bullet."""
        self.flush()
        self._levels.pop()
