"""Models: the desk, where people write; editions, which never change; publications, which readers meet.

Tables, columns and names of classes stay as they are: content types, permissions and backups name them.
"""

from drugs.models.accounts import OneTimePassword
from drugs.models.audit import AuditEntry, Checkpoint
from drugs.models.changes import PageChange
from drugs.models.counters import Stamp, Tally
from drugs.models.duplicates import LikelyDuplicate
from drugs.models.editions import Edition
from drugs.models.facets import PublishedClass, PublishedEffect, PublishedIngredient, PublishedMentions
from drugs.models.imports import ImportResult, ImportTask, ImportUpload
from drugs.models.label_watch import LabelCitation, SourceNotice
from drugs.models.labels import Label, LabelChoice
from drugs.models.monographs import (
    FAQ,
    ClassOfDrug,
    DeskRow,
    DrugName,
    ImportRecord,
    Ingredient,
    Monograph,
    MonographQuerySet,
    Paragraph,
    Reference,
    Section,
    SideEffect,
    validate_slug,
)
from drugs.models.notifications import NotificationCursor, Subscription
from drugs.models.publications import Publication, PublicationQuerySet, SiteText
from drugs.models.reading import DailyReads
from drugs.models.reports import ProblemReport
from drugs.models.review_notes import ReviewNote
from drugs.models.revisions import Contributor, DeskRevision, OpenForm
from drugs.models.search import SearchMark, SearchName, UnansweredQuery
from drugs.models.share_links import ShareLink

__all__ = [
    "AuditEntry",
    "Subscription",
    "NotificationCursor",
    "Checkpoint",
    "ClassOfDrug",
    "Contributor",
    "DailyReads",
    "DeskRevision",
    "DeskRow",
    "DrugName",
    "Edition",
    "FAQ",
    "ImportRecord",
    "ImportResult",
    "ImportTask",
    "ImportUpload",
    "Ingredient",
    "Label",
    "LabelChoice",
    "LabelCitation",
    "LikelyDuplicate",
    "Monograph",
    "MonographQuerySet",
    "OneTimePassword",
    "OpenForm",
    "PageChange",
    "Paragraph",
    "ProblemReport",
    "Publication",
    "PublicationQuerySet",
    "PublishedClass",
    "PublishedEffect",
    "PublishedIngredient",
    "PublishedMentions",
    "Reference",
    "ReviewNote",
    "SearchMark",
    "SearchName",
    "Section",
    "ShareLink",
    "SideEffect",
    "SiteText",
    "SourceNotice",
    "Stamp",
    "Tally",
    "UnansweredQuery",
    "validate_slug",
]
