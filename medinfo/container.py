"""What the image does: `python -m medinfo.container serve`, and beside it `due`, `back` and `health`.

serve   a key once; tables of this version, migrated only behind a backup that is proved to hold all there is; pages
        once; then the server, and when it is to end another such backup, for the version that may come next
due     what is due, every two minutes; each night a backup, each week what nobody needs any more goes
back    undoes the migrations that the version before does not know: then start that one again
health  whether the site answers

Everything is written into the data folder, /data, and nowhere else.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError

from medinfo.environment import read_env_file
from medinfo.start import ROOT, migrations_are_due, write_checkpoint_key, write_file_once
from medinfo.terminal_errors import friendly_errors

KEY_FILE = """\
# Written by the first start. Real variables, such as those of compose.yaml, win over it.
MEDINFO_SECRET_KEY={key}
"""
WAIT_SECONDS = 60  # for a database that is started at the same time
NIGHT, WEEK = 24 * 60 * 60, 7 * 24 * 60 * 60
LAST = "last.gz"  # what the version that served last has left
NOT_PROVED = (
    "The tables are those of an older version, and nothing was changed, because {why}. Start the version that ran "
    "before once more and stop it (docker compose stop site): it leaves a backup in {folder}. Then start this one "
    "again."
)


def main(arguments: list[str]) -> None:
    """Command line: `serve`, `due`, `back`, `health`, or `manage` with a command of the site and what it takes."""
    command = arguments[0] if arguments else "serve"
    data = Path(os.environ.setdefault("MEDINFO_DATA_DIR", "/data"))
    if command == "health":
        sys.exit(not _answers(data))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medinfo.settings")
    write_file_once(data / "env", KEY_FILE)
    if command == "manage":
        os.execv(sys.executable, [sys.executable, str(ROOT / "manage.py"), *arguments[1:]])  # noqa: S606 - an operator's
    import django

    django.setup()
    commands = {"serve": _serve, "due": _due, "back": _back}
    if command not in commands:
        sys.exit(f"{command} is none of serve, due, back, health and manage.")
    try:
        commands[command](_folder(data))
    except CommandError as error:
        sys.exit(str(error))


def _folder(data):
    folder = data / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _manage(*arguments):
    """A command of the site in a process of its own; whether it ended well."""
    return subprocess.run([sys.executable, str(ROOT / "manage.py"), *map(str, arguments)]).returncode == 0  # noqa: S603


# Serving


class Stopped(BaseException):
    """Request to end, which came as a signal."""


def _serve(folder):
    from django.core.management import call_command
    from django.db import connections

    _wait_for_database()
    prepare(folder)
    # Not in a process of its own: that takes seconds to start, in which nobody is answered.
    call_command("check", deploy=True, databases=["default"])
    connections.close_all()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "medinfo.wsgi"], cwd=ROOT
    )
    signal.signal(signal.SIGHUP, lambda number, frame: server.send_signal(number))
    backed_up = False
    try:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, _stop)
        status = server.wait()
    except Stopped:
        backed_up = _leave_backup(folder)  # while readers are answered still
        server.terminate()
        status = server.wait()
    _ignore_stops()  # the server may have ended by itself, and the backup is not to be cut off
    if not (backed_up and _nothing_done_since(folder / LAST)):
        _leave_backup(folder)
    sys.exit(status)


def _stop(number, frame):
    _ignore_stops()  # once is enough
    raise Stopped


def _ignore_stops():
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda number, frame: None)


def _leave_backup(folder):
    is_there = _manage("backup", folder / LAST, "--proof")
    if not is_there:
        sys.stderr.write("No backup was left: an upgrade will ask for one.\n")
    return is_there


def _nothing_done_since(path):
    from django.db import DatabaseError, connection

    with suppress(DatabaseError):
        return _is_newest_act(connection, path.name)
    return False


def prepare(folder: Path) -> None:
    """Tables, key and first pages, each only where it is due; `folder` has the backups. Raises ImproperlyConfigured."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from drugs.backups import proofs
    from drugs.models import Monograph

    if migrations_are_due():
        if "drugs_auditentry" in connection.introspection.table_names():
            if why := why_not_proved(folder / LAST):
                raise ImproperlyConfigured(NOT_PROVED.format(why=why, folder=folder))
            stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%SZ")
            before = folder / f"before-upgrade-{stamp}.gz"
            os.link(folder / LAST, before)
            with suppress(FileNotFoundError):
                os.link(proofs.beside(folder / LAST), proofs.beside(before))
        call_command("migrate", verbosity=0)
        call_command("rebuild_index", verbosity=0)
    write_checkpoint_key(settings)
    if settings.IMPORT and not Monograph.objects.exists():
        call_command("import_monographs", settings.IMPORT, publish=True)


