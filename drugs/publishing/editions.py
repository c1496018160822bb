"""Editions: the desk frozen and published, and an old edition restored.

With `publications` the only writer of editions, publications and the index behind search.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from drugs import audit, content_checks, desk, formats
from drugs.audit import facts, triggers
from drugs.content import CHANGE_KINDS, Document, DocumentError, sha256
from drugs.models import Edition, Monograph, Publication
from drugs.publishing import signatures
from drugs.publishing.errors import Blocked, PublishingError, Unchanged
from drugs.publishing.kept_reviews import KEEPS_REVIEW, new_names, refuse_unproved
from drugs.publishing.locks import lock_monograph, lock_publishing
from drugs.publishing.new_names import NewNames, bearers
from drugs.publishing.publications import is_withdrawn, make_current, make_public
from drugs.publishing.review_dates import refuse_impossible_dates


@dataclass(frozen=True)
class Review:
    """A sign-off: a clinician's name and professional role, the day, and the day the next one is due."""

    by: str
    role: str
    on: date
    due: date


@transaction.atomic
def publish(
    monograph: Monograph,
    *,
    by: str,
    kind: str,
    note: str,
    review: Review | None = None,
    version: int | None = None,
    is_old_text: bool = False,
) -> Edition:
    """The desk of `monograph` frozen into its next edition, which becomes the current one.

    `by` is who publishes, as text; `kind` one of CHANGE_KINDS; `version` that of the desk which this person
    has read, if it was a person; `is_old_text` says that an earlier edition is restored. A signature on an unchanged
    text is a change of kind `review`, whatever `kind` says. Raises Blocked if checks forbid it, Unchanged if nothing
    changed, PublishingError if something did since, if `by` may not sign or not with these days (`review_dates`), if
    `kind` is not proved (`kept_reviews`), or the database does not protect editions.
    """
    if kind not in CHANGE_KINDS:
        raise PublishingError(f"{kind!r} is not a kind of change.")
    lock_publishing()
    _refuse_unprotected()
    monograph = lock_monograph(monograph, version)
    document = read_desk(monograph)
    refuse_blocked(document)
    last = monograph.editions.order_by("-number").first()
    is_unchanged = last is not None and last.document == document.to_json()
    is_writer = False  # asked only of who signs, which a writer may do on a site that lets writers sign
    if review:
        refuse_impossible_dates(review.on, review.due)
        _refuse_to_sign(monograph, document, by)
        if is_writer := signatures.is_writer(monograph, by):
            review = replace(review, role=signatures.stated_role(review.role))
        if is_unchanged:
            kind = "review"
    if kind == "review" and not (review and is_unchanged):
        raise PublishingError(
            "“Reviewed, nothing changed” is for a text that is signed as it stands. Choose another kind of change."
        )
    if last and kind in KEEPS_REVIEW:
        refuse_unproved(monograph, last, document, kind, by)
    edition = _next_edition(monograph, document, last, by, kind, note, review)
    edition.save(force_insert=True)
    if review and not is_writer:
        desk.sign_contributors(edition)
    if last is None:
        make_public([(edition, document)])
    else:
        make_current([(edition, document)], is_old_text=is_old_text)
        desk.forget_revisions({monograph: last.published_at})  # kept until the next edition but one
    if monograph.sent_back_to:
        Monograph.objects.filter(pk=monograph.pk).update(sent_back_to="")
    audit.record_each(by, "reviewed" if review else "published", _acts_of_publishing([edition]))
    return edition


def _acts_of_publishing(editions):
    writers = facts.writers([edition.monograph_id for edition in editions])["writers"]
    for edition in editions:
        key = str(edition.monograph_id)
        detail = f"Edition {edition.number} ({edition.kind}): {edition.note}"
        stated = (facts.published([edition]), {"writers": {key: writers[key]}})
        yield audit.Act(edition.monograph.slug, detail, stated, edition.published_at)


@transaction.atomic
def publish_new(
    pages: Iterable[tuple[Monograph, Document, str]], *, by: str, kind: str
) -> list[PublishingError | None]:
    """First editions of many new desks at once, none of them reviewed.

    `pages` are triples of a Monograph, the Document that the caller wrote to its desk in this transaction,
    and a note. Returns for each of them None, or the PublishingError that keeps it on the desk.
    """
    lock_publishing()
    _refuse_unprotected()
    errors: list[PublishingError | None] = []
    ready = []
    for monograph, document, note in pages:
        try:
            refuse_blocked(document)
        except PublishingError as error:
            errors.append(error)
            continue
        errors.append(None)
        ready.append((_next_edition(monograph, document, None, by, kind, note, None), document))
    Edition.objects.bulk_create(edition for edition, _ in ready)
    make_public(ready)
    if ready:
        slugs = ", ".join(document.slug for _, document in ready)
        detail, stated = f"First editions ({kind}): {slugs}", facts.published(edition for edition, _ in ready)
        audit.record(by, "published", f"{len(ready)} new pages", detail, stated)
    return errors


