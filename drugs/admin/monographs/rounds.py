"""Rounds of a review: what changed since the text that a reviewer sent back, beside what was asked and answered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from drugs import desk
from drugs.admin.monographs.differences import Differences, differences
from drugs.content import Document
from drugs.models import DeskRevision, Monograph, ReviewNote
from drugs.models.review_notes import Act

PREFIX = "since-"  # of ids, since the whole comparison shows the same sections


@dataclass(frozen=True)
class Round:
    """What was asked for, and `shown`, the changes since that text, which was saved at `saved_at`; both None if that
    text is not kept any more.
    """

    asked: ReviewNote
    shown: Differences | None
    saved_at: datetime | None = None

    @property
    def said_since(self) -> list[ReviewNote]:
        """What was asked, and what was said since, on no section."""
        return [note for note in self._loose_notes() if (note.at, note.pk) >= (self.asked.at, self.asked.pk)]

    @property
    def said_before(self) -> list[ReviewNote]:
        return [note for note in self._loose_notes() if (note.at, note.pk) < (self.asked.at, self.asked.pk)]

    def _loose_notes(self):
        return self.shown.loose_notes if self.shown else []

    @property
    def anchors(self) -> set[str]:
        """The sections on which people comment here."""
        return {shown.section.anchor for shown in self.shown.sections} if self.shown else set()


def asked_last(notes: Sequence[ReviewNote]) -> ReviewNote | None:
    """The newest of `notes` that asks for changes."""
    return next((note for note in reversed(notes) if note.act == Act.ASKED), None)


def latest_round(monograph: Monograph, document: Document, notes: Sequence[ReviewNote]) -> Round | None:
    """What `document`, the desk of `monograph`, says otherwise than the text that was last sent back.

    Shown are sections that changed, and those on which somebody commented. None if nothing was sent back, or nobody
    has saved since.
    """
    asked = asked_last(notes)
    if asked is None or asked.version == monograph.version:
        return None
    before = desk.revision(monograph, asked.version)
    if before is None:
        return Round(asked, None)
    found = differences(before, document, notes, prefix=PREFIX)
    told = [shown for shown in found.sections if shown.notes or shown.section.state != "same"]
    saved = DeskRevision.objects.filter(monograph=monograph, version=asked.version)
    return Round(asked, replace(found, sections=told), saved.values_list("saved_at", flat=True).first())
