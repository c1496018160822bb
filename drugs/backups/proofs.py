"""What stands beside a backup for whoever cannot read it, since it is encrypted: its hash, and what its tables were."""

import hashlib
import json
from collections.abc import Collection
from pathlib import Path

from drugs.backups import encryption, files

DAMAGED = "{path} is not the file of which {proof} tells. Take another backup."
MISSING = "{path} is encrypted, and {proof} does not tell of it. Take another backup."


def keep(path: Path, migrations: Collection[str]) -> None:
    """Writes the proof of the backup at `path`, which was read through before it was encrypted."""
    kept = {"sha256": _hash(path), "migrations": sorted(migrations)}
    part = path.with_name(f"{path.name}.proof.part")
    part.write_text(json.dumps(kept), encoding="utf-8")
    part.replace(beside(path))  # never in place: an older one may go on under a second name


def beside(path: Path) -> Path:
    """Where the proof of the backup at `path` stands."""
    return path.with_name(f"{path.name}.proof")


def migrations(path: Path) -> set[str]:
    """The migrations behind the backup at `path`, once all of it was found to be there. Raises BackupError."""
    if not encryption.is_sealed(path):
        return set(files.read_through(path).header["migrations"])
    proof = beside(path)
    try:
        kept = json.loads(proof.read_text(encoding="utf-8"))
        proved, named = kept["sha256"], set(kept["migrations"])
    except (OSError, ValueError, KeyError, TypeError):
        raise files.BackupError(MISSING.format(path=path, proof=proof.name)) from None
    if proved != _hash(path):
        raise files.BackupError(DAMAGED.format(path=path, proof=proof.name))
    return named


def _hash(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
