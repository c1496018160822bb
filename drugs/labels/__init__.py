"""Regulators' labels as sources beside pages: stored, matched with pages, exported. No page is changed here."""

from drugs.labels.choices import PINNED, PUT_AWAY, SetKey, choose_label
from drugs.labels.citations import citation, label_title, quotation, section_title
from drugs.labels.classes import EstablishedClass, established_classes
from drugs.labels.effect_names import LabelEffect
from drugs.labels.matching import Match, match_monograph
from drugs.labels.ranking import Reason
from drugs.labels.side_effects import as_row, label_effects
from drugs.labels.store import Stored, read_label, store
from drugs.labels.watch import SourceChange, note_editions, source_changes, watch_sets

__all__ = [
    "EstablishedClass",
    "LabelEffect",
    "Match",
    "PINNED",
    "PUT_AWAY",
    "Reason",
    "SetKey",
    "SourceChange",
    "Stored",
    "as_row",
    "choose_label",
    "citation",
    "established_classes",
    "label_effects",
    "label_title",
    "match_monograph",
    "note_editions",
    "quotation",
    "read_label",
    "section_title",
    "source_changes",
    "store",
    "watch_sets",
]
