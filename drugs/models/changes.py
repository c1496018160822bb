"""Change log of the public pages: what programs follow to keep a copy of the site."""

from django.db import models

from drugs.models.constraints import choices_of, one_of_check
from drugs.models.publications import Publication

KINDS = {
    "published": "a new edition",
    "reviewed": "a new edition that somebody has signed",
    "withdrawn": "taken from readers",
    "moved": "taken from readers, who are led to another page on the same medicine",
    "restored": "back after a withdrawal, or an earlier edition's text published again",
}
GONE = ("withdrawn", "moved")


class PageChange(models.Model):
    """One thing that happened to a page that readers see. `publishing.change_log` writes it; only ever added.

    Numbers are given under the lock that every publisher holds until its transaction ends, so a number that can be
    read is followed only by greater ones. `at` never goes back, even where the clock did.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=choices_of(KINDS))
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="changes", db_index=False)
    edition = models.PositiveIntegerField(help_text="Number of the edition that was current then.")

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["at", "number"], name="pagechange_by_date"),
            models.Index(fields=["publication", "number"], name="pagechange_by_page"),
        ]
        constraints = [one_of_check("pagechange", "kind", KINDS)]

    def __str__(self) -> str:
        return f"{self.number}: {self.publication} {self.kind}"
