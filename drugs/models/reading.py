"""Readings of pages: how often each was opened on a day. Nothing is known about anybody who did."""

from django.db import models

from drugs.models.publications import Publication


class DailyReads(models.Model):
    """How often the page of a medicine was opened on one day."""

    pk = models.CompositePrimaryKey("day", "publication_id")
    day = models.DateField()
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="reads")
    number = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.day} {self.publication_id}: {self.number}"
