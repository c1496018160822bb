"""Citations of labels by public pages, and the notice that a source changed. `labels.watch` writes them."""

from django.db import models

from drugs import content
from drugs.models.monographs import Monograph


class LabelCitation(models.Model):
    """A version of a set that the current edition of a page cites.

    `seen_sha256` is the label that was current when the page was last signed; empty if it was not signed since it cites
    this version: then the version itself is what a newer one is compared with.
    """

    monograph = models.ForeignKey(Monograph, models.CASCADE, related_name="label_citations")
    source = models.CharField(max_length=content.LABEL_CHARS)
    set_id = models.CharField(max_length=content.LABEL_CHARS)
    version = models.CharField(max_length=content.LABEL_CHARS, blank=True)
    seen_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["monograph", "source", "set_id", "version"]
        default_permissions = ()
        indexes = [models.Index(fields=["set_id", "source"], name="labelcitation_by_set")]
        constraints = [
            models.UniqueConstraint(
                fields=["monograph", "source", "set_id", "version"], name="label_citation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.monograph} cites {self.set_id}, version {self.version}"


class SourceNotice(models.Model):
    """A page of which a source says something else since its review: since when, and when readers are told."""

    monograph = models.OneToOneField(Monograph, models.CASCADE, related_name="source_notice")
    changed_on = models.DateField(help_text="The day of the label's newer version.")
    begins_on = models.DateField(db_index=True, help_text="The day from which readers are told.")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.monograph}: a source changed on {self.changed_on}"
