"""Review notes: what people say to each other about a text on the desk before it is published. Only ever added."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from drugs import content
from drugs.models.constraints import choices_of, one_of_check
from drugs.models.monographs import Monograph
from drugs.models.share_links import ShareLink

TEXT_CHARS = 4000


class Act(models.TextChoices):
    HANDED_IN = "handed_in", "handed in"
    ASKED = "asked", "asked for changes"
    COMMENTED = "commented", "commented"


class ReviewNoteQuerySet(models.QuerySet):
    """Notes by what has become of them."""

    def unanswered_by_link(self) -> Self:
        """Comments by a link after which neither an account said anything to them nor an edition came.

        A save or a hand-in is no answer: it may be of somebody who has not read the comment.
        """
        said = self.model._base_manager.filter(
            monograph=OuterRef("monograph"), at__gt=OuterRef("at"), share=None
        )
        by_link = self.filter(share__isnull=False).exclude(Exists(said.exclude(act=Act.HANDED_IN)))
        return by_link.exclude(monograph__publication__published_at__gt=F("at"))


class ReviewNote(models.Model):
    """What somebody said of one revision of a desk: `version` and `sha256` say of which.

    A text that is handed in has its kind of change, reason (`text`) and source; a comment has the anchor and heading
    of the section that it speaks of, or neither. `batch` is shared by pages that were handed in together. A comment
    that came by a share link names it: `by` is then what somebody without an account is called, and says so.
    """

    monograph = models.ForeignKey(Monograph, models.CASCADE, related_name="review_notes", db_index=False)
    act = models.CharField(max_length=10, choices=Act.choices)
    version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, help_text="Of the document that the desk said as this version.")
    anchor = models.CharField(max_length=400, blank=True, default="")
    heading = models.CharField(max_length=2 * content.LINE_CHARS, blank=True, default="")
    kind = models.CharField(max_length=20, blank=True, default="", choices=choices_of(content.CHANGE_KINDS))
    text = models.TextField(max_length=TEXT_CHARS, blank=True, default="")
    source = models.TextField(max_length=2000, blank=True, default="")
    batch = models.CharField(max_length=16, blank=True, default="", db_index=True)
    by = models.CharField(max_length=200)
    share = models.ForeignKey(ShareLink, models.CASCADE, null=True, blank=True, related_name="comments")
    at = models.DateTimeField(default=timezone.now)

    objects = ReviewNoteQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["monograph", "at"], name="reviewnote_by_page")]
        constraints = [
            one_of_check("reviewnote", "act", Act.values),
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.get_act_display()}: {self.monograph}"
