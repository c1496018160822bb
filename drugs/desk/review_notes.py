"""Review notes of a desk: each kept with the revision that it speaks of, and recorded as an act."""

from typing import Any

from drugs import audit
from drugs.audit import facts
from drugs.content import Document, sha256
from drugs.desk.rows import keep_replaced
from drugs.models import Monograph, ReviewNote
from drugs.models.review_notes import Act

ACTIONS = {Act.HANDED_IN: "handed_in", Act.ASKED: "asked_changes", Act.COMMENTED: "commented"}


def add_note(monograph: Monograph, document: Document, act: Act, by: str, **fields: Any) -> ReviewNote:
    """A new note on `document`, which `monograph` says now or said as the version among `fields`, and its act.

    The revision of now is kept. `audit.lock_log` has been called.
    """
    keep_replaced(monograph)
    fields = {"version": monograph.version, **fields}
    note = ReviewNote.objects.create(
        monograph=monograph, act=act, by=by, sha256=sha256(document.to_json()), **fields
    )
    detail = ": ".join(filter(None, [note.heading or note.kind, note.text]))
    if note.source:
        detail += f" (source: {note.source})"
    audit.record(by, ACTIONS[act], monograph.slug, detail, facts.review_notes([note]), at=note.at)
    return note
