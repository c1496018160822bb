"""Publications, which say what edition of a monograph readers meet, and the texts around every page."""

import functools
from typing import Literal, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from drugs import content
from drugs.models.constraints import choices_of
from drugs.models.editions import Edition
from drugs.models.fields import LinesField
from drugs.models.monographs import Monograph


class PublicationQuerySet(models.QuerySet):
    def public(self) -> Self:
        """What readers may see: published and not withdrawn."""
        return self.filter(withdrawn_at=None)

    def indexable(self) -> Self:
        """What search engines may list; `Publication.indexable` says the same of one."""
        if settings.INDEX_UNREVIEWED:
            return self.public()
        return self.public().filter(review_due__gt=timezone.localdate())

    def starting_with(self, letter: str) -> Self:
        """Of one letter of the A-Z, in its order. `letter` is a-z, or 0 for everything else."""
        return self.filter(letter=letter).order_by("sort_key", "slug")


@functools.cache
def _around_slug() -> tuple[str, str]:
    """What stands in the address of a page before and after its slug, which no address has to escape.

    Looked up once: for each row of a list it takes as long as all else of the row.
    """
    before, _, after = reverse("drugs:monograph-detail", args=["slug"]).partition("slug")
    return before, after


class Publication(models.Model):
    """Which edition of a monograph is current, and what lists need of it. Derived: `publishing` writes it."""

    monograph = models.OneToOneField(Monograph, models.PROTECT, related_name="publication")
    slug = models.CharField(max_length=content.SLUG_CHARS, unique=True)
    title = models.CharField(max_length=content.TITLE_CHARS)
    language = models.CharField(max_length=content.LANGUAGE_CHARS, default="en", db_default="en")
    letter = models.CharField(max_length=1)
    sort_key = models.CharField(max_length=content.TITLE_CHARS)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(
        help_text="Number and hash of the edition, so that a lost one shows."
    )
    desk_version = models.PositiveIntegerField(
        default=0, help_text="The desk's version that was published; a higher one there is not public yet."
    )
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    origin = models.CharField(max_length=20, choices=choices_of(content.ORIGINS))
    reviewed_by = models.CharField(max_length=200, blank=True)
    reviewer_role = models.CharField(max_length=200, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    review_due = models.DateField(null=True, blank=True)
    review_of = models.PositiveIntegerField(null=True, blank=True)
    summary = models.CharField(max_length=300, blank=True, help_text="First sentence of what it is used for.")
    classes = LinesField(default=list)
    ingredients = LinesField(default=list)
    # The file that was last imported when the edition was published: a newer one on the desk is not public yet.
    source_path = models.CharField(max_length=1000, blank=True, default="", db_default="")
    source_format = models.CharField(max_length=20, blank=True, default="", db_default="")
    source_sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
    old_address = models.CharField(max_length=600, blank=True, default="", db_default="", db_index=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        help_text="The page on the same medicine in whose favour this one was withdrawn.",
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["letter", "sort_key", "slug"], name="publication_by_letter"),
            models.Index(fields=["published_at", "slug"], name="publication_by_change"),
            models.Index(fields=["reviewed_on"], name="publication_by_review"),
            models.Index(fields=["review_due", "slug"], name="publication_by_due_day"),
            models.Index(fields=["origin", "slug"], name="publication_by_origin"),
            models.Index(
                fields=["slug"], name="publication_withdrawn", condition=Q(withdrawn_at__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="publication_number_from_one"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_reason=""),
                name="publication_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | Q(withdrawn_at__isnull=False) & ~Q(successor=F("id")),
                name="publication_successor_of_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        before, after = _around_slug()
        return f"{before}{self.slug}{after}"

    @property
    def source(self) -> dict[str, str] | None:
        """The file that the edition came from, as JSON has it; None for a page that was never imported."""
        if not self.source_path:
            return None
        return {"format": self.source_format, "path": self.source_path, "sha256": self.source_sha256}

    def final(self) -> "Publication":
        """The page that readers of this one meet: itself, or the last in the chain of its successors."""
        page, passed = self, set()
        while page.pk not in passed and (successor := page.successor):
            passed.add(page.pk)
            page = successor
        return page

    @property
    def status(self) -> Literal["not_reviewed", "reviewed", "overdue", "withdrawn"]:
        """As readers see it: not_reviewed, reviewed, overdue (from the day it falls due), withdrawn."""
        if self.withdrawn_at:
            return "withdrawn"
        if not (self.reviewed_on and self.review_due):
            return "not_reviewed"
        return "overdue" if self.review_due <= timezone.localdate() else "reviewed"

    @property
    def indexable(self) -> bool:
        """Whether search engines may list the page."""
        return self.status == "reviewed" or settings.INDEX_UNREVIEWED and self.status != "withdrawn"


class SiteText(models.Model):
    """A text of the frame around every page, edited by administrators, in Markdown."""

    key = models.CharField(max_length=40, primary_key=True, editable=False)
    body = models.TextField(blank=True)

    class Meta:
        verbose_name = "site text"
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key.replace("_", " ")
