"""The desk, where people write; the editions, which never change; the publications, which readers meet."""

from drugs.models.audit import AuditEntry
from drugs.models.desk import (
    FAQ,
    ClassOfDrug,
    DeskRow,
    DrugName,
    ImportRecord,
    Ingredient,
    Monograph,
    Paragraph,
    Reference,
    Section,
    SideEffect,
    validate_slug,
)
from drugs.models.duplicates import LikelyDuplicate
from drugs.models.editions import Edition
from drugs.models.imports import ImportResult, ImportTask, ImportUpload
from drugs.models.people import OneTimePassword
from drugs.models.publications import Publication, PublicationQuerySet, SiteText
from drugs.models.relations import PublishedClass, PublishedEffect, PublishedIngredient
from drugs.models.reports import ProblemReport
from drugs.models.tallies import Stamp, Tally
from drugs.models.waiting import MonographQuerySet
from drugs.search.tables import SearchMark, SearchName, UnansweredQuery

__all__ = [
    "AuditEntry",
    "ClassOfDrug",
    "DeskRow",
    "DrugName",
    "Edition",
    "FAQ",
    "ImportRecord",
    "ImportResult",
    "ImportTask",
    "ImportUpload",
    "Ingredient",
    "LikelyDuplicate",
    "Monograph",
    "MonographQuerySet",
    "OneTimePassword",
    "Paragraph",
    "ProblemReport",
    "Publication",
    "PublicationQuerySet",
    "PublishedClass",
    "PublishedEffect",
    "PublishedIngredient",
    "Reference",
    "SearchMark",
    "SearchName",
    "Section",
    "SideEffect",
    "SiteText",
    "Stamp",
    "Tally",
    "UnansweredQuery",
    "validate_slug",
]
