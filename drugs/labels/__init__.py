"""Regulators' labels as sources beside pages: stored, matched with pages, exported. No page is changed here."""

from drugs.labels.matching import Match, match_monograph
from drugs.labels.store import Stored, read_label, store

__all__ = ["Match", "Stored", "match_monograph", "read_label", "store"]
