"""Shapes of a page for programs: what each says of its text beside the text, and the Markdown that they read."""

from django.conf import settings
from django.utils.translation import gettext as _

from drugs import formats
from drugs.content import Document
from drugs.content.vocabulary import URGENCY_LABELS
from drugs.formats.json_record import Terms
from drugs.models import Publication
from drugs.web import site_texts


def terms() -> Terms:
    """The operator's Terms of every text: one query. Without a licence it is said that none is stated."""
    licence = settings.LICENCE or _("no licence stated")
    return Terms(site_texts.load()["disclaimer_short"], licence, settings.ATTRIBUTION)


def markdown(publication: Publication) -> str:
    """Markdown of the page: status and disclaimer in front matter and in the first line, urgency in words."""
    said = terms()
    facts = {
        "status": publication.status,
        "reviewed_by": publication.reviewed_by,
        "reviewer_role": publication.reviewer_role,
        "reviewed_on": publication.reviewed_on,
        "review_due": publication.review_due,
        "edition": publication.number,
        "published_at": publication.published_at.isoformat(),
        "url": settings.BASE_URL + publication.get_absolute_url(),
        **said._asdict(),
    }
    # A quoted line is one line, whatever an editor wrote.
    first = " ".join(f"{_status_sentence(publication)} {said.disclaimer}".split())
    urgencies = {
        urgency: _(labels.phrase).capitalize() + "."
        for urgency, labels in URGENCY_LABELS.items()
        if urgency != "unsorted"
    }
    return formats.write_for_readers(
        Document.from_json(publication.edition.document), facts, first, urgencies
    )


def _status_sentence(publication: Publication) -> str:
    if publication.status == "not_reviewed":
        return _("Not yet reviewed by a clinician.")
    said = {"name": publication.reviewed_by, "day": publication.reviewed_on, "due": publication.review_due}
    if publication.status == "overdue":
        return _("Reviewed by %(name)s on %(day)s; the next review was due on %(due)s and is overdue.") % said
    return _("Reviewed by %(name)s on %(day)s; the next review is due on %(due)s.") % said
