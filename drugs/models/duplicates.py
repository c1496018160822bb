"""Likely duplicates: pages that are likely on one medicine. `desk.duplicates` writes them, an editor settles them."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from drugs.models.constraints import one_of_check
from drugs.models.monographs import Monograph


class Reason(models.TextChoices):
    TITLE = "title", "the same title"
    INGREDIENTS = "ingredients", "the same ingredients"
    GENERIC = "generic", "the same generic name"
    NAME = "name", "the title of one is another name of the other"


class LikelyDuplicateQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Pairs that nobody has settled, and of which neither page is withdrawn."""
        return self.filter(
            settled=False, first__publication__withdrawn_at=None, second__publication__withdrawn_at=None
        )


class LikelyDuplicate(models.Model):
    """Two pages whose names say that they are on one medicine. Whether they are, a person decides."""

    first = models.ForeignKey(Monograph, models.CASCADE, related_name="+")
    second = models.ForeignKey(Monograph, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=20, choices=Reason)
    settled = models.BooleanField(
        default=False, help_text="Somebody looked: they are different medicines. It is not asked again."
    )

    objects = LikelyDuplicateQuerySet.as_manager()

    class Meta:
        ordering = ["first", "second"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="duplicate_older_first"),
            one_of_check("likelyduplicate", "reason", Reason.values),
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"
