"""What does the database keep for search? Derived rows only: all of them can be written anew from editions."""

from django.db import models

from drugs.search.marks import FUZZY_CHARS, MARK_CHARS
from drugs.search.normalise import MAX_CHARS


class SearchName(models.Model):
    """One way to say one name of one published page.

    The key is a hash of page and form, never a number in order of arrival: where rows must be told apart by
    key alone, every database tells them apart alike.
    """

    key = models.BigAutoField(primary_key=True)  # always given; SQLite finds a row by such a key in one step
    publication = models.ForeignKey("drugs.Publication", models.CASCADE, related_name="search_names")
    text = models.CharField(max_length=MAX_CHARS)
    kind = models.CharField(max_length=20)
    form = models.TextField()
    whole = models.BooleanField()
    sound = models.CharField(max_length=2 * FUZZY_CHARS)
    names = models.PositiveSmallIntegerField(help_text="How many names the page has.")

    class Meta:
        app_label = "drugs"

    def __str__(self):
        return self.text


class SearchMark(models.Model):
    """A mark under which a name is found (marks.py). The key is the index that answers every query."""

    pk = models.CompositePrimaryKey("mark", "size", "name_id")
    mark = models.CharField(max_length=MARK_CHARS)
    size = models.PositiveSmallIntegerField(help_text="Number of trigrams of the name.")
    # Marks are only ever written with their name: a constraint would check each of the thirty for nothing.
    name = models.ForeignKey(SearchName, models.CASCADE, related_name="marks", db_constraint=False)

    class Meta:
        app_label = "drugs"

    def __str__(self):
        return self.mark
