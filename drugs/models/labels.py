"""Labels of regulators, each version of each set once. No page is made of them; `labels` writes them."""

from typing import Self

from django.db import models
from django.db.models import Q


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
