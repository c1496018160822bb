"""Submit, publish, withdraw, restore: the only writer of editions and publications, and of the index behind search."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from drugs import content_checks as checks
from drugs import formats
from drugs.audit import log as audit
from drugs.audit import triggers
from drugs.caching import stale_pages as stored_copies
from drugs.content.document import CHANGE_KINDS, Document, DocumentError, sha256
from drugs.content.markdown import plain
from drugs.content.sort_keys import letter_of, sort_key
from drugs.desk import rows as desk
from drugs.models import DrugName, Edition, Monograph, Publication
from drugs.search import counters as tallies
from drugs.search import index

KEEPS_REVIEW = ("typo", "names")  # kinds of change that leave a signed text as true as it was
# What the pages of other medicines show of one, beside its names: links, badges, the order of combinations.
SEEN_ELSEWHERE = ("slug", "title", "ingredients", "reviewed_on", "review_due", "withdrawn_at")


class PublishingError(Exception):
    """Why something cannot be published, in a sentence for the person who asked."""


class Unchanged(PublishingError):
    """The desk says what the current edition says."""


class Blocked(PublishingError):
    """Checks forbid it; `findings` says why."""

    def __init__(self, findings):
        super().__init__(" ".join(finding.message for finding in findings))
        self.findings = findings


@dataclass(frozen=True)
class Review:
    """A sign-off: a clinician's name and professional role, the day, and the day the next one is due."""

    by: str
    role: str
    on: date
    due: date


def hold():
    """Keeps other publishers waiting until the transaction ends; may be called again.

    Whoever publishes or withdraws calls this before any desk is locked, so that all take these locks in one order
    and none waits for another in a circle.
    """
    audit.hold()
    tallies.hold()


@transaction.atomic
def publish(monograph, *, by, kind, note, review=None, version=None):
    """Freezes the desk of `monograph` into its next edition and makes it current. Returns the Edition.

    `by` is who publishes, as text; `kind` one of CHANGE_KINDS; `review` a Review or None; `version` the one
    of the desk that this person has read, if it was a person. Raises Blocked if checks forbid it, Unchanged
    if nothing changed, PublishingError if something did since, or the database does not protect editions.
    """
    if kind not in CHANGE_KINDS:
        raise PublishingError(f"{kind!r} is not a kind of change.")
    hold()
    _refuse_unprotected()
    monograph = locked(monograph, version)
    try:
        document = desk.read(monograph)
    except DocumentError as error:
        raise PublishingError(f"The text cannot be printed as a page: {error}") from error
    _refuse_blocked(document)
    if review:
        _refuse_to_sign(monograph, document, by)
    last = monograph.editions.order_by("-number").first()
    edition = _next_edition(monograph, document, last, by, kind, note, review)
    edition.save(force_insert=True)
    if last is None:
        _make_public([(edition, document)])
    else:
        _make_current(edition, document)
    action = "reviewed" if review else "published"
    audit.record(by, action, document.slug, f"Edition {edition.number} ({kind}): {note}")
    return edition


@transaction.atomic
def publish_new(pages, *, by, kind):
    """First editions of many new desks at once, none of them reviewed.

    `pages` are triples of a Monograph, the Document that the caller wrote to its desk in this transaction,
    and a note. Returns for each of them None, or the PublishingError that keeps it on the desk.
    """
    hold()
    _refuse_unprotected()
    held, ready = [], []
    for monograph, document, note in pages:
        try:
            _refuse_blocked(document)
        except PublishingError as error:
            held.append(error)
            continue
        held.append(None)
        ready.append((_next_edition(monograph, document, None, by, kind, note, None), document))
    Edition.objects.bulk_create(edition for edition, _ in ready)
    _make_public(ready)
    if ready:
        slugs = ", ".join(document.slug for _, document in ready)
        audit.record(by, "published", f"{len(ready)} new pages", f"First editions ({kind}): {slugs}")
    return held


def _refuse_unprotected():
    if gone := triggers.missing(connection):
        raise PublishingError(
            f"Editions are not protected ({', '.join(gone)} missing). Run `manage.py migrate --skip-checks`."
        )


def _refuse_blocked(document):
    if findings := checks.blocking(document):
        raise Blocked(findings)
    try:
        formats.check_size(document)
    except DocumentError as error:
        raise PublishingError(f"The text cannot be printed as a page: {error}") from error


def locked(monograph, version):
    """The row of `monograph`, held until the transaction ends; `version` is what somebody has read, or None."""
    monograph = Monograph.objects.select_for_update().get(pk=monograph.pk)
    if version is not None and version != monograph.version:
        raise PublishingError("The text has changed since you opened this page. Read it again first.")
    return monograph


def _refuse_to_sign(monograph, document, by):
    if settings.SECOND_PERSON and by == monograph.changed_by:
        raise PublishingError(
            "You changed this text last, so somebody else has to sign it. You can publish it as not reviewed."
        )
    findings = checks.check(document, country=settings.COUNTRY)
    if open_points := [finding for finding in findings if finding.level == "review"]:
        raise Blocked(open_points)


def _next_edition(monograph, document, last, by, kind, note, review):
    text = document.to_json()
    if last and last.document == text and not review and not _is_withdrawn(monograph):
        raise Unchanged("Nothing has changed since the current edition.")
    if last and kind == "names" and not _differs_in_names_only(document, Document.from_json(last.document)):
        raise PublishingError("More than the names has changed. Choose another kind of change.")
    edition = Edition(
        monograph=monograph,
        number=last.number + 1 if last else 1,
        document=text,
        sha256=sha256(text),
        published_at=timezone.now(),
        published_by=by,
        kind=kind,
        note=note,
        previous=last.record if last else "",
    )
    if review:
        edition.reviewed_by, edition.reviewer_role = review.by, review.role
        edition.reviewed_on, edition.review_due = review.on, review.due
        edition.review_of = edition.number
    elif last and kind in KEEPS_REVIEW:
        for column in ("reviewed_by", "reviewer_role", "reviewed_on", "review_due", "review_of"):
            setattr(edition, column, getattr(last, column))
    edition.record = edition.compute_record()
    return edition


