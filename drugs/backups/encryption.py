"""Encryption of backups with age: for the recipient that MEDINFO_BACKUP_RECIPIENT names, and nobody else."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyrage
from django.conf import settings

from drugs.backups.files import BackupError

BEGINNING = b"age-encryption.org/v1"
SECRET = "AGE-SECRET-KEY-"  # noqa: S105 - how each of them begins


def recipient() -> pyrage.x25519.Recipient | None:
    """The recipient that the settings name; None if backups are not encrypted. Raises BackupError."""
    text = settings.BACKUP_RECIPIENT.strip()
    try:
        return pyrage.x25519.Recipient.from_str(text) if text else None
    except pyrage.RecipientError as error:
        raise BackupError(
            f"MEDINFO_BACKUP_RECIPIENT is no recipient of age such as age1...: {error}."
        ) from None


def encrypt(source: IO[bytes], target: IO[bytes], to: pyrage.x25519.Recipient) -> None:
    """What `source` holds written to `target` so that only `to` can read it, a few kilobytes at a time."""
    pyrage.encrypt_io(source, target, [to])


def is_sealed(path: Path) -> bool:
    """Whether the backup at `path` is encrypted. Raises BackupError."""
    try:
        with path.open("rb") as file:
            return file.read(len(BEGINNING)) == BEGINNING
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}.") from None


@contextmanager
def decrypted(path: Path, identity: Path | None) -> Iterator[Path]:
    """The backup at `path` as a file that can be read: itself, or what `identity`, a key file of age, makes of it.

    What was decrypted lies in the data folder, for its owner's eyes only, and is gone at the end. Raises BackupError.
    """
    if not is_sealed(path):
        yield path
        return
    if identity is None:
        raise BackupError(
            f"{path} is encrypted. Name the file with the secret key of its recipient: --identity."
        )
    keys = _identities(identity)
    folder = Path(tempfile.mkdtemp(prefix="restore-", dir=settings.DATA_DIR))
    try:
        _decrypt(path, folder / path.name, keys)
        yield folder / path.name
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _decrypt(path, target, keys):
    try:
        with path.open("rb") as source, target.open("wb") as opened:
            pyrage.decrypt_io(source, opened, keys)
    except pyrage.DecryptError:
        raise BackupError(
            f"{path} is encrypted for somebody else: this secret key does not open it."
        ) from None
    except OSError as error:
        why = error.strerror or "it is damaged or cut off. Take another backup"
        raise BackupError(f"{path} cannot be decrypted: {why}.") from None


def _identities(path):
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        keys = [pyrage.x25519.Identity.from_str(line.strip()) for line in lines if line.startswith(SECRET)]
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}.") from None
    except pyrage.IdentityError:
        raise BackupError(f"{path} holds a secret key that cannot be read.") from None
    if not keys:
        raise BackupError(f"{path} holds no secret key of age (a line that begins with {SECRET}).")
    return keys
