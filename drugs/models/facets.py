"""Facets of current editions: side effects, classes, ingredients, mentions. Derived rows: `search.facets` writes them.

Each row belongs to a publication that readers may see; a list is one index read in its own order.
"""

from typing import Self

from django.db import models

from drugs import content
from drugs.models.publications import Publication

SLUG_CHARS = 80
NAME_CHARS = 80
# A frequency is kept as its place here, so that the database can sort by it.
BANDS = tuple(content.FREQUENCIES)


class FacetQuerySet(models.QuerySet):
    def with_pages(self) -> Self:
        """The rows with their publications, of those that readers may see."""
        return self.filter(publication__withdrawn_at=None).select_related("publication")


class Facet(models.Model):
    """Facet value: a name that a publication's page mentions.

    `slug` is the name folded: one address for all ways to write it.
    """

    slug = models.CharField(max_length=SLUG_CHARS)
    letter = models.CharField(max_length=1)
    name = models.CharField(max_length=NAME_CHARS)
    sort_key = models.CharField(max_length=content.TITLE_CHARS, help_text="That of the publication.")

    objects = FacetQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class PublishedEffect(Facet):
    """A side effect of a medicine, with the most frequent of the bands that the page gives for it."""

    pk = models.CompositePrimaryKey("publication_id", "slug")
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="effects", db_index=False)
    band = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["letter", "slug", "name"], name="effect_by_letter"),
            models.Index(fields=["slug", "band", "sort_key", "publication"], name="effect_by_frequency"),
        ]

    @property
    def frequency(self) -> str:
        return BANDS[self.band]


class PublishedClass(Facet):
    """A class to which a medicine belongs."""

    pk = models.CompositePrimaryKey("publication_id", "slug")
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="in_classes", db_index=False)
    atc = models.CharField(max_length=10, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["letter", "slug", "name", "atc"], name="class_by_letter"),
            models.Index(fields=["slug", "sort_key", "publication"], name="class_by_title"),
            models.Index(fields=["slug", "atc"], name="class_by_code"),
        ]


class PublishedIngredient(models.Model):
    """An ingredient of a combination, folded as search folds names. A medicine of one ingredient has none here."""

    pk = models.CompositePrimaryKey("publication_id", "folded")
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="contains", db_index=False)
    folded = models.CharField(max_length=content.TITLE_CHARS)
    sort_key = models.CharField(max_length=content.TITLE_CHARS, help_text="That of the publication.")

    class Meta:
        indexes = [models.Index(fields=["folded", "sort_key", "publication"], name="ingredient_by_title")]

    def __str__(self) -> str:
        return self.folded


class PublishedMentions(models.Model):
    """What a page may mention of other medicines where it speaks of them, folded as search folds names, one a line."""

    publication = models.OneToOneField(Publication, models.CASCADE, primary_key=True, related_name="mentions")
    candidates = models.TextField()

    def __str__(self) -> str:
        return self.candidates
