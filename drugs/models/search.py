"""Search index: names and their index terms, which can be written anew from editions; and unanswered queries."""

from django.db import models

from drugs.content.normalisation import FUZZY_CHARS, MARK_CHARS, MAX_CHARS

# An unanswered query is kept up to this length, and from this many times on.
TEXT_CHARS, TIMES = 100, 3


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

    def __str__(self) -> str:
        return self.text


class SearchMark(models.Model):
    """Index term under which a name is found (drugs.search.names.terms), called a mark in the tables.

    The key is the index that answers every query.
    """

    pk = models.CompositePrimaryKey("mark", "size", "name_id")
    mark = models.CharField(max_length=MARK_CHARS)
    size = models.PositiveSmallIntegerField(help_text="Number of trigrams of the name.")
    # Marks are only ever written with their name: a constraint would check each of the thirty for nothing.
    name = models.ForeignKey(SearchName, models.CASCADE, related_name="marks", db_constraint=False)

    class Meta:
        app_label = "drugs"

    def __str__(self) -> str:
        return self.mark


class UnansweredQuery(models.Model):
    """What several readers looked for and no page is called. Nothing is known about the readers."""

    class Kind(models.TextChoices):
        NOTHING = "nothing", "nothing was found"
        SIMILAR = "similar", "only similar names were found"

    text = models.CharField(max_length=TEXT_CHARS, unique=True, help_text="Small letters, without accents.")
    count = models.PositiveIntegerField(help_text="About how often it was searched for.")
    last_seen = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind)
    settled = models.BooleanField(default=False, help_text="An editor has dealt with it.")

    class Meta:
        app_label = "drugs"
        verbose_name_plural = "unanswered queries"
        ordering = ["-count", "text"]
        constraints = [
            models.CheckConstraint(condition=models.Q(count__gte=TIMES), name="unanswered_not_rare"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["nothing", "similar"]), name="unanswered_known_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.text
