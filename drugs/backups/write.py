"""Backup of the database as it is at one moment into a file, while the site runs."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from drugs import audit
from drugs.audit import checkpoints
from drugs.backups import encryption, files, signatures, tables
from drugs.backups.integrity import CHAINS, first_fault
from drugs.backups.snapshot import snapshot
from drugs.models import Checkpoint
from drugs.web.metrics import LAST_BACKUP

ATTEMPTS = 6  # at a database in which others write, each of ten seconds


def write(path: str | Path, progress: Callable[[int], object] = lambda count: None) -> dict[str, Any]:
    """Backup to the file `path`, and its header. An earlier file of that name stays until this one is whole.

    It is an act, is signed with the site's key, and encrypted where the settings name a recipient. `progress` is
    told of every few rows. Raises BackupError if the database is not whole or that of another version, or if the
    file cannot be written.
    """
    path = Path(path)
    sign, to = signatures.sign_with_site_key(), encryption.recipient()
    _refuse_other_tables()
    _record(path.name)
    try:
        with snapshot(), files.written(path, sign, lambda part: _sealed(part, to)) as writer:
            _refuse_unsound()
            header = _header()
            writer.line(header)
            for model in tables.carried():
                table = tables.Table(model)
                for row in table.rows():
                    writer.line([table.label, row])
                    progress(1)
    except OSError as error:
        raise files.BackupError(f"{path} cannot be written: {error.strerror}.") from None
    Path(settings.DATA_DIR, LAST_BACKUP).touch(mode=0o600)  # its time is what /metrics and doctor look at
    return header


def _record(name):
    """The act, and a checkpoint that covers it. Where many write at once, nobody is next in line: it tries again."""
    for attempts_left in reversed(range(ATTEMPTS)):
        try:
            with transaction.atomic():
                audit.record("backup", "backed_up", name)
                checkpoints.make(now_due=True)
            return
        except OperationalError:
            if not attempts_left:
                raise


def _sealed(part, to):
    """The file that takes the place of `part`: itself, or what only the recipient `to` can read."""
    if to is None:
        return part
    sealed = part.with_name(f"{part.name}.sealed.part")
    descriptor = os.open(sealed, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with part.open("rb") as source, open(descriptor, "wb") as target:
            encryption.encrypt(source, target, to)
            target.flush()
            os.fsync(target.fileno())
    except BaseException:
        sealed.unlink(missing_ok=True)
        raise
    part.unlink()
    return sealed


def _refuse_other_tables():
    """This version's rows of another one's tables: no version could restore that, or not all would be there."""
    there, ours = set(tables.migrations()), set(tables.own_migrations())
    if newer := sorted(there - ours):
        raise files.BackupError(
            f"No backup was written: the tables were made by a later version ({', '.join(newer[:3])}), and this one "
            "does not know all that they hold. Let that version write it."
        )
    if older := sorted(ours - there):
        raise files.BackupError(
            f"No backup was written: the tables are older than the program ({', '.join(older[:3])}). Let the "
            "version that ran before write it, then run `manage.py migrate`."
        )


def _refuse_unsound():
    """A copy of a damaged database must not take the place of an older, sound one."""
    if fault := first_fault(CHAINS):
        raise files.BackupError(f"No backup was written, because the database is not whole. {fault}")


def _header():
    tables_by_label = {model._meta.label_lower: tables.Table(model) for model in tables.carried()}
    checkpoint = Checkpoint.objects.last()
    return {
        "kind": files.KIND,
        "format": files.FORMAT,
        "written_at": timezone.now().isoformat(timespec="seconds"),
        "checkpoint": checkpoint.note if checkpoint else "",
        "database": connection.vendor,
        "migrations": tables.migrations(),
        "columns": {label: table.columns for label, table in tables_by_label.items()},
        "rows": {label: table.model._base_manager.count() for label, table in tables_by_label.items()},
    }
