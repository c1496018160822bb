"""Import of page files to the desk and, if asked, on to readers: the same for the command and for an upload."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import DataError, IntegrityError, connection, transaction

from drugs import audit, content_checks, desk, publishing
from drugs.content import DocumentError, Finding
from drugs.import_export.seen_changes import PublicChange, public_change
from drugs.import_export.sources import ReadFile
from drugs.models import DrugName, Monograph

BATCH_PAGES = 50  # a transaction ends after so many pages
BATCH_SECONDS = 1.0  # or after so long: editors wait for the database meanwhile
PAUSE_SECONDS = 0.1  # whoever waits for SQLite looks so often whether it is free


@dataclass
class Result:
    """Import result: what came of one file. `outcome` is created, updated, unchanged, conflict or failed.

    `held` says why the page was not published although that was asked for; `reasons` why it failed or is in
    conflict. `findings` are pairs of a Finding and its line in the file, or None. `change` is what publishing it
    would change of the page that readers have, if the import looks for that; of a conflict in a dry run, what it
    would if the file replaced the desk. `tickable` says that nothing but a tick stands in the way of publishing that.
    """

    name: str
    outcome: str
    slug: str = ""
    published: bool = False
    reasons: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    findings: list[tuple[Finding, int | None]] = field(default_factory=list)
    diff: str = ""
    change: PublicChange | None = None
    tickable: bool = False


class Import:
    """One import run over many files. Each page is whole or not there; no file's text is published twice.

    `diff` asks for the changes of pages that readers have. With `ticked`, the keys of such changes by slug, no other
    one is published, and `publish` is only about pages that readers do not have yet. `writer` is the account of
    whoever ran a command, `by` the command: neither can sign what it changed.
    """

    def __init__(
        self,
        *,
        by: str,
        publish: bool = False,
        overwrite: bool = False,
        dry_run: bool = False,
        check: bool = False,
        diff: bool = False,
        ticked: Mapping[str, str] | None = None,
        writer: str = "",
    ) -> None:
        self.by = by
        self.writer = writer
        self.check = check  # whether results say what all checks find, not only those that hold a page back
        self.diff = diff
        self.ticked = ticked
        self.publish = publish
        self.overwrite = overwrite
        self.dry_run = dry_run
        self.paths: dict[str, str] = {}  # slug to path, of this run: a dry run remembers nothing else

    def run(
        self,
        reads: Iterable[ReadFile],
        should_stop: Callable[[], bool] = lambda: False,
        keep: Callable[[list[Result]], None] = lambda results: None,
    ) -> Iterator[Result]:
        """Results of all `reads`, each once it is committed. Ends early when `should_stop()` says so.

        `keep` gets the results of some pages in the transaction that saves these pages; what it writes stays
        in a dry run too. Raises OperationalError when the database is locked, full or gone; pages already
        yielded stay.
        """
        reads = iter(reads)
        batch: list[ReadFile] = []
        while batch or not should_stop() and (batch := _take(reads, should_stop)):
            started = time.monotonic()
            with transaction.atomic():
                audit.lock_log(audit.IMPORT_LOCK_SECONDS)
                if self.publish or self.ticked:
                    publishing.lock_publishing()
                with transaction.atomic():
                    results = self._first_of(batch)
                    self._record(results)
                    transaction.set_rollback(self.dry_run)
                keep(results)
            _give_way(time.monotonic() - started)
            yield from results
            batch = batch[len(results) :]

    def _first_of(self, batch):
        """Results of the first of `batch`: as many as are new in a row, or else what a second allows.

        Whoever else wants to write then gets a turn: pages that people have edited since take their time.
        """
        slugs = Counter(read.page.document.slug for read in batch if read.page)
        known = set(Monograph.objects.filter(slug__in=slugs).values_list("slug", flat=True))
        known.update(slug for slug, count in slugs.items() if count > 1 or slug in self.paths)
        is_new = [bool(read.page) and read.page.document.slug not in known for read in batch]
        count = (is_new + [False]).index(False)
        if count:
            new = self._all_new(batch[:count])
            return [new.get(read.name) or self._one(read) for read in batch[:count]]
        results, until = [], time.monotonic() + BATCH_SECONDS
        for read, new in zip(batch, is_new, strict=True):
            if new or results and time.monotonic() > until:
                break
            results.append(self._one(read))
        return results

    def _record(self, results):
        """Audit entry of what this batch wrote to the desk; what it published is recorded where that is done."""
        written = [result for result in results if result.outcome in ("created", "updated")]
        if written:
            if self.writer:
                slugs = [result.slug for result in written]
                desk.add_contributors(Monograph.objects.filter(slug__in=slugs), self.writer)
            pages = ", ".join(f"{result.slug} ({result.outcome})" for result in written)
            audit.record(self.by, "imported", f"{len(written)} page{'s' * (len(written) != 1)}", pages)

    def _all_new(self, new):
        """Results of pages that nobody has seen before, by name of file: saved all at once.

        Empty if one of them fails; page by page it will be clear which.
        """
        try:
            with transaction.atomic():
                return self._create(new)
        except (DocumentError, DataError, IntegrityError):
            return {}

    def _create(self, new):
        pairs = [(read.page.document, _source(read)) for read in new]
        monographs = desk.create_pages(pairs, by=self.by)
        errors = self._publish_new(new, monographs)
        duplicates = _duplicates(monographs)
        results = {}
        for read, monograph in zip(new, monographs, strict=True):
            self.paths[monograph.slug] = read.name
            result = Result(read.name, "created", monograph.slug)
            result.findings = self._findings(read, duplicates.get(monograph.pk, ()))
            if self.publish:
                result.held = _unready(read) or _reasons(errors[monograph.pk])
                result.published = not result.held
            results[read.name] = result
        return results

    def _publish_new(self, new, monographs):
        """Errors by key of the monograph, or None, of those among the `new` that may be published."""
        if not self.publish:
            return {}
        pages = [pair for pair in zip(new, monographs, strict=True) if not pair[0].unready]
        triples = [(monograph, read.page.document, _note(_source(read))) for read, monograph in pages]
        errors = publishing.publish_new(triples, by=self.by, kind="import") if triples else []
        return {monograph.pk: error for (_, monograph), error in zip(pages, errors, strict=True)}

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
        source = _source(read)
        saved = desk.save_page(document, source, by=self.by, overwrite=self.overwrite)
        result.outcome, result.diff = saved.outcome, saved.diff
        if saved.reason:
            result.reasons.append(saved.reason)
            if self.diff and self.dry_run:
                self._try_replacing(read, document, source, result)
            return result
        duplicates = {} if saved.outcome == "unchanged" else _duplicates([saved.monograph])
        result.findings = self._findings(read, duplicates.get(saved.monograph.pk, ()))
        self._publish_if_asked(read, saved, source, result)
        return result

    def _try_replacing(self, read, document, source, result):
        """What would change for readers if the file replaced the desk that people edited; nothing is kept of it."""
        tried = Result(result.name, "updated", result.slug)
        try:
            with transaction.atomic():
                saved = desk.save_page(document, source, by=self.by, overwrite=True)
                self._publish_if_asked(read, saved, source, tried)
                transaction.set_rollback(True)
        except (DocumentError, DataError, IntegrityError):
            return
        result.change, result.tickable = tried.change, tried.tickable

    def _findings(self, read, duplicates):
        """What reader and checks found, each with its line, and the pages that look like the same medicine."""
        findings = list(read.page.findings)
        if read.unready:
            findings.insert(0, Finding("look", "unready", f"{_unready(read)[0]}.", "title"))
        if self.check:
            findings += content_checks.check(read.page.document, country=settings.COUNTRY)
        for slug in duplicates:
            message = f"Likely the same medicine as the page {slug}."
            findings.append(Finding("look", "duplicate", message, "title"))
        return [(finding, read.page.line_of(finding.field)) for finding in findings]

    def _publish_if_asked(self, read, saved, source, result):
        if self.diff or self.ticked is not None:
            result.change = public_change(saved.monograph)
        if result.change and self.ticked is not None:
            if reason := self._not_ticked(result):
                result.held = _objections(saved) or [reason]
                return
        elif not self.publish:
            return
        if read.unready:
            result.held = _unready(read)
            return
        self._publish(saved, source, result)
        result.tickable = result.published and result.change is not None

    def _not_ticked(self, result):
        """Why the change of a page that readers have is not published; empty if this very change was ticked."""
        key = self.ticked.get(result.slug)
        if key is None:
            return "nobody ticked the change, which waits on the desk"
        if key != result.change.key:
            return "it is another change than the one that was ticked, and waits on the desk"
        return ""

    def _publish(self, saved, source, result):
        result.held = _objections(saved)
        if result.held:
            return
        try:
            publishing.publish(saved.monograph, by=self.by, kind="import", note=_note(source))
            result.published = True
        except publishing.Unchanged:
            pass
        except publishing.PublishingError as error:
            result.held = _reasons(error)


def _give_way(seconds):
    """Lets others write, once a transaction has taken `seconds`: on SQLite nobody is next in line.

    Without a pause whoever waits finds the lock taken again each time, and gives up in the end.
    """
    if connection.vendor == "sqlite":
        time.sleep(min(seconds / 10, PAUSE_SECONDS))


def result_as_dict(result: Result) -> dict[str, Any]:
    """A Result as a dict for JSON: one line of the import report."""
    return {
        "file": result.name,
        "slug": result.slug,
        "outcome": result.outcome,
        "published": result.published,
        "reasons": result.reasons,
        "held": result.held,
        "findings": [{**vars(finding), "line": line} for finding, line in result.findings],
        "diff": result.diff,
    }


def _take(reads, should_stop):
    """Batch of the next pages for one transaction: BATCH_PAGES of them, or what BATCH_SECONDS bring."""
    batch, started = [], time.monotonic()
    for read in reads:
        batch.append(read)
        full = len(batch) >= BATCH_PAGES or time.monotonic() - started > BATCH_SECONDS
        if full or should_stop():
            break
    return batch


def _source(read):
    kept = "\n\n".join(read.page.kept)
    return desk.Source(read.path, read.page.format, read.sha256, kept)


def _unready(read):
    """Why the author of a page keeps it from readers, as the one reason to hold it back; empty if nobody does."""
    return [f"not published, since {'; '.join(read.unready)}"] if read.unready else []


def _note(source):
    return f"Imported from {source.path}."


def _reasons(error):
    if error is None:
        return []
    findings = getattr(error, "findings", ())
    return [finding.message for finding in findings] or [str(error)]


def _duplicates(monographs):
    """The slugs of other pages on the same medicine, a few for each, by the key of the monograph."""
    slugs = defaultdict(list)
    keys = {monograph.sameness for monograph in monographs}
    for key, slug in Monograph.objects.filter(sameness__in=keys).values_list("sameness", "slug"):
        slugs[key].append(slug)
    return {
        monograph.pk: sorted(set(slugs[monograph.sameness]) - {monograph.slug})[:5]
        for monograph in monographs
    }


def _objections(saved):
    """Why the desk of a page must not be published by a command; empty if it may."""
    monograph = saved.monograph
    if saved.outcome == "created":
        return []
    if monograph.names.filter(source=DrugName.Source.EDITOR).exists():
        return ["people have added names to the desk"]
    match publishing.objection_to_command(monograph):
        case None | publishing.CommandObjection.NEVER_PUBLISHED:  # the file holds all that it will say
            return []
        case publishing.CommandObjection.REVIEWED as objection:
            return [f"{objection}; the change waits on the desk"]
        case objection:
            return [objection.value]
