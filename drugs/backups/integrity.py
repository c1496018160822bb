"""Integrity checks: every hash and hash chain computed anew, and what is derived compared with its source.

Nothing is written. Rows are read a few at a time, so that memory stays the same however many there are.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.urls import reverse

from drugs import audit, publishing
from drugs.audit import triggers
from drugs.backups.cross_proofs import acts_against_the_database
from drugs.backups.faults import Fault, Progress, Proof
from drugs.backups.snapshot import snapshot
from drugs.content import Document, DocumentError, sha256
from drugs.content.spelling import certain_objections
from drugs.models import Edition, Publication
from drugs.models.paging import batches
from drugs.search import index

CHUNK = 200  # rows that are read at a time


def verify(proofs: Sequence[Proof] | None = None, progress: Progress = lambda count: None) -> Iterator[Fault]:
    """Faults of the database at one moment: all that does not hold of `proofs`, of PROOFS if none are named.

    Raises OperationalError when the database does not answer.
    """
    with snapshot():
        for proof in proofs or PROOFS:
            yield from proof(progress)


def first_fault(proofs: Sequence[Proof]) -> Fault | None:
    """The first that does not hold of `proofs`, warnings left out; None if all do."""
    return next((fault for fault in verify(proofs) if not fault.warning), None)


def database_file(progress: Progress) -> Iterator[Fault]:
    """Database file and foreign keys, as SQLite itself checks them; PostgreSQL checks each page when it reads it."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(20)")
        for (line,) in cursor.fetchall():
            if line != "ok":
                yield Fault(f"The file of the database is damaged: {line}.")
        cursor.execute("PRAGMA foreign_key_check")
        for table, row, parent, _ in cursor.fetchmany(20):
            yield Fault(f"Row {row} of {table} names a row of {parent} that is not there.")


def protecting_triggers(progress: Progress) -> Iterator[Fault]:
    """Database triggers, which refuse to change what is kept for good."""
    if missing := triggers.missing(connection):
        yield Fault(
            f"The database does not protect the editions: {', '.join(missing)} missing.",
            "Run `manage.py migrate --skip-checks`, which installs them again, and find out who removed them.",
        )


def kept_reviews(progress: Progress) -> Iterator[Fault]:
    """Kept reviews against the words: where an edition bears the review of an earlier one, what changed between them.

    Only what no vocabulary decides is asked (rows, digits, units, negations), so that the answer stays the same.
    These are warnings: older versions of the program kept a review because somebody said that it was spelling.
    """
    kept = Edition.objects.exclude(review_of=None).exclude(review_of=F("number"))
    for edition in kept.select_related("monograph").order_by("monograph_id", "number").iterator(CHUNK):
        signed = Edition.objects.filter(monograph=edition.monograph_id, number=edition.review_of or 0).first()
        if signed is None:
            continue  # a gap in the chain is another proof's finding
        try:
            before, after = (Document.from_json(e.document) for e in (signed, edition))
        except DocumentError:
            continue
        if objections := certain_objections(before, after):
            address = reverse("drugs:edition-detail", args=[edition.monograph.slug, edition.number])
            yield Fault(
                f"{edition.monograph.slug}, edition {edition.number}: it bears the review of edition "
                f"{edition.review_of}, and more than spelling or names changed since: {' '.join(objections)}",
                f"Let a second person read {settings.BASE_URL}{address} and sign it, or publish it as not reviewed.",
                warning=True,
            )


def edition_chains(progress: Progress) -> Iterator[Fault]:
    """Hash chains of editions: each has the hashes of what it holds, and names the one before it."""
    rows = Edition.objects.select_related("monograph").order_by("monograph_id", "number")
    chains = groupby(rows.iterator(CHUNK), key=lambda edition: edition.monograph_id)
    for _, chain in chains:
        number, previous = 0, ""
        for edition in chain:
            name = f"{edition.monograph.slug}, edition {edition.number}"
            if sha256(edition.document) != edition.sha256:
                yield Fault(f"{name}: the text is not the one that was published (its SHA-256 differs).")
            if edition.compute_record() != edition.record:
                yield Fault(f"{name}: something of it was changed later (the hash of its record differs).")
            if edition.number != number + 1:
                yield Fault(f"{name}: editions are missing, the one before it is number {number}.")
            if edition.previous != previous:
                yield Fault(f"{name}: it does not follow the edition before it (the chain is broken).")
            number, previous = edition.number, edition.record
            progress(1)