def _is_withdrawn(monograph):
    return Publication.objects.filter(monograph=monograph).exclude(withdrawn_at=None).exists()


def _differs_in_names_only(document, other):
    return replace(document, names=()) == replace(other, names=())


def _make_public(pages):
    """Publications of first editions, and the index: `pages` are pairs of Edition and Document."""
    publications = Publication.objects.bulk_create(
        Publication(monograph=edition.monograph, **shown(edition, document)) for edition, document in pages
    )
    documents = (document for _, document in pages)
    index.rewrite(list(zip(publications, documents, strict=True)))
    tallies.change(Counter(), sum(map(tallies.of_page, publications), Counter()))
    tallies.renew_relations()


def _make_current(edition, document):
    publication = Publication.objects.get(monograph=edition.monograph)
    counted, seen = tallies.of_page(publication), _seen_elsewhere(publication)
    wanted = shown(edition, document)
    for name, value in wanted.items():
        setattr(publication, name, value)
    publication.save(update_fields=wanted)
    tallies.change(counted, tallies.of_page(publication))
    renamed = index.write(publication, document)
    if renamed or seen != _seen_elsewhere(publication):
        tallies.renew_relations()


def _seen_elsewhere(publication):
    return [getattr(publication, name) for name in SEEN_ELSEWHERE]


def shown(edition, document):
    """What the Publication of a page says while `edition`, which holds `document`, is current: a dict."""
    key = sort_key(document.title)
    return {
        "slug": document.slug,
        "title": document.title,
        "letter": letter_of(key),
        "sort_key": key,
        "edition": edition,
        "number": edition.number,
        "desk_version": edition.monograph.version,
        "sha256": edition.sha256,
        "published_at": edition.published_at,
        "origin": document.origin,
        "reviewed_by": edition.reviewed_by,
        "reviewer_role": edition.reviewer_role,
        "reviewed_on": edition.reviewed_on,
        "review_due": edition.review_due,
        "review_of": edition.review_of,
        "summary": summary(document),
        "classes": [item.name for item in document.classes],
        "ingredients": list(document.ingredients),
        "withdrawn_at": None,
        "withdrawn_reason": "",
        "successor": None,
    }


def differs(monograph, publication):
    """Whether the desk of `monograph` says anything else than the current edition."""
    return sha256(desk.read(monograph).to_json()) != publication.sha256


@transaction.atomic
def submit(monograph, *, by, version=None):
    """Hands the text of the desk in for review; the next save takes it back. Raises PublishingError."""
    monograph = locked(monograph, version)
    publication = Publication.objects.filter(monograph=monograph, withdrawn_at=None).first()
    if publication and not differs(monograph, publication):
        raise Unchanged("Nothing has changed since the current edition.")
    monograph.submitted_version = monograph.version
    monograph.submitted_at, monograph.submitted_by = timezone.now(), by
    monograph.save(update_fields=["submitted_version", "submitted_at", "submitted_by"])
    return monograph


@transaction.atomic
def restore(edition, *, by, note, kind="safety", version=None):
    """Publishes the text of `edition` again, as a new edition that is not reviewed. Returns that one.

    The desk then says the same. Names keep what brought them. Raises PublishingError as `publish` does.
    """
    hold()
    monograph = locked(edition.monograph, version)
    names = DrugName.objects.filter(monograph=monograph)
    sources = {(name.text, name.kind): name.source for name in names}
    names.delete()
    document = Document.from_json(edition.document)
    desk.write(document, by=by, monograph=monograph, names_from=DrugName.Source.EDITOR)
    for (text, name_kind), source in sources.items():
        names.filter(text=text, kind=name_kind).update(source=source)
    restored = publish(monograph, by=by, kind=kind, note=note)
    audit.record(
        by, "restored", monograph.slug, f"Edition {edition.number} as edition {restored.number}: {note}"
    )
    return restored


@transaction.atomic
def withdraw(publication, *, reason, by, successor=None):
    """Takes a page from readers, who are told when and why; `by` is who does it. Its editions stay.

    With a `successor`, the Publication of a page on the same medicine, readers are led there for ever, or until
    the page is published again (drugs/merging.py). Raises PublishingError.
    """
    if not reason.strip():
        raise PublishingError("Say why the page is withdrawn; readers are told.")
    hold()
    publication = Publication.objects.select_for_update().get(pk=publication.pk)
    counted = tallies.of_page(publication)
    publication.withdrawn_at, publication.withdrawn_reason = timezone.now(), reason.strip()
    publication.successor = successor
    publication.save(update_fields=["withdrawn_at", "withdrawn_reason", "successor"])
    index.remove(publication)
    tallies.change(counted, tallies.of_page(publication))
    tallies.renew_relations()
    audit.record(by, "withdrawn", publication.slug, publication.withdrawn_reason)
    transaction.on_commit(stored_copies.void)
    return publication


def summary(document):
    """The first sentence of what the medicine is used for, as plain text of at most 300 characters."""
    sections = document.of_kind("uses") or document.of_kind("key_facts")
    text = plain(sections[0].body) if sections else ""
    sentence = re.split(r"(?<=[.!?])\s+(?=[A-Z])", text, maxsplit=1)[0]
    return sentence if len(sentence) <= 300 else sentence[:298].rsplit(" ", 1)[0] + " …"
