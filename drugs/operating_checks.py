"""What can be wrong with the machine around the site? Asked by `manage.py check --deploy --database default`.

None of this stops `migrate` or any other command: a site that has a fault must still be mendable.
"""

import os
import shutil
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.core.checks import Error, Warning
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from drugs.models import Edition

ROOM = 500 * 2**20
NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "fuse.sshfs")
MOUNTS = Path("/proc/mounts")


def check_operating(databases=None, **kwargs):
    """All of them; a database that does not answer is one finding, not a traceback."""
    if not databases:  # a check of settings alone, perhaps on another machine
        return []
    found = [*_folder(), *_static_files(), *_shared_cache()]
    for alias in databases:
        connection = connections[alias]
        try:
            connection.ensure_connection()
            found += _sqlite(connection) if connection.vendor == "sqlite" else _postgresql(connection)
            found += _tables(connection)
        except DatabaseError as error:
            hint = "Start it, or look at MEDINFO_DATABASE_URL and at who may read the data folder."
            found.append(Error(f"The database does not answer: {error}", hint=hint, id="drugs.E010"))
    return found


def _folder():
    folder = Path(settings.DATA_DIR)
    if not os.access(folder, os.W_OK | os.X_OK):
        hint = "Make it, or give it to the user who runs the site: MEDINFO_DATA_DIR names it."
        yield Error(
            f"The data folder {folder} is not there or cannot be written.", hint=hint, id="drugs.E011"
        )
    elif (free := shutil.disk_usage(folder).free) < ROOM:
        hint = "Make room: a database on a full disk takes no more changes."
        yield Warning(f"Only {free // 2**20} MB are free in {folder}.", hint=hint, id="drugs.W021")


def _static_files():
    manifest = getattr(staticfiles_storage, "manifest_name", None)
    if manifest and not Path(settings.STATIC_ROOT, manifest).exists():
        hint = "Run `manage.py collectstatic --noinput`, and again after each upgrade."
        yield Error("The static files were not collected; every page would fail.", hint=hint, id="drugs.E012")


def _shared_cache():
    try:
        cache.get("drugs.check")
    except Exception as error:  # whatever a client of a cache may raise
        hint = "Start it, or look at MEDINFO_CACHE_URL. Until then pages are slower, not wrong."
        yield Warning(f"The cache does not answer: {error}", hint=hint, id="drugs.W022")


def _sqlite(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM pragma_compile_options WHERE compile_options = 'ENABLE_FTS5'")
        if not cursor.fetchone()[0]:
            hint = "Use a Python whose SQLite has it, as Debian's has, or PostgreSQL."
            yield Error("This SQLite cannot search in texts (FTS5 is missing).", hint=hint, id="drugs.E013")
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
    file = Path(connection.settings_dict["NAME"]).resolve()
    kind = _file_system(file)
    if kind in NETWORK or mode not in ("wal", "memory"):
        hint = "Put the data folder on a disk of this machine, or use PostgreSQL."
        what = f"lies on a network ({kind})" if kind in NETWORK else f"has the journal mode {mode}, not wal"
        yield Error(f"The database {file} {what}; changes can be lost.", hint=hint, id="drugs.E014")
    if file.exists() and not os.access(file, os.W_OK):
        hint = "Give the file, and those beside it that end in -wal and -shm, to the user who runs the site."
        yield Error(f"The database {file} cannot be written.", hint=hint, id="drugs.E015")


def _file_system(path):
    """The kind of file system that `path` lies on, as Linux calls it; empty where that cannot be known."""
    try:
        mounts = [line.split()[1:3] for line in MOUNTS.read_text().splitlines()]
    except OSError:
        return ""
    above = [(place, kind) for place, kind in mounts if path.is_relative_to(place)]
    return max(above, key=lambda mount: len(mount[0]), default=("", ""))[1]


def _postgresql(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_encoding'), current_setting('transaction_read_only')")
        encoding, read_only = cursor.fetchone()
    if encoding != "UTF8":
        hint = "Make a database with ENCODING 'UTF8', and restore a backup there."
        yield Error(f"The database keeps text as {encoding}, not UTF8.", hint=hint, id="drugs.E016")
    if read_only == "on":
        hint = "Name the primary server in MEDINFO_DATABASE_URL, not a replica."
        yield Error("The database can only be read.", hint=hint, id="drugs.E015")


def _tables(connection):
    executor = MigrationExecutor(connection)
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        names = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _ in plan[:3])
        hint = "Make a backup with the version that ran before, then run `manage.py migrate`."
        yield Error(f"The tables are older than the program ({names}).", hint=hint, id="drugs.E017")
        return
    newest = (
        Edition.objects.using(connection.alias).order_by("-id").values_list("published_at", flat=True).first()
    )
    if newest and newest > timezone.now() + timedelta(minutes=5):
        what = f"The newest edition is of {newest:%Y-%m-%d %H:%M}, which this machine thinks is yet to come."
        hint = "Set the clock. Editions keep their order, but dates on pages will be wrong."
        yield Warning(what, hint=hint, id="drugs.W023")
