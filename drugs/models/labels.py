"""Labels of regulators, each version of each set once. No page is made of them; `labels` writes them."""

from typing import Self

from django.db import models
from django.db.models import Q

from drugs.models.constraints import one_of_check
from drugs.models.monographs import Monograph


class LabelQuerySet(models.QuerySet):
    def current(self) -> Self:
        """The newest version of each set."""
        return self.filter(is_current=True)


class Label(models.Model):
    """One set of a source at one version. Rows are only added; which of a set is current may change."""

    source = models.CharField(max_length=20)
    set_id = models.CharField(max_length=255)
    document_id = models.CharField(max_length=255)
    version = models.PositiveIntegerField(null=True)
    effective_date = models.CharField(
        max_length=10, help_text="YYYY-MM-DD, or as much of it as the source says"
    )
    country = models.CharField(max_length=10)
    language = models.CharField(max_length=20)
    labeler = models.TextField()
    doc_type = models.CharField(max_length=40)
    title = models.TextField()
    use = models.CharField(max_length=20)
    key = models.TextField(help_text="UNIIs of the active moieties, sorted, with a space between them")
    # By these labels are found: hashes of the set of UNIIs and of the set of the moieties' folded names.
    key_hash = models.CharField(max_length=64, blank=True, db_index=True)
    names_hash = models.CharField(max_length=64, blank=True, db_index=True)
    sha256 = models.CharField(max_length=64)
    content = models.TextField(help_text="All that the label says, as JSON")
    # What ranks it among the labels of its medicine, so that none of them is read whole for that.
    reasons = models.TextField(
        blank=True, db_default="", default="", help_text="As JSON; empty in rows of before"
    )
    ended_on = models.CharField(max_length=10, blank=True, db_default="", default="")
    is_current = models.BooleanField(default=False)
    imported_at = models.DateTimeField(auto_now_add=True)

    objects = LabelQuerySet.as_manager()

    class Meta:
        ordering = ["set_id", "source", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["source", "set_id", "sha256"], name="label_version_once"),
            models.UniqueConstraint(
                fields=["source", "set_id"], condition=Q(is_current=True), name="label_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.set_id}, version {self.version}, {self.effective_date}"


class LabelChoice(models.Model):
    """An editor's word on one set beside one page: it comes first, or it is put away. It outlasts new versions."""

    class Choice(models.TextChoices):
        PINNED = "pinned", "comes first"
        PUT_AWAY = "put_away", "put away"

    monograph = models.ForeignKey(Monograph, models.CASCADE, related_name="label_choices")
    source = models.CharField(max_length=20)
    set_id = models.CharField(max_length=255)
    choice = models.CharField(max_length=20, choices=Choice)
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["monograph", "set_id", "source"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["monograph", "source", "set_id"], name="label_choice_once"),
            one_of_check("labelchoice", "choice", ("pinned", "put_away")),
        ]

    def __str__(self) -> str:
        return f"{self.set_id} beside {self.monograph}: {self.get_choice_display()}"
