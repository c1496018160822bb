"""Import of page files to the desk, published if asked."""

import json
import signal
import textwrap
from collections import Counter
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from tqdm import tqdm

from drugs.content.diff import as_text
from drugs.import_export.folder_summary import FolderSummary
from drugs.import_export.page_import import Import, result_as_dict
from drugs.import_export.sources import page_files, read_files
from drugs.models.imports import OUTCOMES


class Command(BaseCommand):
    help = "Imports Markdown pages from files, folders and zips. Running it twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a page, a folder of pages, or a zip")
        parser.add_argument("--publish", action="store_true", help="publish what the checks allow")
        parser.add_argument("--diff", action="store_true", help="print what changes of pages that are public")
        parser.add_argument(
            "--dry-run", action="store_true", help="do everything but write, and end with a table"
        )
        parser.add_argument("--overwrite", action="store_true", help="replace desks that people edited")
        parser.add_argument("--by", metavar="ACCOUNT", help="who imports, and so cannot sign what it changes")
        parser.add_argument("--report", metavar="FILE.jsonl", help="write one line of JSON a page")
        parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes that read pages")

    def handle(
        self,
        *,
        paths: list[str],
        publish: bool,
        diff: bool,
        dry_run: bool,
        overwrite: bool,
        by: str | None,
        report: str | None,
        workers: int,
        **options: Any,
    ) -> None:
        if by and not get_user_model().objects.filter(username=by).exists():
            raise CommandError(f"There is no account {by}. --by takes the name with which somebody logs in.")
        self.counts: Counter[str] = Counter()
        self.published, self.held, self.stopping, self.dry_run = 0, 0, False, dry_run
        self.summary = FolderSummary()
        run = Import(
            by="import_monographs",
            publish=publish,
            overwrite=overwrite,
            dry_run=dry_run,
            check=bool(report),
            diff=diff,
            writer=by or "",
        )
        previous = signal.signal(signal.SIGINT, self._stop)
        try:
            self._work(run, read_files(page_files(paths, self.summary.left_out), workers), report)
        except OperationalError as error:
            raise CommandError(
                f"The database gave up: {error}. Pages listed so far are saved. Run it again to go on behind them."
            ) from None
        except OSError as error:
            raise CommandError(f"Cannot write {report}: {error.strerror}.") from None
        finally:
            signal.signal(signal.SIGINT, previous)
            self._summarise(dry_run)
        if self.counts["failed"]:
            raise CommandError(f"{self.counts['failed']} of {self.counts.total()} pages failed.")

    def _stop(self, *args):
        self.stopping = True

    def _work(self, run, reads, report):
        lines = open(report, "w", encoding="utf-8") if report else None  # noqa: SIM115 - closed below
        progress = tqdm(disable=None, unit=" pages", file=self.stderr._out)
        try:
            for result in run.run(reads, lambda: self.stopping):
                self._tell(result)
                progress.update()
                if lines:
                    lines.write(json.dumps(result_as_dict(result), ensure_ascii=False) + "\n")
        finally:
            progress.close()
            if lines:
                lines.close()

    def _tell(self, result):
        self.summary.add(result)
        self.counts[result.outcome] += 1
        self.published += result.published
        self.held += bool(result.held)
        if result.outcome in ("failed", "conflict"):
            style = self.style.ERROR if result.outcome == "failed" else self.style.WARNING
            self.stderr.write(style(f"{result.outcome}: {result.name}: {'; '.join(result.reasons)}"))
        if result.diff:
            self.stderr.write(result.diff)
        if result.change and result.outcome != "conflict":
            self._show(result)
        if result.held:
            self.stderr.write(f"held back: {result.name}: {'; '.join(result.held)}")

    def _show(self, result):
        verb = "changes" if result.published and not self.dry_run else "would change"
        self.stdout.write(f"{result.name} {verb} edition {result.change.number}, which readers have:")
        words = as_text(result.change.changes) or "Only spaces differ."
        self.stdout.write(textwrap.indent(words, "  ") + "\n")

    def _summarise(self, dry_run):
        for line in (*(self.summary.table() if dry_run else ()), *self.summary.notices()):
            self.stdout.write(line)
        parts = [f"{self.counts[outcome]} {outcome}" for outcome in OUTCOMES]
        published = f"{self.published} published, {self.held} held back"
        ending = " Stopped early." if self.stopping else ""
        ending += " Nothing was written: this was a dry run." if dry_run else ""
        self.stdout.write(f"{', '.join(parts)}; {published}.{ending}")
