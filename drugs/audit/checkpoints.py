"""Checkpoints: signed notes on the head of the audit log, so that whoever kept one can tell a rewritten history.

The text of a note has four lines, in the order of a checkpoint of a transparency log (C2SP tlog-checkpoint): the
origin, which is the name of the key; how many acts there are; the record of the newest, in base64; and the time. The
log is a chain of hashes and no tree: whoever proves that it goes on reads all of it.
"""

import base64
import binascii
import datetime
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from drugs.audit import log
from drugs.audit.signed_notes import MARK, NoteError, Signer, Verifier, opened
from drugs.models import AuditEntry, Checkpoint

logger = logging.getLogger("drugs.audit")

EVERY = datetime.timedelta(hours=1)
WITHOUT_KEY = (
    "There is no key, so nobody outside can tell whether history was rewritten: `manage.py make_checkpoint_key` "
    "makes one."
)
TIME = "time "  # before the time of the last line


class NoKey(Exception):
    """There is no key to sign with, or none that can be used: why, in a sentence for the operator."""


@dataclass(frozen=True)
class Head:
    """What a checkpoint says: of the act `number` and its `record`, signed under the name `origin` at `time`."""

    origin: str
    number: int
    record: str
    time: str

    def __str__(self) -> str:
        encoded = base64.b64encode(bytes.fromhex(self.record)).decode()
        return f"{self.origin}\n{self.number}\n{encoded}\n{TIME}{self.time}\n"

    @classmethod
    def parse(cls, text: str) -> "Head":
        """What the text of a note says. Raises NoteError."""
        lines = text.splitlines()
        try:
            origin, number, encoded, time = lines[:4]
            record = base64.b64decode(encoded, validate=True).hex()
            if not (number.isascii() and number.isdigit() and len(number) < 11 and len(record) == 64):
                raise ValueError
        except (ValueError, binascii.Error):
            raise NoteError("This is no checkpoint: origin, number, record and time are missing.") from None
        return cls(origin, int(number), record, time.removeprefix(TIME))


def signer() -> Signer | None:
    """The key of this site, from MEDINFO_CHECKPOINT_KEY or the key file; None if there is none. Raises NoKey."""
    text = settings.CHECKPOINT_KEY
    try:
        if not text:
            path = Path(settings.CHECKPOINT_KEY_FILE)
            if not path.exists():
                return None
            if path.stat().st_mode & 0o077:
                raise NoKey(f"{path} can be read by others: chmod 600 {path}")
            text = path.read_text(encoding="ascii")
        return Signer.parse(text)
    except OSError as error:
        raise NoKey(
            f"The key file {settings.CHECKPOINT_KEY_FILE} cannot be read: {error.strerror}."
        ) from None
    except ValueError as error:
        raise NoKey(f"The key that signs checkpoints cannot be used. {error}") from None


@transaction.atomic
def make(*, now_due: bool = False) -> Checkpoint | None:
    """A checkpoint of the newest act, if something happened since the last one and an hour has passed since.

    With `now_due` that hour is not waited for. None if there is nothing to sign, or no key to sign with. Raises NoKey.
    """
    key = signer()
    if key is None:
        return None
    log.lock_log()
    last = Checkpoint.objects.last()
    public, now = str(key.verifier), timezone.now()
    if last and last.key == public:
        if last.number == log.head()[0] or not now_due and abs(now - last.made_at) < EVERY:
            return None
    elif log.head()[0]:
        log.record("checkpoints", "checkpoint_key", public)
    number, record = log.head()
    if not number:
        return None
    head = Head(key.name, number, record, now.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    note = key.sign(str(head))
    fields = {"checkpoint": note}
    transaction.on_commit(lambda: logger.info("Checkpoint of entry %s", number, extra={"fields": fields}))
    return Checkpoint.objects.create(number=number, record=record, made_at=now, key=public, note=note)


def notes_in(text: str) -> list[str]:
    """Every note in `text`, which may hold several, one after the other."""
    notes, body = [], ""
    for paragraph in text.replace("\r\n", "\n").split("\n\n"):
        signatures = list(takewhile(lambda line: line.startswith(MARK), paragraph.splitlines()))
        if signatures and body:
            notes.append(f"{body}\n\n" + "".join(f"{line}\n" for line in signatures))
        body = "\n".join(paragraph.splitlines()[len(signatures) :])
    return notes


def objections(notes: Iterable[str], verifiers: Iterable[Verifier]) -> Iterator[str]:
    """What today's log contradicts in checkpoints that were kept: a sentence for each that it does not continue."""
    verifiers = tuple(verifiers)
    for note in notes:
        try:
            head = Head.parse(opened(note, verifiers))
        except NoteError as error:
            yield f"A checkpoint proves nothing. {error}"
            continue
        yield from objections_to_heads([(head.number, head.record)], f"The checkpoint of {head.time}")


def objections_to_heads(heads: list[tuple[int, str]], source: str) -> Iterator[str]:
    """What today's log contradicts in pairs of number and record that `source` names."""
    records = dict(
        AuditEntry.objects.filter(number__in={number for number, _ in heads}).values_list("number", "record")
    )
    for number, record in heads:
        if records.get(number) == record:
            continue
        if number not in records:
            words = f"has entry {number} of the record of acts, and the record has none: acts are gone"
        else:
            words = f"has another entry {number} than the record of acts: it was written anew since"
        yield f"{source} {words}{_restores_before(number)}."


def _restores_before(number):
    """What acts say of restores of backups that ended before the entry `number`, as the end of a sentence."""
    restores = AuditEntry.objects.filter(action="restored_backup", number__lte=number).order_by("number")
    numbers = ", ".join(str(entry) for entry in restores.values_list("number", flat=True))
    return (
        f", perhaps by the restore of a backup (entry {numbers}), which says what it replaced"
        if numbers
        else ""
    )


def objections_to_own() -> Iterator[str]:
    """What the log contradicts in the checkpoints that the database itself keeps."""
    batch: list[tuple[int, str]] = []
    for row in Checkpoint.objects.order_by("pk").iterator(chunk_size=500):
        try:
            head = Head.parse(opened(row.note, [Verifier.parse(row.key)]))
            if (head.number, head.record) != (row.number, row.record):
                raise NoteError("It is of another entry than its row says.")
        except NoteError as error:
            yield f"The checkpoint of entry {row.number} that is kept here is not what was signed. {error}"
            continue
        batch.append((row.number, row.record))
        if len(batch) == 500:
            yield from objections_to_heads(batch, "A checkpoint that is kept here")
            batch = []
    yield from objections_to_heads(batch, "A checkpoint that is kept here")
