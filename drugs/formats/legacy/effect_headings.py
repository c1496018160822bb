"""Under which headings does the next side effect stand?

Headings nest: a drug or a part of the body above a group, a bullet above the bullets inside it. A heading waits
with its source until the first effect takes it; one that no effect takes goes back to the text.
"""

from dataclasses import dataclass

from drugs.content import LABEL_JOINER
from drugs.formats.legacy.blocks import Block, paragraph
from drugs.formats.legacy.effect_vocabulary import has_group


@dataclass(slots=True)
class Heading:
    """`source` is the block that said it, None as soon as an effect has taken it."""

    label: str
    source: Block | None


@dataclass(slots=True)
class _Frame:
    top: Heading | None = None
    group: Heading | None = None


class Headings:
    """The headings above a place; `keep` takes the blocks of those that turn out to stand above nothing."""

    def __init__(self, keep):
        self._keep = keep
        self._frames = [_Frame()]

    @property
    def _open(self):
        return [head for frame in self._frames for head in (frame.top, frame.group) if head]

    @property
    def top(self):
        """The label of the drug or part of the body above this place."""
        head = self._frames[-1].top
        return head.label if head else ""

    @property
    def group_waits(self):
        """True while the group named last has no effect yet."""
        group = self._frames[-1].group
        return group is not None and group.source is not None

    def path(self, *own):
        """All labels above this place, and `own` below them, as one label."""
        return LABEL_JOINER.join(label for label in (*(head.label for head in self._open), *own) if label)

    def take(self):
        """An effect stands here: no heading waits any longer. The blocks that said those that did."""
        waited = [head.source for head in self._open if head.source is not None]
        for head in self._open:
            head.source = None
        return waited

    def flush(self):
        """Gives back the headings that still wait."""
        for head in self._open:
            if head.source is not None:
                self._keep(head.source)
                head.source = None

    def set_top(self, label, source):
        """Begins a drug or a part of the body; the group before it ends."""
        self.flush()
        self._frames[-1].top, self._frames[-1].group = Heading(label, source), None

    def set_group(self, label, source):
        """Begins a group. A lead-in without a group of its own completes the heading that waits above it."""
        frame = self._frames[-1]
        waiting = frame.group if frame.group and frame.group.source is not None else None
        if waiting and not has_group(label):
            label = f"{waiting.label}: {label}"
            source = paragraph(f"{waiting.source.raw}\n\n{source.raw}", waiting.source.line)
        elif waiting:
            self.flush()
        frame.group = Heading(label, source)

    def end_group(self):
        """Ends the group, not the drug above it."""
        self.flush()
        self._frames[-1].group = None

    def end(self):
        """Ends group and drug."""
        self.end_group()
        self._frames[-1].top = None

    def enter(self, label, source):
        """Goes below a bullet that has bullets inside it."""
        self._frames.append(_Frame(group=Heading(label, source)))

    def leave(self):
        """Comes back from there."""
        self.flush()
        self._frames.pop()
