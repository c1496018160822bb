"""Editions: what the site said at one time, append-only and a hash chain for each monograph."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from drugs import content
from drugs.models.constraints import choices_of, one_of_check
from drugs.models.monographs import Monograph


class Edition(models.Model):
    """One published version of a page. Only ever inserted: triggers refuse everything else (drugs.audit.triggers)."""

    # Kinds of change that readers of the feed hear of: not what was imported, not names, no signature alone.
    NEWS = tuple(kind for kind in content.CHANGE_KINDS if kind not in ("import", "names", "review"))

    monograph = models.ForeignKey(Monograph, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    document = models.TextField(help_text="Canonical JSON: text, since a JSON column would reorder it.")
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=choices_of(content.CHANGE_KINDS))
    note = models.TextField(blank=True)
    reviewed_by = models.CharField(max_length=200, blank=True)
    reviewer_role = models.CharField(max_length=200, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    review_due = models.DateField(null=True, blank=True)
    review_of = models.PositiveIntegerField(
        null=True, blank=True, help_text="Number of the edition that the review was of."
    )
    previous = models.CharField(max_length=64, blank=True, help_text="The record of the edition before.")
    record = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["monograph", "number"]
        indexes = [
            # For feed and home: among a hundred thousand imported editions it finds the few that are news. Whole,
            # because SQLite does not use a partial index for a query with parameters.
            models.Index(fields=["kind", "published_at"], name="edition_news_by_date"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["monograph", "number"], name="edition_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="edition_number_from_one"),
            one_of_check("edition", "kind", content.CHANGE_KINDS),
            models.CheckConstraint(
                condition=Q(number=1, previous="") | Q(number__gt=1) & ~Q(previous=""),
                name="edition_previous_given",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by="", reviewed_on=None, review_due=None, review_of=None)
                | ~Q(reviewed_by="")
                & Q(reviewed_on__isnull=False, review_due__isnull=False, review_of__lte=F("number")),
                name="edition_review_whole_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.monograph}, edition {self.number}"

    @cached_property
    def said(self) -> content.Document:
        """The document that the edition holds, which never changes; read once. Raises DocumentError."""
        return content.Document.from_json(self.document)

    def compute_record(self) -> str:
        """Hash of the chain: SHA-256 of the canonical JSON of all other columns; the monograph stands by its slug."""
        columns = {
            "monograph": self.monograph.slug,
            "number": self.number,
            "document": self.document,
            "sha256": self.sha256,
            "published_at": self.published_at.astimezone(datetime.UTC).isoformat(),
            "published_by": self.published_by,
            "kind": self.kind,
            "note": self.note,
            "reviewed_by": self.reviewed_by,
            "reviewer_role": self.reviewer_role,
            "reviewed_on": self.reviewed_on and self.reviewed_on.isoformat(),
            "review_due": self.review_due and self.review_due.isoformat(),
            "review_of": self.review_of,
            "previous": self.previous,
        }
        return content.sha256(content.canonical_json(columns))
