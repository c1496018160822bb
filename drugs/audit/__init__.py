"""Rows that are only ever added: database triggers and the log of acts."""

from drugs.audit.log import DETAIL_CHARS, lock_log, record, verify

__all__ = [
    "DETAIL_CHARS",
    "lock_log",
    "record",
    "verify",
]
