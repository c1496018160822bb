"""What an import that was started in the admin does, in a process of its own: the same as the command.

What came of some pages is written in the transaction that saves them, so that a process that is killed leaves whole
pages and another one goes on behind them.
"""

import json
import logging
from itertools import islice

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, transaction
from django.utils import timezone

from drugs.import_export.page_import import Import, result_as_dict
from drugs.import_export.sources import read_files, uploaded_files
from drugs.models import ImportResult, ImportTask, ImportUpload, Monograph

DIFF_CHARS = 20_000

log = logging.getLogger(__name__)


class _Taken(Exception):
    """Somebody stopped the task, or another process goes on with it."""


def run(pk, worker):
    """Does what task `pk` is waiting for, if `worker` is the word of its row. Errors end up in the row."""
    task = ImportTask.objects.filter(pk=pk, worker=worker, state="running").first()
    if task is None:
        return
    try:
        _Run(task).work()
    except _Taken:
        pass
    except OperationalError as error:
        task.fail(f"The database gave up: {error}.")
    except Exception:
        log.exception("Import %s", pk)
        task.fail("A fault of the site ended it. The server's log says more.")


class _Run:
    def __init__(self, task):
        self.task = task
        self.data = bytes(ImportUpload.objects.get(task=task).data)
        self.user = get_user_model().objects.filter(username=task.started_by).first()
        self.handled = task.handled

    def work(self):
        """Checks or saves the files behind those that the row says are handled."""
        task, checking = self.task, not self.task.saving
        self._note(total=sum(1 for _ in self._files()))
        run = Import(
            by=task.started_by,
            publish=checking or task.publish,
            overwrite=task.overwrite and not checking,
            dry_run=checking,
            check=True,
        )
        done = task.results.exclude(slug="").exclude(outcome__in=["conflict", "failed"])
        for slug, line in done.order_by("-number").values_list("slug", "line"):
            run.paths[slug] = json.loads(line)["file"]
        reads = read_files(islice(self._files(), self.handled, None))
        for _ in run.run(reads, keep=self._keep):
            pass
        with transaction.atomic():
            self._note(state="checked" if checking else "done")
            if not checking:
                ImportUpload.objects.filter(task=task).delete()

    def _files(self):
        return uploaded_files(self.task.name, self.data)

    def _keep(self, results):
        """Writes down what came of some pages, in the transaction that saves them."""
        ImportResult.objects.bulk_create(
            ImportResult(
                task=self.task,
                number=number,
                outcome=result.outcome,
                slug=result.slug,
                published=result.published,
                held=bool(result.held),
                line=_line(result),
            )
            for number, result in enumerate(results, self.handled + 1)
        )
        if self.task.saving and self.user:
            _log(self.user, self.task, results)
        self.handled += len(results)
        self._note(handled=self.handled)

    def _note(self, **values):
        rows = ImportTask.objects.filter(pk=self.task.pk, worker=self.task.worker, state="running")
        if not rows.update(heartbeat=timezone.now(), **values):
            raise _Taken


def _line(result):
    line = result_as_dict(result)
    if len(line["diff"]) > DIFF_CHARS:
        line["diff"] = line["diff"][:DIFF_CHARS] + "\n… (the rest is not shown)"
    return json.dumps(line, ensure_ascii=False)


def _log(user, task, results):
    """An entry in the history of every monograph that was written or published."""
    touched = [one for one in results if one.published or one.outcome in ("created", "updated")]
    found = Monograph.objects.filter(slug__in=[one.slug for one in touched]).in_bulk(field_name="slug")
    kind = ContentType.objects.get_for_model(Monograph).pk
    LogEntry.objects.bulk_create(
        LogEntry(
            user_id=user.pk,
            content_type_id=kind,
            object_id=str(found[one.slug].pk),
            object_repr=str(found[one.slug])[:200],
            action_flag=ADDITION if one.outcome == "created" else CHANGE,
            change_message=f"Import of {task}: {one.outcome}{' and published' if one.published else ''}.",
        )
        for one in touched
    )
