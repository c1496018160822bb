"""Regulators' labels as sources beside pages: stored, matched with pages, exported. No page is changed here."""

from drugs.labels.choices import PINNED, PUT_AWAY, SetKey, choose_label
from drugs.labels.matching import Match, Reason, match_monograph
from drugs.labels.store import Stored, read_label, store

__all__ = [
    "PINNED",
    "PUT_AWAY",
    "Match",
    "Reason",
    "SetKey",
    "Stored",
    "choose_label",
    "match_monograph",
    "read_label",
    "store",
]
