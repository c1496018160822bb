"""Desk revisions: what the desk said before each save, who wrote since a second person signed, who has it open."""

from django.db import models
from django.utils import timezone

from drugs.models.monographs import Monograph


class DeskRevision(models.Model):
    """The desk's text as one version, kept when the next save replaces it: the base of a three-way merge."""

    monograph = models.ForeignKey(Monograph, models.CASCADE, related_name="revisions", db_index=False)
    version = models.PositiveIntegerField()
    document = models.TextField(help_text="Canonical JSON, as in an edition.")
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=200, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["monograph", "version"]
        constraints = [
            models.UniqueConstraint(fields=["monograph", "version"], name="deskrevision_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.monograph}, version {self.version}"


class OpenForm(models.Model):
    """Somebody who opened the change form of a page lately, for the others who do: nobody is locked out by it."""

    monograph = models.ForeignKey(Monograph, models.CASCADE, related_name="open_forms", db_index=False)
    who = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        ordering = ["monograph", "at"]
        constraints = [models.UniqueConstraint(fields=["monograph", "who"], name="openform_once")]

    def __str__(self) -> str:
        return f"{self.who}: {self.monograph}"


class Contributor(models.Model):
    """Somebody who changed a desk since the last edition that a second person signed, or since the page began.

    Such a person cannot sign it (`publishing.signatures`). `signed_in` is the number of the edition in which a second
    person signed what they wrote: nobody has yet while it is empty. The rows stay, for texts that are restored.
    """

    monograph = models.ForeignKey(Monograph, models.CASCADE, related_name="contributors", db_index=False)
    who = models.CharField(max_length=200, help_text="The account or the command, as text.")
    since = models.DateTimeField(default=timezone.now)
    signed_in = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["monograph", "since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["monograph", "who"],
                condition=models.Q(signed_in=None),
                name="contributor_once",
            ),
        ]

    def __str__(self) -> str:
        return self.who