@transaction.atomic
def publish_names(
    pages: Sequence[tuple[Monograph, Document]], *, by: str, note: str
) -> list[PublishingError | None]:
    """The next editions of many public pages at once, of kind `names`, each as `publish` makes it.

    `pages` are pairs of a Monograph, locked in this transaction, and the Document that its desk holds. No new name of
    one may be part of a new name of another (`apart`), since it would not be found where that is proved. Returns for
    each of them None, or the PublishingError that keeps it on the desk, Unchanged if nothing is new.
    """
    lock_publishing()
    _refuse_unprotected()
    editions = [monograph.publication.edition for monograph, _ in pages]
    borne = bearers(
        NewNames(monograph, document, new_names(last.said, document))
        for (monograph, document), last in zip(pages, editions, strict=True)
    )
    errors: list[PublishingError | None] = []
    ready = []
    for (monograph, document), last, of_page in zip(pages, editions, borne, strict=True):
        try:
            refuse_unproved(monograph, last, document, "names", by, of_page)  # the cheaper of the two
            refuse_blocked(document)
            ready.append((_next_edition(monograph, document, last, by, "names", note, None), document))
            errors.append(None)
        except PublishingError as error:
            errors.append(error)
    if ready:
        _put_in_place(ready, by)
    return errors


def _put_in_place(pages, by):
    """Next editions of many pages, with the documents that they hold, saved and made the current ones."""
    editions = [edition for edition, _ in pages]
    moments = {edition.monograph: edition.monograph.publication.edition.published_at for edition in editions}
    Edition.objects.bulk_create(editions)
    make_current(pages)
    desk.forget_revisions(moments)
    sent_back = Monograph.objects.filter(pk__in=[monograph.pk for monograph in moments]).sent_back()
    sent_back.update(sent_back_to="")
    audit.record_each(by, "published", _acts_of_publishing(editions))


def _refuse_unprotected():
    if missing := triggers.missing(connection):
        raise PublishingError(
            f"Editions are not protected ({', '.join(missing)} missing). Run `manage.py migrate --skip-checks`."
        )


def read_desk(monograph: Monograph) -> Document:
    """The desk of `monograph` as a document. Raises PublishingError if no page can hold it."""
    try:
        return desk.read(monograph)
    except DocumentError as error:
        raise PublishingError(f"The text cannot be printed as a page: {error}") from error


def refuse_blocked(document: Document) -> None:
    """PublishingError for a text that no edition may have: Blocked if checks forbid it, or it is too long to print."""
    if findings := content_checks.blocking_findings(document):
        raise Blocked(findings)
    try:
        formats.check_size(document)
    except DocumentError as error:
        raise PublishingError(f"The text cannot be printed as a page: {error}") from error


def _refuse_to_sign(monograph, document, by):
    signatures.refuse_signature(monograph, by)
    findings = content_checks.check(document, country=settings.COUNTRY)
    if open_points := [finding for finding in findings if finding.level == "review"]:
        raise Blocked(open_points)


def _next_edition(monograph, document, last, by, kind, note, review):
    text = document.to_json()
    if last and last.document == text and not review and not is_withdrawn(monograph):
        raise Unchanged("Nothing has changed since the current edition.")
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


def desk_differs(monograph: Monograph, publication: Publication) -> bool:
    """Whether the desk of `monograph` says anything else than the current edition."""
    return sha256(desk.read(monograph).to_json()) != publication.sha256


@transaction.atomic
def restore(
    edition: Edition, *, by: str, note: str, kind: str = "safety", version: int | None = None
) -> Edition:
    """The text of `edition` published again, as a new edition that is not reviewed: that new one.

    The desk then says the same. Names keep what brought them. Raises PublishingError as `publish` does.
    """
    lock_publishing()
    monograph = lock_monograph(edition.monograph, version)
    monograph = desk.rewrite(monograph, Document.from_json(edition.document), by=by)
    desk.add_writers_of(edition)
    desk.record_saved([monograph], by)
    restored = publish(monograph, by=by, kind=kind, note=note, is_old_text=True)
    audit.record(
        by, "restored", monograph.slug, f"Edition {edition.number} as edition {restored.number}: {note}"
    )
    return restored


@transaction.atomic
def discard_changes(monograph: Monograph, *, by: str, version: int | None = None) -> Monograph:
    """The desk made to say again what the current edition says, which it then counts as: the Monograph as it is then.

    Raises StaleDesk for another `version`, PublishingError if there is no edition.
    """
    lock_publishing()
    current = Publication.objects.select_for_update().filter(monograph=monograph).first()
    if current is None:
        raise PublishingError("This page was never published.")
    monograph = desk.put_edition_back(monograph, current.edition, by=by, version=version)
    Publication.objects.filter(pk=current.pk).update(desk_version=monograph.version)
    Monograph.objects.filter(pk=monograph.pk).update(sent_back_to="")
    return monograph
