"""Key file: a new private key for checkpoints, in a file for its owner's eyes only."""

import os
from pathlib import Path

from drugs.audit.signed_notes import Signer


def write(path: Path, name: str) -> None:
    """A new key called `name` in the file at `path`, which must not be there yet. Raises OSError, NoteError."""
    text = str(Signer.new(name))
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="ascii") as file:
        file.write(f"{text}\n")
        file.flush()
        os.fsync(descriptor)
