"""Differences between two texts of a page as the screens show them: figures with their places, sections, all words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from drugs.content import Document, diff
from drugs.content.figures import FigureChange, figure_changes
from drugs.models import ReviewNote
from drugs.web.marked_article import HEAD, Mark, MarkedSection, marked_article

_WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+|[^\w\s]")


class Shown(NamedTuple):
    """A section as the page shows it: its id there, the notes on it, and open or folded."""

    id: str
    section: MarkedSection
    notes: list[ReviewNote]
    is_open: bool


class PlacedFigure(NamedTuple):
    """A change of figures, and the id of its place in the marked page, "" if there is none."""

    change: FigureChange
    place: str


@dataclass(frozen=True)
class Differences:
    """What the template `_differences.html` shows. `figures` is None if there is nothing to compare with.

    `loose_notes` are those on no section that is shown. Ids of this part of the page begin with `prefix`.
    """

    prefix: str
    sections: list[Shown]
    head_changes: list[diff.Change]
    word_changes: list[diff.Change]
    figures: list[PlacedFigure] | None
    more_figures: int
    loose_notes: list[ReviewNote]

    @property
    def is_first(self) -> bool:
        return self.figures is None

    @property
    def changed_sections(self) -> list[Shown]:
        return [shown for shown in self.sections if shown.section.state != "same"]

    @property
    def noted(self) -> list[Shown]:
        return [shown for shown in self.sections if shown.notes]

    @property
    def only_in_words(self) -> bool:
        """Whether all that changed is what the marked page does not show, such as the order of sections."""
        return bool(self.word_changes) and not (self.changed_sections or self.head_changes)

    @property
    def hides(self) -> bool:
        """Whether a section is folded."""
        return not all(shown.is_open for shown in self.sections)


def differences(
    before: Document | None,
    after: Document,
    notes: Iterable[ReviewNote] = (),
    folded: bool = True,
    prefix: str = "",
) -> Differences:
    """The differences that lead from `before` to `after`; all of `after` is shown if there is no text before it.

    Sections that are the same are folded if `folded` and something differs; `notes` stand at the sections that they
    name.
    """
    marked = marked_article(before, after, prefix)
    folded = folded and bool(marked.changes)
    by_anchor: dict[str, list[ReviewNote]] = {}
    for note in notes:
        by_anchor.setdefault(note.anchor, []).append(note)
    shown = []
    for section in marked.sections:
        at = by_anchor.pop(section.anchor, [])
        is_open = bool(at) or not folded or section.state != "same"
        shown.append(Shown(f"{prefix}part-{section.anchor}", section, at, is_open))
    figures = figure_changes(before, after) if before else None
    return Differences(
        prefix=prefix,
        sections=shown,
        head_changes=marked.head,
        word_changes=marked.changes,
        figures=None if figures is None else _placed(figures.listed, marked.sections, prefix),
        more_figures=figures.more if figures else 0,
        loose_notes=[note for notes in by_anchor.values() for note in notes],
    )


def _placed(
    figures: Iterable[FigureChange], sections: Sequence[MarkedSection], prefix: str
) -> list[PlacedFigure]:
    """Each figure with the mark of its words in the section that shows its passage, as long as one is left over."""
    of_field: dict[str, list[Mark]] = {}
    for section in sections:
        for field in section.fields:
            of_field.setdefault(field, []).extend(section.marks)
    words = {mark.id: set(_WORD.findall(mark.text)) for section in sections for mark in section.marks}
    used: set[str] = set()
    placed = []
    for figure in figures:
        marks = of_field.get(figure.field, [])
        kind, said = ("ins", figure.after) if figure.after else ("del", figure.before)
        wanted = set(_WORD.findall(said))
        alike = [mark.id for mark in marks if mark.kind == kind and wanted & words[mark.id]]
        place = next((name for name in alike if name not in used), "")
        place = place or next(iter([*alike, *(mark.id for mark in marks)]), "")
        used.add(place)
        head = f"{prefix}head" if figure.field in HEAD else ""
        placed.append(PlacedFigure(figure, place or head))
    return placed
