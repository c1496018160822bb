"""Readings of pages: how often each was opened, or searched for, on a day. Nothing is known about whoever did."""

from django.db import models

from drugs.models.publications import Publication


class DailyReads(models.Model):
    """How often the page of a medicine was opened on one day, and how often one of its very names was searched for."""

    pk = models.CompositePrimaryKey("day", "publication_id")
    day = models.DateField()
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="reads")
    number = models.PositiveIntegerField()
    searches = models.PositiveIntegerField(default=0, db_default=0)

    def __str__(self) -> str:
        return f"{self.day} {self.publication_id}: {self.number}"