def audit_chain(progress: Progress) -> Iterator[Fault]:
    """Hash chain of the audit log: it is the one that was written, entry by entry."""
    yield from map(Fault, audit.verify())


def audit_end(progress: Progress) -> Iterator[Fault]:
    """End of the audit log, as far as the database itself remembers it. A restore begins a new one."""
    if sentence := audit.lost_end():
        yield Fault(sentence)


def current_publications(progress: Progress) -> Iterator[Fault]:
    """Publications: readers meet the newest edition of every page, with the title, dates and review of that one."""
    first = Edition.objects.filter(number=1, monograph__publication=None)
    for slug in first.values_list("monograph__slug", flat=True).iterator(CHUNK):
        yield Fault(f"{slug}: it has editions but no page for readers.")
    for publication, newest in _with_newest(progress):
        if newest is None or (publication.edition_id, publication.number) != (newest.pk, newest.number):
            last = f"number {newest.number}" if newest else "none"
            yield Fault(
                f"{publication.slug}: readers meet edition {publication.number}, the newest one is {last}."
            )
            continue
        try:
            columns = publishing.publication_columns(newest, Document.from_json(newest.document))
        except DocumentError as error:
            yield Fault(f"{publication.slug}, edition {newest.number}: the text cannot be read: {error}")
            continue
        wrong = [name for name in COPIED if getattr(publication, name) != columns[name]]
        if wrong:
            yield Fault(
                f"{publication.slug}: what readers meet differs from edition {newest.number} "
                f"in {', '.join(wrong)}."
            )


# What a publication has from its edition and nothing else; a withdrawal is its own.
COPIED = [
    "slug",
    "title",
    "letter",
    "sort_key",
    "sha256",
    "published_at",
    "origin",
    "reviewed_by",
    "reviewer_role",
    "reviewed_on",
    "review_due",
    "review_of",
    "summary",
    "classes",
    "ingredients",
]


def _with_newest(progress):
    """Pairs of every publication and the newest edition of its monograph, or None."""
    for pages in batches(Publication.objects.all(), CHUNK):
        rows = Edition.objects.filter(monograph__in=[page.monograph_id for page in pages])
        newest = dict(rows.order_by("monograph_id", "number").values_list("monograph_id", "pk"))
        editions = Edition.objects.select_related("monograph").in_bulk(newest.values())
        progress(len(pages))
        yield from ((page, editions.get(newest.get(page.monograph_id))) for page in pages)


def search_index(progress: Progress) -> Iterator[Fault]:
    """Index against editions: search and facets know what the current editions say and nothing else."""
    for pages in batches(Publication.objects.all(), CHUNK):
        editions = Edition.objects.in_bulk([page.edition_id for page in pages])
        pairs = [(page, _public_document(page, editions.get(page.edition_id))) for page in pages]
        wrong = index.differing(pairs)
        for page in pages:
            if page.pk in wrong:
                yield Fault(
                    f"{page.slug}: search or lists say something else than the current edition.",
                    "Run `manage.py rebuild_index`.",
                )
        progress(len(pages))


def _public_document(page, edition):
    """What the index should know of; a text that cannot be read is another proof's finding."""
    if page.withdrawn_at or edition is None:
        return None
    try:
        return Document.from_json(edition.document)
    except DocumentError:
        return None


# What a copy of the data must prove, and what the running database must prove besides.
CHAINS = (edition_chains, audit_chain, current_publications, acts_against_the_database)
PROOFS = (database_file, protecting_triggers, *CHAINS, audit_end, search_index, kept_reviews)
