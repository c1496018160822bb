"""Start script of `make run`: everything a fresh machine needs, once, and then the server.

Run as `python -m medinfo.start --port 8000`. A second run starts at once and changes nothing.
"""

import argparse
import errno
import os
import secrets
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured

from medinfo.terminal_errors import friendly_errors

ROOT = Path(__file__).resolve().parent.parent
ENV_FILE = """\
# Settings of this checkout, written by the first `make run`. See medinfo/settings.py for all of them.
# On a public server use real variables, a key of your own and MEDINFO_HTTPS=on.
MEDINFO_SECRET_KEY={key}
MEDINFO_HOSTS=localhost,127.0.0.1
MEDINFO_HTTPS=off
MEDINFO_REQUIRE_OTP=off
"""


def main() -> None:
    """Command line of `python -m medinfo.start`."""
    parser = argparse.ArgumentParser(description="Prepares the site if need be, and serves it.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--prepare-only", action="store_true", help="do not serve")
    options = parser.parse_args()
    address = f"http://127.0.0.1:{options.port}"
    if not options.prepare_only:
        _refuse_taken_port(options.port)
    write_env_file(ROOT / os.environ.get("MEDINFO_DATA_DIR", "data") / "env")
    os.environ.setdefault("MEDINFO_BASE_URL", address)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medinfo.settings")
    prepare()
    if options.prepare_only:
        return
    sys.stdout.write(
        f"\nThe site is at {address}/ and its editing desk at {address}/admin/.\n"
        "An administrator is made with:  .venv/bin/python manage.py createsuperuser\n"
        "Ctrl-C stops the server.\n\n"
    )
    sys.stdout.flush()
    # Each of the two workers answers four requests at a time; threads wait for the database, not for each
    # other. On this machine's own address a long request line may reach the site, which answers it plainly.
    server = ["-m", "gunicorn", "medinfo.wsgi", "--bind", f"127.0.0.1:{options.port}", "--workers", "2"]
    server += ["--threads", "4", "--limit-request-line", "0", "--no-control-socket"]
    server += ["--forwarder-headers", ""]  # a header SCRIPT_NAME would be an error of the server
    os.chdir(ROOT)
    _start_run_due()
    os.execv(sys.executable, [sys.executable, *server])  # noqa: S606 - our own words


def write_env_file(path: Path) -> None:
    """Env file with the variables that a first start on one machine needs, for its owner's eyes only; once."""
    write_file_once(path, ENV_FILE)


def write_file_once(path: Path, text: str) -> None:
    """The env file at `path`: `text` with a random key in the place of `{key}`, unless there is one."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.path.isfile(path):
            return
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write(text.format(key=secrets.token_urlsafe(50)))
    except OSError as error:
        sys.exit(
            f"The data folder {path.parent} cannot be used: {error.strerror}. MEDINFO_DATA_DIR names another."
        )


def prepare() -> None:
    """Migrations, static files and the example monographs, each only where it is due."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    from drugs.models import Monograph
    from drugs.system_checks.settings import check_settings

    # Said here in one line; the commands below would show a traceback, and the server asks for no checks.
    for message in check_settings():
        if message.is_serious():
            raise ImproperlyConfigured(f"{message.msg} {message.hint}")
    if migrations_are_due():
        call_command("migrate", verbosity=0)
    if _static_files_are_due(settings):
        call_command("collectstatic", verbosity=0, interactive=False)
    if not Monograph.objects.exists():
        call_command("import_monographs", str(ROOT / "fixtures" / "monographs"), publish=True)
    write_checkpoint_key(settings)


def write_checkpoint_key(settings: LazySettings) -> None:
    """The key that signs checkpoints, for its owner's eyes only; once, and not where a variable brings one."""
    from drugs.audit import checkpoints, key_files

    try:
        if checkpoints.signer() is None:
            key_files.write(settings.CHECKPOINT_KEY_FILE, urlsplit(settings.BASE_URL).netloc)
    except (OSError, ValueError, checkpoints.NoKey) as error:
        raise ImproperlyConfigured(f"The key that signs checkpoints: {error}") from None


def _start_run_due():
    """A process beside the server that does what is due every two minutes, and ends with the server."""
    command = [sys.executable, "manage.py", "run_due", "--every", "120", "--beside", str(os.getpid()), "-v0"]
    subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - our own words


def migrations_are_due() -> bool:
    """Whether the tables are older than the program, or not there."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _static_files_are_due(settings):
    from django.contrib.staticfiles.finders import get_finders

    manifest = Path(settings.STATIC_ROOT, "staticfiles.json")
    if not manifest.exists():
        return True
    files = (Path(storage.path(path)) for finder in get_finders() for path, storage in finder.list([]))
    return max(file.stat().st_mtime for file in files) > manifest.stat().st_mtime


def _refuse_taken_port(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            reason = (
                "is taken"
                if getattr(error, "errno", None) == errno.EADDRINUSE
                else f"cannot be used: {error}"
            )
            sys.exit(f"Port {port} {reason}. Choose another one: make run PORT=8001")


if __name__ == "__main__":
    with friendly_errors():
        main()
