"""Deployment checks of the machine around the site, for `manage.py check --deploy --database default`.

None of this stops `migrate` or any other command: a site that has a fault must still be mendable.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import caches
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from drugs.accounts import roles
from drugs.models import Edition, SiteText, Stamp
from drugs.web import site_texts

ROOM = 500 * 2**20  # bytes that have to be free on the disk
NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "fuse.sshfs")
MOUNTS = Path("/proc/mounts")


def check_operating(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """All deployment checks; a database that does not answer is one finding, not a traceback."""
    if not databases:  # a check of settings alone, perhaps on another machine
        return []
    findings: list[CheckMessage] = [*_settings(), *_folder(), *_static_files(), *_shared_cache()]
    for alias in databases:
        connection = connections[alias]
        try:
            connection.ensure_connection()
            findings += _sqlite(connection) if connection.vendor == "sqlite" else _postgresql(connection)
            findings += _tables(connection)
        except DatabaseError as error:
            hint = "Start it, or look at MEDINFO_DATABASE_URL and at who may read the data folder."
            findings.append(Error(f"The database does not answer: {error}", hint=hint, id="drugs.E010"))
    return findings


def register_checks() -> None:
    """Registration for `check --deploy --database` alone."""
    register(check_operating, Tags.database, deploy=True)


def _settings() -> Iterator[CheckMessage]:
    for name in settings.UNREAD_SETTINGS:
        hint = "MEDINFO_DATA_DIR and MEDINFO_BIND are variables of the service; see medinfo/settings.py."
        what = f"{name} in {Path(settings.DATA_DIR, 'env')} is read by nothing."
        yield Warning(what, hint=hint, id="drugs.W024")


def _folder() -> Iterator[CheckMessage]:
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
    if not hasattr(staticfiles_storage, "manifest_name"):
        return
    collected, _ = staticfiles_storage.load_manifest()  # as it lies there now
    shipped = {path for finder in get_finders() for path, _ in finder.list([])}
    hint = "Run `manage.py collectstatic --noinput`, and again after each upgrade."
    if not collected:
        yield Error("The static files were not collected; every page would fail.", hint=hint, id="drugs.E012")
    elif missing := sorted(shipped - set(collected)):
        what = f"The static files are those of another version ({missing[0]} is missing); pages would fail."
        yield Error(what, hint=hint, id="drugs.E012")


def _shared_cache():
    if not settings.CACHE_IS_SHARED:
        return
    try:
        caches["default"].reach()
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
    if unknown := sorted(set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)):
        app, name = unknown[0]
        hint = "Install that version again; docs/operating.md says how to go back from there."
        what = f"The tables are newer than the program ({app}.{name}): they were made by a later version."
        yield Error(what, hint=hint, id="drugs.E018")
        return
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        names = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _ in plan[:3])
        hint = "Make a backup with the version that ran before, then run `manage.py migrate`."
        yield Error(f"The tables are older than the program ({names}).", hint=hint, id="drugs.E017")
        return
    tables = {
        model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed
    }
    if lost := sorted(tables - set(connection.introspection.table_names())):
        hint = "Keep a copy of this database; then restore the newest sound backup into an empty one."
        yield Error(f"Tables are missing: {', '.join(lost)}.", hint=hint, id="drugs.E019")
        return
    yield from _shipped(connection)
    newest = (
        Edition.objects.using(connection.alias).order_by("-id").values_list("published_at", flat=True).first()
    )
    if newest and newest > timezone.now() + timedelta(minutes=5):
        what = f"The newest edition is of {newest:%Y-%m-%d %H:%M}, which this machine thinks is yet to come."
        hint = "Set the clock. Editions keep their order, but dates on pages will be wrong."
        yield Warning(what, hint=hint, id="drugs.W023")


def _shipped(connection):
    """Rows that migrations ship with the tables."""
    shipped = {
        "role": (roles.ROLES, Group.objects.using(connection.alias).values_list("name", flat=True)),
        "site text": (
            site_texts.DEFAULTS,
            SiteText.objects.using(connection.alias).values_list("key", flat=True),
        ),
    }
    missing = [
        f"the {kind} {name}"
        for kind, (names, there) in shipped.items()
        for name in sorted(set(names) - set(there))
    ]
    if not Stamp.objects.using(connection.alias).exists():
        missing.append("the row that publishers hold")
    if missing:
        hint = "Run `manage.py migrate`, which brings them again."
        yield Error(
            f"Something that the site ships is missing: {', '.join(missing)}.", hint=hint, id="drugs.E020"
        )
