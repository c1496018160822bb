"""Integrity check: a proof that the database holds what was published, and continues what was signed."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from tqdm import tqdm

from drugs.audit import checkpoints
from drugs.audit.log_files import LogProof
from drugs.audit.signed_notes import NoteError, Verifier
from drugs.backups import taking_over
from drugs.backups.faults import Fault
from drugs.backups.integrity import verify
from drugs.models import Edition, Publication

NOTE_BYTES = 1_000_000  # of a file or an answer with checkpoints
SECONDS = 20  # in which a server has to answer
KEEP = "Keep the database and what you hold against it; then restore the newest backup that continues it."


class Command(BaseCommand):
    help = (
        "Proves every hash, the chain of editions, the pages, the index and the triggers, and that acts and database "
        "agree. Writes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--checkpoint",
            action="append",
            default=[],
            metavar="FILE|URL",
            help="prove besides that the record of acts continues the checkpoints there",
        )
        parser.add_argument(
            "--log",
            action="append",
            default=[],
            type=Path,
            metavar="FILE",
            help="prove besides that it holds every act and checkpoint of that log",
        )
        parser.add_argument(
            "--key",
            action="append",
            default=[],
            metavar="NAME+HASH+KEY",
            help="a public key that checkpoints may be signed with, beside the site's own",
        )
        parser.add_argument(
            "--take-over",
            metavar="REASON",
            help="have the record of acts say that what was done past the site is to stand, and why",
        )

    def handle(
        self, *, checkpoint: list[str], log: list[Path], key: list[str], take_over: str | None, **options: Any
    ) -> None:
        verifiers = _verifiers(key) if checkpoint or log else []
        try:
            if take_over is not None:
                self._take_over(take_over)
            with tqdm(disable=None, unit=" rows", file=self.stderr._out) as bar:
                faults = self._tell(verify(progress=bar.update))
            for source in checkpoint:
                faults += self._tell(_continues(source, verifiers))
            for path in log:
                faults += self._tell(self._holds(path, verifiers))
            editions, pages = Edition.objects.count(), Publication.objects.count()
        except DatabaseError as error:
            raise CommandError(f"The database cannot be read: {error}.") from None
        if faults:
            raise CommandError(f"{faults} faults found.")
        self.stdout.write(f"{editions} editions of {pages} pages: all is as it was written.")

    def _tell(self, faults: Iterable[Fault]) -> int:
        """Each fault in a line of its own: how many there are, warnings left out."""
        count = 0
        for fault in faults:
            count += not fault.warning
            style = self.style.WARNING if fault.warning else self.style.ERROR
            self.stderr.write(style(f"Warning: {fault}" if fault.warning else str(fault)))
        return count

    def _holds(self, path, verifiers):
        proof = LogProof(verifiers)
        try:
            with path.open(encoding="utf-8", errors="replace") as lines:
                yield from (Fault(sentence, KEEP) for sentence in proof.objections(lines))
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
        if not proof.acts and not proof.notes:
            raise CommandError(f"{path} has no line of an act or a checkpoint, so it proves nothing.")
        if gaps := proof.missing():
            remedy = "Were they done where this log does not reach? If nobody did them, they are forged."
            yield Fault(gaps, remedy, warning=True)
        self.stdout.write(f"{path}: {proof.acts} acts and {proof.notes} checkpoints were looked for.")

    def _take_over(self, reason):
        try:
            entry = taking_over.take_over(reason)
        except taking_over.Refused as error:
            raise CommandError(str(error)) from None
        self.stderr.write(f"Entry {entry.number} of the record of acts says so, for ever: {entry.remark}")


def _verifiers(keys: Iterable[str]) -> list[Verifier]:
    """The public keys that are named, and the site's own."""
    try:
        named = [Verifier.parse(key) for key in keys]
        own = checkpoints.signer()
    except (NoteError, checkpoints.NoKey) as error:
        raise CommandError(str(error)) from None
    found = [*named, *([own.verifier] if own else [])]
    if not found:
        raise CommandError(
            "No public key is known here: name the one that signs the site's checkpoints (--key)."
        )
    return found


def _continues(source: str, verifiers: list[Verifier]) -> Iterator[Fault]:
    notes = checkpoints.notes_in(_text(source))
    if not notes:
        raise CommandError(f"{source} holds no checkpoint.")
    yield from (Fault(sentence, KEEP) for sentence in checkpoints.objections(notes, verifiers))


def _text(source: str) -> str:
    """What stands in the file or at the address `source`."""
    try:
        if source.startswith(("https://", "http://")):
            with urlopen(source, timeout=SECONDS) as answer:  # noqa: S310 - no other scheme comes here
                data = answer.read(NOTE_BYTES + 1)
        else:
            with open(source, "rb") as file:
                data = file.read(NOTE_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.reason if isinstance(error, URLError) else getattr(error, "strerror", None) or error
        raise CommandError(f"{source} cannot be read: {reason}.") from None
    if len(data) > NOTE_BYTES:
        raise CommandError(f"{source} is too large to be a checkpoint.")
    return data.decode("utf-8", "replace")
