"""Log as a witness: the lines that the site wrote of its acts and checkpoints, held against the record of acts."""

import json
import re
from collections.abc import Iterable, Iterator

from drugs.audit import checkpoints
from drugs.audit.log import head
from drugs.audit.signed_notes import Verifier

BATCH = 500  # lines that one query is asked for
ACT = re.compile(r"^(\d{1,10}): .*\(record ([0-9a-f]{64})\)$")
NAMED = 20  # numbers of acts that a sentence names; more are counted


class LogProof:
    """Proof of a log: `objections` reads it, and `missing` says afterwards which acts it does not have."""

    def __init__(self, verifiers: Iterable[Verifier]) -> None:
        self.verifiers = tuple(verifiers)
        self.acts = self.notes = 0
        self._newest = head()[0]
        self._first = self._last = 0
        self._seen = bytearray()  # a bit for each entry

    def objections(self, lines: Iterable[str]) -> Iterator[str]:
        """What the record of acts contradicts in these lines. The texts of other programs are passed over."""
        batch: list[tuple[int, str]] = []
        for line in lines:
            match _witnessed(line):
                case str(note):
                    self.notes += 1
                    yield from checkpoints.objections([note], self.verifiers)
                case (int(number), str(record)):
                    batch.append((number, record))
                    self._note(number)
            if len(batch) == BATCH:
                yield from checkpoints.objections_to_heads(batch, "The log")
                batch = []
        yield from checkpoints.objections_to_heads(batch, "The log")

    def _note(self, number):
        self.acts += 1
        if number > self._newest:
            return  # an entry that is not there is an objection already
        self._first = min(self._first or number, number)
        self._last = max(self._last, number)
        if len(self._seen) <= number >> 3:
            self._seen.extend(bytes((number >> 3) + 1 - len(self._seen)))
        self._seen[number >> 3] |= 1 << (number & 7)

    def missing(self) -> str:
        """Which acts between the first and the last of the log it does not have, in a sentence; empty if it has all."""
        gone = [
            number
            for number in range(self._first, self._last + 1)
            if self._first and not self._seen[number >> 3] & 1 << (number & 7)
        ]
        if not gone:
            return ""
        more = f" and {len(gone) - NAMED} more" if len(gone) > NAMED else ""
        return (
            f"The log has no line of entries {', '.join(map(str, gone[:NAMED]))}{more} of the record of acts."
        )


def _witnessed(line: str) -> str | tuple[int, str] | None:
    """The note of a checkpoint, or the number and record of an act, in a line of the log; None in any other.

    A journal may have put words before the JSON. Older versions wrote the record into the message only.
    """
    start = line.find("{")
    try:
        fields = json.loads(line[start:]) if start >= 0 else None
    except (ValueError, RecursionError):
        fields = None
    if isinstance(fields, dict):
        note, number, record = (fields.get(name) for name in ("checkpoint", "act", "record"))
        if isinstance(note, str):
            return note
        if isinstance(number, int) and isinstance(record, str):
            return number, record
        line = str(fields.get("message", "")) if fields.get("logger") == "drugs.audit" else ""
    act = ACT.search(line)
    return (int(act[1]), act[2]) if act else None
