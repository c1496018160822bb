"""Signatures of backups: a signed note on the SHA-256 of the file, with the key that signs checkpoints."""

from collections.abc import Callable, Sequence

from drugs.audit import checkpoints
from drugs.audit.signed_notes import NoteError, Verifier, opened
from drugs.backups.files import BackupError

PURPOSE = "backup"  # the second line of the note, so that it can never pass for a checkpoint


def sign_with_site_key() -> Callable[[str], str]:
    """A function from the SHA-256 of a backup to the note that signs it, empty on a site without a key."""
    try:
        key = checkpoints.signer()
    except checkpoints.NoKey as error:
        raise BackupError(f"No backup was written: {error}") from None
    return lambda digest: key.sign(_text(key.name, digest)) if key else ""


def known_keys(named: Sequence[str] = ()) -> list[Verifier]:
    """The public keys that a backup may be signed with: those `named`, and the site's own. Raises BackupError."""
    try:
        own = checkpoints.signer()
        return [*(Verifier.parse(key) for key in named), *([own.verifier] if own else [])]
    except (NoteError, checkpoints.NoKey) as error:
        raise BackupError(str(error)) from None


def signed_by(digest: str, note: str, keys: Sequence[Verifier]) -> str:
    """The name of the key of `keys` that has signed a backup with this SHA-256. Raises BackupError if none has."""
    if not note:
        raise BackupError("nobody has signed it.")
    try:
        text = opened(note, keys)
    except NoteError as error:
        raise BackupError(str(error)) from None
    name = text.partition("\n")[0]
    if text != _text(name, digest):
        raise BackupError("its signature is of another file.")
    return name


def _text(name: str, digest: str) -> str:
    return f"{name}\n{PURPOSE}\n{digest}\n"
