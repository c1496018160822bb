"""Regulators' labels as sources beside pages: stored, matched with pages, exported. No page is changed here."""

from drugs.labels.choices import PINNED, PUT_AWAY, SetKey, choose_label
from drugs.labels.citations import citation, label_title, quotation, section_title
from drugs.labels.matching import Match, match_monograph
from drugs.labels.ranking import Reason
from drugs.labels.side_effects import LabelEffect, as_row, label_effects
from drugs.labels.store import Stored, read_label, store

__all__ = [
    "LabelEffect",
    "Match",
    "PINNED",
    "PUT_AWAY",
    "Reason",
    "SetKey",
    "Stored",
    "as_row",
    "choose_label",
    "citation",
    "label_effects",
    "label_title",
    "match_monograph",
    "quotation",
    "read_label",
    "section_title",
    "store",
]
