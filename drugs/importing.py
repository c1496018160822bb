"""Page files to desk, and on to readers if asked: the same for the command and for an upload."""

import time
from dataclasses import dataclass, field

from django.db import DataError, IntegrityError, transaction

from drugs import desk, publishing
from drugs.document import DocumentError, Finding
from drugs.models import DrugName, Monograph, Publication

BATCH_PAGES = 50  # a transaction ends after so many pages
BATCH_SECONDS = 1.0  # or after so long: editors wait for the database meanwhile


@dataclass
class Result:
    """What came of one file. `outcome` is created, updated, unchanged, conflict or failed.

    `held` says why the page was not published although that was asked for; `reasons` why it failed or is in
    conflict. `findings` are pairs of a Finding and its line in the file, or None.
    """

    name: str
    outcome: str
    slug: str = ""
    published: bool = False
    reasons: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    findings: list[tuple[Finding, int | None]] = field(default_factory=list)
    diff: str = ""


class Import:
    """One run over many files. Each page is whole or not there; what a file holds is never published twice."""

    def __init__(self, *, by, publish=False, overwrite=False, dry_run=False):
        self.by = by
        self.publish = publish
        self.overwrite = overwrite
        self.dry_run = dry_run
        self.paths = {}  # slug to path, of this run: a dry run remembers nothing else

    def run(self, reads, should_stop=lambda: False):
        """Yields a Result for each of `reads` once it is committed. Ends early when `should_stop()` says so.

        Raises OperationalError when the database is locked, full or gone; pages already yielded stay.
        """
        reads, more = iter(reads), True
        while more and not should_stop():
            results, started = [], time.monotonic()
            with transaction.atomic():
                for read in reads:
                    results.append(self._one(read))
                    full = len(results) >= BATCH_PAGES or time.monotonic() - started > BATCH_SECONDS
                    if full or should_stop():
                        break
                else:
                    more = False
                transaction.set_rollback(self.dry_run)
            yield from results

    def _one(self, read):
        if read.error:
            where = f"line {read.line}: " if read.line else ""
            return Result(read.name, "failed", reasons=[where + read.error])
        try:
            with transaction.atomic():
                return self._save(read, read.page.document)
        except (DocumentError, DataError, IntegrityError) as error:
            return Result(read.name, "failed", read.page.document.slug, reasons=[str(error)])

    def _save(self, read, document):
        result = Result(read.name, "conflict", document.slug)
        earlier = self.paths.setdefault(document.slug, read.name)
        if earlier != read.name:
            result.reasons.append(f"{earlier} has the same address")
            return result
        source = desk.Source(read.path, read.page.format, read.sha256)
        saved = desk.save_page(document, source, by=self.by, overwrite=self.overwrite)
        result.outcome, result.diff = saved.outcome, saved.diff
        if saved.reason:
            result.reasons.append(saved.reason)
            return result
        result.findings = [(finding, read.page.line_of(finding.field)) for finding in read.page.findings]
        result.findings += [(finding, None) for finding in _duplicates(saved)]
        if self.publish:
            # A desk that is new says what the file says; any other one may say more.
            self._publish(saved, source, result, document if saved.outcome == "created" else None)
        return result

    def _publish(self, saved, source, result, written):
        held, note = _objection(saved), f"Imported from {source.path}."
        if not held:
            try:
                publishing.publish(saved.monograph, by=self.by, kind="import", note=note, written=written)
                result.published = True
            except publishing.Unchanged:
                pass
            except publishing.Blocked as error:
                held = [finding.message for finding in error.findings]
        result.held = held


def _duplicates(saved):
    if saved.outcome == "unchanged":
        return
    monograph = saved.monograph
    same = Monograph.objects.filter(sameness=monograph.sameness).exclude(pk=monograph.pk)
    for slug in same.values_list("slug", flat=True)[:5]:
        yield Finding("look", "duplicate", f"Likely the same medicine as the page {slug}.", "title")


def _objection(saved):
    """Why the desk of a page must not be published by a command; empty if it may."""
    monograph = saved.monograph
    if saved.outcome == "created":
        return []
    if monograph.names.filter(source=DrugName.Source.EDITOR).exists():
        return ["people have added names to the desk"]
    publication = Publication.objects.filter(monograph=monograph).first()
    if publication is None:
        return []
    if publication.withdrawn_at:
        return ["the page is withdrawn"]
    if publication.reviewed_on and publishing.differs(monograph, publication):
        return ["the current edition is reviewed; the change waits on the desk"]
    return []