def why_not_proved(path: Path) -> str:
    """Why the backup at `path` does not prove to hold all that the database does; empty if it does.

    Asked without the models, since the tables are those of another version: no act is newer than the one that this
    very backup was written, under the migrations that its header names; of an encrypted one, those beside it.
    """
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    from drugs.backups import BackupError, proofs

    try:
        backed_up = proofs.migrations(path)
    except BackupError as error:
        return f"there is no sound backup of all that is there ({error})"
    applied = MigrationRecorder(connection).applied_migrations()
    if backed_up != _names(applied, backed_up) or not _is_newest_act(connection, path.name):
        return f"something was done since the backup {path} was written"
    return ""


def _names(migrations, like):
    """The names of `migrations` of those apps that `like` has any of: those whose tables are in a backup."""
    apps = {name.partition(".")[0] for name in like}
    return {f"{app}.{name}" for app, name in migrations if app in apps}


def _is_newest_act(connection, name):
    """Whether nothing was done since the backup `name`; keys and other backups change nothing that a backup holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT action, object FROM drugs_auditentry WHERE action <> 'checkpoint_key' "
            "AND (action <> 'backed_up' OR object = %s) ORDER BY number DESC LIMIT 1",
            [name],
        )
        return cursor.fetchone() == ("backed_up", name)


def _wait_for_database():
    from django.db import OperationalError, connection

    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            return connection.ensure_connection()
        except OperationalError as error:
            if time.monotonic() > until:
                raise ImproperlyConfigured(f"The database does not answer: {error}") from None
            time.sleep(1)


# Beside the server


def _due(folder):
    while True:
        if not migrations_are_due():  # until the server has done that
            _manage("run_due")
            if _is_older(folder, "medinfo-*.gz", NIGHT):
                environment = {**os.environ, "MEDINFO_PYTHON": sys.executable}
                subprocess.run([str(ROOT / "deploy" / "nightly-backup"), str(folder), "30"], env=environment)  # noqa: S603
            if _is_older(folder, "purged", WEEK):
                all(_manage(command) for command in ("clearsessions", "purge_reports", "verify"))
                (folder / "purged").touch()
        time.sleep(120)


def _is_older(folder, pattern, seconds):
    newest = max((path.stat().st_mtime for path in folder.glob(pattern)), default=0)
    return time.time() - newest > seconds


def _back(folder):
    """Undoes what the newest backup from before an upgrade does not name: the version before has written that."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    from drugs.backups import BackupError, proofs

    found = sorted(folder.glob("before-upgrade-*.gz"))
    if not found:
        sys.exit(f"There was no upgrade: {folder} has no backup from before one.")
    _manage("backup", folder / "before-going-back.gz")
    try:
        known = proofs.migrations(found[-1])
    except BackupError as error:
        sys.exit(str(error))
    unknown = _names(MigrationRecorder(connection).applied_migrations(), known) - known
    for app in sorted({name.partition(".")[0] for name in unknown}):
        last = max(name for name in known if name.startswith(f"{app}."))
        call_command("migrate", app, last.partition(".")[2], verbosity=0)
    sys.stdout.write(
        "Its tables are those of the version before. Start that one now, and call `rebuild_index` in it.\n"
    )


def _answers(data):
    """Whether /readyz/ says yes under a name of the site."""
    variables = {**read_env_file(data / "env"), **os.environ}
    host = variables.get("MEDINFO_HOSTS", "localhost").split(",")[0].strip()
    port = variables.get("MEDINFO_BIND", "0.0.0.0:8000").rpartition(":")[2]
    with suppress(OSError, ValueError):
        connection = HTTPConnection("127.0.0.1", int(port), timeout=5)
        connection.request("GET", "/readyz/", headers={"Host": host})
        return connection.getresponse().status == 200
    return False


if __name__ == "__main__":
    with friendly_errors():
        main(sys.argv[1:])
