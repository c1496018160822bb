"""Denormalised counters of pages, kept as they are published, and the lock row that publishers wait for."""

from django.db import models

from drugs.models.facets import SLUG_CHARS


class Tally(models.Model):
    """Denormalised counter: how many pages that readers may see have `key` in common.

    Derived: `search.counters` writes it. Counting on reading costs more the more pages there are; these rows cost the
    same for ever. The class keeps its name, under which its table and content type stand.
    """

    class Kind(models.TextChoices):
        LETTER = "letter"  # of the A-Z: the letter is all there is to say
        ORIGIN = "origin"
        DUE = "due"  # the day on which the review falls due, as ISO text; empty if there is no review
        EFFECT = "effect"  # the slug of a side effect
        CLASS = "class"  # the slug of a class

    pk = models.CompositePrimaryKey("kind", "letter", "key")
    kind = models.CharField(max_length=10, choices=Kind)
    letter = models.CharField(max_length=1, blank=True)
    key = models.CharField(max_length=SLUG_CHARS, blank=True)
    number = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.kind} {self.letter} {self.key}: {self.number}"


class Stamp(models.Model):
    """Lock row: the one row that publishers lock while they publish, so that they come one after the other.

    `relations` is a version stamp for caches: new and random whenever the page of one medicine may look different
    because that of another was published or withdrawn. Random, not counted, so that a restored backup never repeats
    one. The class keeps its name, under which its table and content type stand.
    """

    relations = models.CharField(max_length=32)
    withdrawals = models.CharField(
        max_length=32, db_default="", help_text="New with every withdrawal of a page."
    )

    def __str__(self) -> str:
        return self.relations
