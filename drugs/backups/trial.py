"""Trial of a backup: it is restored aside, into a database of its own, and proved there; the site is not touched."""

import os
import secrets
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from drugs.backups import signatures
from drugs.backups.files import BackupError

SECONDS = 3 * 60 * 60  # longer than any trial takes


def newest_backup(folders: list[Path]) -> Path | None:
    """The backup in `folders` that was written last; None if there is none. A folder that is not there has none.

    Raises BackupError for a folder that this user may not look into.
    """
    found: list[Path] = []
    try:
        for folder in folders:
            with suppress(FileNotFoundError):
                found += (path for path in folder.iterdir() if path.suffix == ".gz")
        return max(found, key=lambda path: path.stat().st_mtime, default=None)
    except OSError as error:
        raise BackupError(
            f"{error.filename} cannot be read: {error.strerror}. It has to be where the site's own user may look."
        ) from None


def restore_aside(path: Path, identity: Path | None = None) -> str:
    """What the restore of the backup at `path` and the proof of it say, in sentences.

    Each step is a process with a folder of its own in the data folder, SQLite there, and none of the site's settings;
    the folder is gone at the end. The signature is asked for where the site has a key. Raises BackupError.
    """
    keys = signatures.known_keys()
    trust = [option for key in keys for option in ("--key", str(key))] or ["--unsigned"]
    trust += ["--identity", str(identity.resolve())] if identity else []
    with tempfile.TemporaryDirectory(prefix="trial-", dir=settings.DATA_DIR) as folder:
        kept = {name: text for name, text in os.environ.items() if not name.startswith("MEDINFO_")}
        environment = {
            **kept,
            "MEDINFO_DATA_DIR": folder,
            "MEDINFO_SECRET_KEY": secrets.token_urlsafe(50),
            "MEDINFO_BASE_URL": settings.BASE_URL,  # by whose host checkpoints are named
        }
        _run(environment, "migrate", "-v0")
        said = [_run(environment, "restore", str(path.resolve()), *trust), _run(environment, "verify")]
    return "\n".join(said)


def _run(environment, *arguments):
    command = [sys.executable, str(Path(settings.BASE_DIR, "manage.py")), *arguments]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=SECONDS)  # noqa: S603 - our own words
    except subprocess.TimeoutExpired:
        raise BackupError(f"{arguments[0]} did not end within {SECONDS // 3600} hours.") from None
    if done.returncode:
        said = done.stderr.strip() or done.stdout.strip()
        raise BackupError(
            said.rpartition("CommandError: ")[2]
        )  # before it stand warnings about settings of the trial
    return done.stdout.strip()
