"""Import queue: uploads of the admin that are checked, saved, stopped and continued, one at a time.

An entry is a row of ImportTask in the state `running`. Its column `worker` holds the worker token: a random text that
only the import worker (`worker`, a process of its own) which may go on with the row knows. Stopping clears the token
and continuing draws a new one, so that a worker which was thought dead writes nothing when it wakes up. `heartbeat` is
when the worker last wrote to the row; silence makes it `interrupted` (drugs/models/imports.py).
"""

import contextlib
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from drugs import audit
from drugs.import_export import seen_changes
from drugs.models import ImportTask, ImportUpload

UPLOAD_BYTES = 64 * 1024**2  # of a file; it is held in memory and in one row of the database
UPLOAD_KEPT = timedelta(days=7)
REPORT_KEPT = timedelta(days=90)


class Busy(Exception):
    """Another import is at work; `task` is that one."""

    def __init__(self, task: ImportTask) -> None:
        super().__init__(f"{task} is being imported now.")
        self.task = task


def create(name: str, data: bytes, *, by: str) -> ImportTask:
    """New task that checks the upload `data`; its worker starts once this transaction is through. Raises Busy."""
    purge()
    with _one_at_a_time():
        task = ImportTask.objects.create(
            name=name, size=len(data), started_by=by, uploaded_by=by, worker=_new_token()
        )
        ImportUpload.objects.create(task=task, data=data)
    transaction.on_commit(lambda: start(task))
    return task


def save(
    task: ImportTask, *, by: str, publish: bool = False, overwrite: bool = False, ticked: bool = False
) -> bool:
    """Second run of a task, which saves what was checked: whether there was anything to save. Raises Busy.

    `publish` is about pages that readers do not have yet, `ticked` says whether the ticked changes of those that
    they have are published too; their lines of the report are kept until the worker comes to them.
    """
    if task.state != "checked":
        return False
    with _one_at_a_time():
        options = {"publish": publish, "overwrite": overwrite, "started_by": by}
        if begun := _begin(task, saving=True, total=None, handled=0, **options):
            chosen = [name for name, value in (*options.items(), ("ticked", ticked)) if value is True]
            _record(task, "import_begun", by, ", ".join(chosen))
            (task.results.exclude(seen_changes.TICKED) if ticked else task.results.all()).delete()
        return begun


def resume(task: ImportTask, *, by: str) -> bool:
    """Continuation, behind its last page, of what was interrupted, stopped or failed: whether it goes on.

    What comes of it is done in the name of `by`, who must have the rights that the task's options need. Raises Busy.
    """
    if not (task.interrupted or task.state in ("stopped", "failed")):
        return False
    with _one_at_a_time():
        if begun := _begin(task, started_by=by):
            _record(task, "import_continued", by)
        return begun


def publishes(task: ImportTask) -> bool:
    """Whether saving `task` makes pages or changes public."""
    return task.publish or task.results.filter(seen_changes.TICKED).exists()


@transaction.atomic
def stop(task: ImportTask, *, by: str) -> None:
    """End of a running task: what it is writing at this moment is undone, what it wrote before stays."""
    audit.lock_log()
    if ImportTask.objects.filter(pk=task.pk, state="running").update(state="stopped", worker=""):
        _record(task, "import_stopped", by)


def purge() -> None:
    """Retention: uploads are forgotten after UPLOAD_KEPT, reports after REPORT_KEPT."""
    now = timezone.now()
    old = ImportTask.objects.exclude(state="running", heartbeat__gt=now - UPLOAD_KEPT)
    ImportUpload.objects.filter(task__in=old.filter(uploaded_at__lt=now - UPLOAD_KEPT)).delete()
    old.filter(uploaded_at__lt=now - REPORT_KEPT).delete()


def _begin(task: ImportTask, **columns: Any) -> bool:
    """Puts `task` into the queue with a new worker token, unless somebody was faster or its upload is gone."""
    if not ImportUpload.objects.filter(task=task).exists():
        return False
    # Compare and set: of two people who read the same token one finds it replaced.
    as_read = ImportTask.objects.filter(pk=task.pk, state=task.state, worker=task.worker)
    columns |= {"state": "running", "worker": _new_token(), "heartbeat": timezone.now(), "error": ""}
    if not as_read.update(**columns):
        return False
    task.refresh_from_db()
    transaction.on_commit(lambda: start(task))
    return True


def _record(task: ImportTask, action: str, by: str, detail: str = "") -> None:
    """Audit entry of what a person did with an import; what it does to pages is recorded as it does it."""
    audit.record(by, action, f"{task.name} ({task.pk})", detail)


def _new_token() -> str:
    return uuid.uuid4().hex


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Within it the database's refusal of a second running task becomes Busy."""
    try:
        with transaction.atomic():
            audit.lock_log()
            yield
    except IntegrityError:
        running = ImportTask.objects.filter(state="running").first()
        if running is None:
            raise
        raise Busy(running) from None


def start(task: ImportTask) -> None:
    """Start of the import worker of `task`, a process that outlives the worker of the web server that starts it."""
    command = [sys.executable, "manage.py", "run_import", str(task.pk), task.worker]
    try:
        process = subprocess.Popen(  # noqa: S603 - our own words
            command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        task.fail(f"No process could be started: {error.strerror}.")
        return
    # Somebody waits for its end, so that no zombie stays in the list of processes.
    threading.Thread(target=process.wait, name="import", daemon=True).start()
