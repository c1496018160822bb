"""Imports that people start in the admin: uploaded, checked, saved, stopped and continued, one at a time.

A task is a row, and only the process that knows the row's `worker` word goes on with it (import_runs.py).
"""

import contextlib
import subprocess
import sys
import threading
import uuid
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from drugs.models import ImportTask, ImportUpload

UPLOAD_BYTES = 64 * 1024**2  # of a file; it is held in memory and in one row of the database
UPLOAD_KEPT = timedelta(days=7)
REPORT_KEPT = timedelta(days=90)


class Busy(Exception):
    """Another import is at work; `task` is that one."""

    def __init__(self, task):
        super().__init__(f"{task} is being imported now.")
        self.task = task


def create(name, data, *, by):
    """A task that checks the upload `data`, started once this transaction is through. Raises Busy."""
    purge()
    with _detached():
        task = ImportTask.objects.create(name=name, size=len(data), started_by=by, worker=_worker_token())
        ImportUpload.objects.create(task=task, data=data)
    transaction.on_commit(lambda: start(task))
    return task


def save(task, *, by, publish=False, overwrite=False):
    """Saves what was checked. Returns whether there was anything to save. Raises Busy."""
    if task.state != "checked":
        return False
    with _detached():
        options = {"publish": publish, "overwrite": overwrite, "started_by": by}
        if begun := _begin(task, saving=True, total=None, handled=0, **options):
            task.results.all().delete()
        return begun


def resume(task):
    """Continues behind its last page what was interrupted, stopped or failed. Returns whether it does. Raises Busy."""
    if not (task.interrupted or task.state in ("stopped", "failed")):
        return False
    with _detached():
        return _begin(task)


def stop(task):
    """Ends a running task; what it is writing at this moment is undone, what it wrote before stays."""
    ImportTask.objects.filter(pk=task.pk, state="running").update(state="stopped", worker="")


def purge():
    """Forgets uploads after a week and reports after three months."""
    now = timezone.now()
    old = ImportTask.objects.exclude(state="running", heartbeat__gt=now - UPLOAD_KEPT)
    ImportUpload.objects.filter(task__in=old.filter(uploaded_at__lt=now - UPLOAD_KEPT)).delete()
    old.filter(uploaded_at__lt=now - REPORT_KEPT).delete()


def _begin(task, **values):
    """Makes `task` run anew with a word of its own, unless somebody was faster or its upload is gone."""
    if not ImportUpload.objects.filter(task=task).exists():
        return False
    as_read = ImportTask.objects.filter(pk=task.pk, state=task.state, worker=task.worker)
    new = {"state": "running", "worker": _worker_token(), "heartbeat": timezone.now(), "error": "", **values}
    if not as_read.update(**new):
        return False
    task.refresh_from_db()
    transaction.on_commit(lambda: start(task))
    return True


def _worker_token():
    return uuid.uuid4().hex


@contextlib.contextmanager
def _detached():
    """Turns the database's refusal of a second running task into Busy."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        running = ImportTask.objects.filter(state="running").first()
        if running is None:
            raise
        raise Busy(running) from None


def start(task):
    """Starts the process that does the work. It outlives the worker of the server that started it."""
    command = [sys.executable, "manage.py", "run_import", str(task.pk), task.worker]
    try:
        process = subprocess.Popen(  # noqa: S603 - our own words
            command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        task.fail(f"No process could be started: {error.strerror}.")
        return
    # Asked for its end, so that it does not stay in the list of processes.
    threading.Thread(target=process.wait, name="import", daemon=True).start()
