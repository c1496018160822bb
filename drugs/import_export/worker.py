"""Import worker: the process that does one task of the import queue (`tasks`), the same as the command would.

The results of some pages are written in the transaction that saves them, with the heartbeat and only while the row
holds this worker's token. A process that is killed so leaves whole pages, and the next one goes on behind them.
"""

import json
import logging
import resource
import signal
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, transaction
from django.utils import timezone

from drugs.import_export import seen_changes
from drugs.import_export.page_import import Import, Result, result_as_dict
from drugs.import_export.seen_changes import DIFF_CHARS
from drugs.import_export.sources import PageFile, read_files, uploaded_files
from drugs.models import ImportResult, ImportTask, ImportUpload, Monograph

log = logging.getLogger(__name__)


LEFT_OUT, NAME_CHARS = 500, 300  # names of files that hold no page, kept for the screen
MEMORY_BYTES = 1024**3  # of addresses; the 64 MB of an upload and a batch of pages take a fifth
CPU_SECONDS = 60 * 60  # an hour of work: two hundred thousand pages


def limit_resources() -> None:
    """Limits of memory and time for the present process: what an upload costs, the site does not pay for.

    Reaching them ends in a MemoryError, or a TimeoutError, of which `run` makes a sentence.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 60))
    signal.signal(signal.SIGXCPU, _out_of_time)


def _out_of_time(*args):
    raise TimeoutError


class _TokenRevoked(Exception):
    """Somebody stopped the task, or another process goes on with it: the row holds this worker's token no more."""


def run(pk: int, token: str) -> None:
    """The work that task `pk` waits for, if `token` is the worker token of its row. Errors end up in the row."""
    task = ImportTask.objects.filter(pk=pk, worker=token, state="running").first()
    if task is None:
        return
    try:
        _Worker(task).work()
    except _TokenRevoked:
        pass
    except OperationalError as error:
        task.fail(f"The database gave up: {error}.")
    except MemoryError:
        task.fail(f"It needed more than the {MEMORY_BYTES // 1024**2} MB of memory that an import may take.")
    except TimeoutError:
        task.fail(f"It took more than the {CPU_SECONDS // 60} minutes of work that an import may take.")
    except Exception:
        log.exception("Import %s", pk)
        task.fail("A fault of the site ended it. The server's log says more.")


class _Worker:
    def __init__(self, task: ImportTask) -> None:
        self.task = task
        self.data = bytes(ImportUpload.objects.get(task=task).data)
        self.user = get_user_model().objects.filter(username=task.started_by).first()
        self.handled = task.handled

    def work(self) -> None:
        """Checks or saves the files behind those that the row says are handled."""
        task, checking = self.task, not self.task.saving
        left_out: list[str] = []
        total = sum(1 for _ in self._files(left_out))
        # A name may hold a line end; of many files that hold no page the first are enough to see why.
        names = (" ".join(name.split())[:NAME_CHARS] for name in left_out[:LEFT_OUT])
        self._beat(total=total, left_out="\n".join(names))
        run = Import(
            by=task.started_by,
            writer=task.uploaded_by,
            publish=checking or task.publish,
            overwrite=task.overwrite and not checking,
            dry_run=checking,
            check=True,
            diff=checking,
            ticked=None if checking else seen_changes.ticked_keys(task),
        )
        done = (
            task.results.filter(number__lte=self.handled)
            .exclude(slug="")
            .exclude(outcome__in=["conflict", "failed"])
        )
        for slug, line in done.order_by("-number").values_list("slug", "line"):
            run.paths[slug] = json.loads(line)["file"]
        reads = read_files(islice(self._files(), self.handled, None))
        for _ in run.run(reads, keep=self._keep):
            pass
        with transaction.atomic():
            self._beat(state="checked" if checking else "done")
            if not checking:
                ImportUpload.objects.filter(task=task).delete()

    def _files(self, left_out: list[str] | None = None) -> Iterator[PageFile]:
        return uploaded_files(self.task.name, self.data, left_out)

    def _keep(self, results: list[Result]) -> None:
        """Keeps the results of some pages, in the transaction that saves these pages."""
        numbers = self.handled + 1, self.handled + len(results)
        self.task.results.filter(number__range=numbers).delete()  # what the dry run kept of ticked pages
        ImportResult.objects.bulk_create(
            ImportResult(
                task=self.task,
                number=number,
                outcome=result.outcome,
                slug=result.slug,
                published=result.published,
                held=bool(result.held),
                line=_report_line(result, checking=not self.task.saving),
            )
            for number, result in enumerate(results, self.handled + 1)
        )
        if self.task.saving and self.user:
            _write_log_entries(self.user, self.task, results)
        self.handled += len(results)
        self._beat(handled=self.handled)

    def _beat(self, **columns: Any) -> None:
        """Heartbeat, with what else the row is to say. Raises _TokenRevoked."""
        rows = ImportTask.objects.filter(pk=self.task.pk, worker=self.task.worker, state="running")
        if not rows.update(heartbeat=timezone.now(), **columns):
            raise _TokenRevoked


def _report_line(result, *, checking):
    line = result_as_dict(result)
    if len(line["diff"]) > DIFF_CHARS:
        line["diff"] = line["diff"][:DIFF_CHARS] + "\n… (the rest is not shown)"
    return seen_changes.report_line(line, result.change if checking else None, tickable=result.tickable)


def _write_log_entries(user, task, results):
    """Entries in the admin's history of every monograph that was written or published."""
    touched = [result for result in results if result.published or result.outcome in ("created", "updated")]
    slugs = [result.slug for result in touched]
    monographs = Monograph.objects.filter(slug__in=slugs).in_bulk(field_name="slug")
    kind = ContentType.objects.get_for_model(Monograph).pk
    LogEntry.objects.bulk_create(
        LogEntry(
            user_id=user.pk,
            content_type_id=kind,
            object_id=str(monographs[result.slug].pk),
            object_repr=str(monographs[result.slug])[:200],
            action_flag=ADDITION if result.outcome == "created" else CHANGE,
            change_message=f"Import of {task}: {result.outcome}{' and published' if result.published else ''}.",
        )
        for result in touched
    )
