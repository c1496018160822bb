"""Submissions: a text handed in for review, comments on it, and changes asked for: what comes before an edition.

Each note is bound to the revision of the desk that its author has read, and is an act of the record.
"""

from django.db import transaction
from django.utils import timezone

from drugs import audit, desk
from drugs.content import Document
from drugs.models import Monograph, ReviewNote
from drugs.models.review_notes import Act
from drugs.publishing.editions import desk_differs, read_desk, refuse_blocked
from drugs.publishing.errors import PublishingError, Unchanged
from drugs.publishing.kept_reviews import KEEPS_REVIEW, kept_review_objections
from drugs.publishing.locks import lock_monograph


@transaction.atomic
def submit(
    monograph: Monograph,
    *,
    by: str,
    version: int | None = None,
    kind: str = "",
    reason: str = "",
    source: str = "",
    batch: str = "",
) -> Monograph:
    """Submission of the desk's text for review, which the next save takes back: the Monograph as it is then.

    `kind` is the kind of change, `reason` what changed and why, `source` where it is from, all as the author says;
    `version` is that of the desk which this person has read; `batch` is shared with other pages. Raises
    PublishingError: Blocked if checks forbid to publish the text, or another if it is too long; Unchanged if the
    current edition says the same.
    """
    audit.lock_log()
    monograph = lock_monograph(monograph, version)
    publication = monograph.publication_or_none
    document = read_desk(monograph)
    refuse_blocked(document)
    if publication and not publication.withdrawn_at and not desk_differs(monograph, publication):
        raise Unchanged("Nothing has changed since the current edition.")
    if objection := kind_objection(monograph, document, kind):
        raise PublishingError(objection)
    monograph.submitted_version, monograph.sent_back_to = monograph.version, ""
    monograph.submitted_at, monograph.submitted_by = timezone.now(), by
    monograph.save(update_fields=["submitted_version", "submitted_at", "submitted_by", "sent_back_to"])
    desk.add_note(monograph, document, Act.HANDED_IN, by, kind=kind, text=reason, source=source, batch=batch)
    return monograph


@transaction.atomic
def ask_for_changes(monograph: Monograph, *, by: str, text: str, version: int | None = None) -> ReviewNote:
    """The text that was handed in sent back to whoever did that, with what a reviewer asks for.

    Raises PublishingError if it does not wait for review any more, or nothing is asked.
    """
    audit.lock_log()
    monograph = lock_monograph(monograph, version)
    if not monograph.submitted:
        raise PublishingError("This text does not wait for review any more.")
    if not text.strip():
        raise PublishingError("Say what should be changed: the author reads it.")
    monograph.sent_back_to, monograph.submitted_version = monograph.submitted_by, None
    monograph.save(update_fields=["sent_back_to", "submitted_version"])
    return desk.add_note(monograph, read_desk(monograph), Act.ASKED, by, text=text)


@transaction.atomic
def comment(
    monograph: Monograph, *, by: str, text: str, version: int, anchor: str = "", heading: str = ""
) -> ReviewNote:
    """A comment on one section of the desk as it was in `version`, or on the whole page.

    It speaks of the text that its author has read, even if somebody has saved another one meanwhile.
    """
    audit.lock_log()
    monograph = lock_monograph(monograph, None)
    document = read_desk(monograph) if version == monograph.version else desk.revision(monograph, version)
    if document is None:
        raise PublishingError("The text that you read is not kept any more. Read the page again first.")
    return desk.add_note(
        monograph, document, Act.COMMENTED, by, version=version, text=text, anchor=anchor, heading=heading
    )


def kind_objection(monograph: Monograph, document: Document, kind: str) -> str:
    """Why a change to `document` is more than its `kind` says, in a sentence; "" if it may be called that."""
    publication = monograph.publication_or_none
    if not publication or kind not in KEEPS_REVIEW:
        return ""
    before = Document.from_json(publication.edition.document)
    reviewed = bool(publication.reviewed_on)
    objections = list(kept_review_objections(monograph, before, document, kind, reviewed))
    what = "spelling" if kind == "typo" else "the names"
    return f"More than {what} has changed: {' '.join(objections)}" if objections else ""
