"""Audit log: who did what, in a hash chain of rows that are only ever added, and the triggers that keep them so.

Faces: this package for the log, `audit.facts` for what acts state, `audit.ledger` for all of that added up,
`audit.checkpoints` for the signed heads of the log, `audit.triggers` for the append-only tables.
"""

from drugs.audit.log import (
    DETAIL_CHARS,
    IMPORT_LOCK_SECONDS,
    Act,
    head,
    lock_log,
    lost_end,
    record,
    record_each,
    verify,
)

__all__ = [
    "DETAIL_CHARS",
    "IMPORT_LOCK_SECONDS",
    "Act",
    "head",
    "lock_log",
    "lost_end",
    "record",
    "record_each",
    "verify",
]
