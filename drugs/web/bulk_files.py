"""Bulk files of the open data: where the newest set lies, and whether it may still be served.

A set is a folder of its own, and one small file, replaced in one step, says which is the newest and what the stamp of
withdrawals was before its first page was read. While the database has another stamp, nobody gets the set: a text that
was withdrawn meanwhile would be in it.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from drugs.models import Stamp

NAMES = {
    "monographs.ndjson.gz": "application/gzip",
    "names.json": "application/json",
    "SHA256SUMS": "text/plain; charset=utf-8",
}
CURRENT = "current.json"


@dataclass(frozen=True)
class BulkSet:
    """A set of bulk files in `folder`, with the SHA-256 of each by name."""

    folder: str
    withdrawals: str
    written_at: str
    sha256: dict[str, str]

    def path(self, name: str) -> Path:
        return bulk_folder() / self.folder / name

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.written_at)


class Newest(NamedTuple):
    """The newest set, None if there is none, and whether it was written since the last withdrawal."""

    files: BulkSet | None
    is_fresh: bool


def bulk_folder() -> Path:
    return Path(settings.DATA_DIR) / "bulk"


def withdrawals() -> str:
    """The stamp of withdrawals, as the database has it now: one query."""
    return Stamp.objects.values_list("withdrawals", flat=True).first() or ""


def newest() -> Newest:
    """The newest set on this machine: one query."""
    try:
        files = BulkSet(**json.loads((bulk_folder() / CURRENT).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return Newest(None, False)
    return Newest(files, files.withdrawals == withdrawals())
