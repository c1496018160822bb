"""The desk, where people write; the editions, which never change; the publications, which readers meet."""

import datetime

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from drugs import document as doc


def _choices(values):
    return [(value, value.replace("_", " ")) for value in values]


def _known(model, field, values):
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": list(values)}), name=f"{model}_{field}_known"
    )


def _given(model, field):
    return models.CheckConstraint(condition=~Q(**{field: ""}), name=f"{model}_{field}_given")


validate_slug = RegexValidator(
    r"\A[a-z0-9_-]{1,255}\Z", "An address may hold only a-z, 0-9, - and _, at most 255 of them."
)


# The desk


class Monograph(models.Model):
    """The working copy of one drug page. Nothing here is public until `publishing.publish` freezes it."""

    slug = models.CharField(
        "address",
        max_length=doc.SLUG_CHARS,
        unique=True,
        validators=[validate_slug],
        help_text="The last part of the page's address. It is fixed once the page has been published.",
    )
    title = models.CharField(max_length=doc.TITLE_CHARS, help_text="The name at the top of the page.")
    language = models.CharField(
        max_length=35, default="en", help_text="Language of the text, such as en or pt-BR."
    )
    origin = models.CharField(
        max_length=20,
        choices=[
            ("ai_or_crowd", "AI-generated or crowd-sourced"),
            ("editorial", "written by editors"),
            ("label", "a regulator's label"),
        ],
        default="ai_or_crowd",
        help_text="Where the text came from. Readers are told as long as nobody has reviewed the page.",
    )
    sameness = models.CharField(max_length=500, editable=False, db_index=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.CharField(
        max_length=200, blank=True, editable=False, help_text="An account's name, or a command."
    )
    submitted_version = models.PositiveIntegerField(
        null=True, editable=False, help_text="The version handed in for review; any later save takes it back."
    )
    submitted_at = models.DateTimeField(null=True, editable=False)
    submitted_by = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        ordering = ["title", "slug"]
        permissions = [("publish_monograph", "Can review, publish, withdraw and restore monographs")]
        constraints = [
            _given("monograph", "slug"),
            _given("monograph", "title"),
            _known("monograph", "origin", doc.ORIGINS),
        ]

    def __str__(self):
        return self.title

    @property
    def submitted(self):
        """Whether the text as it stands has been handed in for review."""
        return self.submitted_version == self.version


class DeskRow(models.Model):
    """A row of a monograph's desk. `position` keeps the author's order."""

    monograph = models.ForeignKey(Monograph, models.CASCADE)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "id"]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.position + 1}"


class DrugName(DeskRow):
    class Source(models.TextChoices):
        PAGE = "page", "a page that was imported"
        LIST = "list", "a list of names"
        EDITOR = "editor", "an editor"

    text = models.CharField("name", max_length=doc.TITLE_CHARS)
    kind = models.CharField(
        max_length=20,
        choices=_choices(doc.NAME_KINDS),
        help_text="Misspellings are found by search and never shown.",
    )
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.EDITOR, editable=False)

    class Meta(DeskRow.Meta):
        verbose_name = "name"
        default_related_name = "names"
        constraints = [
            _known("drugname", "kind", doc.NAME_KINDS),
            _given("drugname", "text"),
        ]


class Ingredient(DeskRow):
    text = models.CharField("ingredient", max_length=doc.TITLE_CHARS)

    class Meta(DeskRow.Meta):
        default_related_name = "ingredients"
        constraints = [_given("ingredient", "text")]


class ClassOfDrug(DeskRow):
    name = models.CharField("class", max_length=doc.TITLE_CHARS)
    atc = models.CharField("ATC code", max_length=10, blank=True)

    class Meta(DeskRow.Meta):
        verbose_name = "class"
        verbose_name_plural = "classes"
        default_related_name = "classes"
        constraints = [_given("classofdrug", "name")]


class Section(DeskRow):
    kind = models.CharField(max_length=20, choices=list(doc.SECTION_HEADINGS.items()))
    heading = models.CharField(
        "own heading",
        max_length=doc.LINE_CHARS,
        blank=True,
        help_text="Leave empty to show the heading of the section's kind.",
    )
    body = models.TextField(blank=True, help_text="Markdown. Headings inside a section start at ####.")

    class Meta(DeskRow.Meta):
        default_related_name = "sections"
        constraints = [_known("section", "kind", doc.SECTION_KINDS)]

    def __str__(self):
        return self.heading or self.get_kind_display()


class SideEffect(DeskRow):
    name = models.CharField(max_length=doc.LINE_CHARS, help_text="Inline Markdown.")
    description = models.TextField(blank=True)
    group = models.CharField(max_length=20, choices=_choices(doc.GROUPS), default="other")
    label = models.CharField(
        "heading in the source",
        max_length=doc.LINE_CHARS,
        blank=True,
        help_text="The words under which the source lists it.",
    )
    frequency = models.CharField(
        max_length=20,
        choices=[(key, words or "not stated by the source") for key, words in doc.FREQUENCIES.items()],
        default="not_stated",
        help_text="By number, never by word alone.",
    )
    urgency = models.CharField(
        max_length=20,
        choices=[
            ("emergency", "emergency: call for help now"),
            ("urgent", "urgent: medical help today"),
            ("talk", "talk: tell a doctor or pharmacist"),
            ("expected", "expected: often passes"),
            ("unsorted", "nobody has sorted it yet"),
        ],
        default="unsorted",
        help_text="What a reader should do.",
    )

    class Meta(DeskRow.Meta):
        verbose_name = "side effect"
        default_related_name = "side_effects"
        constraints = [
            _given("sideeffect", "name"),
            _known("sideeffect", "group", doc.GROUPS),
            _known("sideeffect", "frequency", doc.FREQUENCIES),
            _known("sideeffect", "urgency", doc.URGENCIES),
        ]


class FAQ(DeskRow):
    question = models.CharField(max_length=doc.LINE_CHARS)
    answer = models.TextField(blank=True)

    class Meta(DeskRow.Meta):
        verbose_name = "question"
        verbose_name_plural = "common questions"
        default_related_name = "faqs"
        constraints = [_given("faq", "question")]


class Reference(DeskRow):
    title = models.CharField(max_length=doc.LINE_CHARS)
    publisher = models.CharField(max_length=doc.LINE_CHARS, blank=True)
    url = models.URLField("address", max_length=doc.LINE_CHARS, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    accessed_on = models.DateField(null=True, blank=True, help_text="The day on which a person read it.")

    class Meta(DeskRow.Meta):
        default_related_name = "references"
        constraints = [_given("reference", "title")]


class ImportRecord(models.Model):
    """Which file a monograph came from, and what the desk said when it had been read."""

    monograph = models.OneToOneField(Monograph, models.CASCADE, related_name="import_record")
    path = models.CharField(max_length=1000, help_text="Last folder and name of the file.")
    old_address = models.CharField(max_length=600, db_index=True, help_text="Last folder and stem.")
    format = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    reader = models.CharField(max_length=20, help_text="Version of the reader that understood it.")
    desk_sha256 = models.CharField(max_length=64)
    imported_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return self.path


# Editions


class Edition(models.Model):
    """What the site said at one time. Only ever inserted: triggers refuse everything else (triggers.py)."""

    monograph = models.ForeignKey(Monograph, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    document = models.TextField(help_text="Canonical JSON: text, since a JSON column would reorder it.")
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=_choices(doc.CHANGE_KINDS))
    note = models.TextField(blank=True)
    reviewed_by = models.CharField(max_length=200, blank=True)
    reviewer_role = models.CharField(max_length=200, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    review_due = models.DateField(null=True, blank=True)
    review_of = models.PositiveIntegerField(
        null=True, blank=True, help_text="Number of the edition that the review was of."
    )
    previous = models.CharField(max_length=64, blank=True, help_text="The record of the edition before.")
    record = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["monograph", "number"]
        constraints = [
            models.UniqueConstraint(fields=["monograph", "number"], name="edition_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="edition_number_from_one"),
            _known("edition", "kind", doc.CHANGE_KINDS),
            models.CheckConstraint(
                condition=Q(number=1, previous="") | Q(number__gt=1) & ~Q(previous=""),
                name="edition_previous_given",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by="", reviewed_on=None, review_due=None, review_of=None)
                | ~Q(reviewed_by="")
                & Q(reviewed_on__isnull=False, review_due__isnull=False, review_of__lte=F("number")),
                name="edition_review_whole_or_none",
            ),
        ]

    def __str__(self):
        return f"{self.monograph}, edition {self.number}"

    def compute_record(self):
        """SHA-256 of the canonical JSON of all other columns; the monograph stands by its slug."""
        columns = {
            "monograph": self.monograph.slug,
            "number": self.number,
            "document": self.document,
            "sha256": self.sha256,
            "published_at": self.published_at.astimezone(datetime.UTC).isoformat(),
            "published_by": self.published_by,
            "kind": self.kind,
            "note": self.note,
            "reviewed_by": self.reviewed_by,
            "reviewer_role": self.reviewer_role,
            "reviewed_on": self.reviewed_on and self.reviewed_on.isoformat(),
            "review_due": self.review_due and self.review_due.isoformat(),
            "review_of": self.review_of,
            "previous": self.previous,
        }
        return doc.sha256(doc.canonical_json(columns))


# Publications


class PublicationQuerySet(models.QuerySet):
    def public(self):
        """What readers may see: published and not withdrawn."""
        return self.filter(withdrawn_at=None)

    def indexable(self):
        """What search engines may list; `Publication.indexable` says the same of one."""
        if settings.INDEX_UNREVIEWED:
            return self.public()
        return self.public().filter(review_due__gt=timezone.localdate())

    def starting_with(self, letter):
        """Of one letter of the A-Z, in its order. `letter` is a-z, or 0 for everything else."""
        return self.filter(letter=letter).order_by("sort_key", "slug")


class Publication(models.Model):
    """Which edition of a monograph is current, and what lists need of it. Derived: `publishing` writes it."""

    monograph = models.OneToOneField(Monograph, models.PROTECT, related_name="publication")
    slug = models.CharField(max_length=doc.SLUG_CHARS, unique=True)
    title = models.CharField(max_length=doc.TITLE_CHARS)
    letter = models.CharField(max_length=1)
    sort_key = models.CharField(max_length=doc.TITLE_CHARS)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(
        help_text="Number and hash of the edition, so that a lost one shows."
    )
    desk_version = models.PositiveIntegerField(
        default=0, help_text="The desk's version that was published; a higher one there is not public yet."
    )
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    origin = models.CharField(max_length=20, choices=_choices(doc.ORIGINS))
    reviewed_by = models.CharField(max_length=200, blank=True)
    reviewer_role = models.CharField(max_length=200, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    review_due = models.DateField(null=True, blank=True)
    review_of = models.PositiveIntegerField(null=True, blank=True)
    summary = models.CharField(max_length=300, blank=True, help_text="First sentence of what it is used for.")
    classes = models.JSONField(default=list)
    ingredients = models.JSONField(default=list)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["letter", "sort_key", "slug"], name="publication_by_letter"),
            models.Index(fields=["published_at"], name="publication_by_date"),
            models.Index(fields=["reviewed_on"], name="publication_by_review"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="publication_number_from_one"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_reason=""),
                name="publication_withdrawn_with_reason",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("drugs:monograph-detail", args=[self.slug])

    @property
    def status(self):
        """As readers see it: not_reviewed, reviewed, overdue (from the day it falls due), withdrawn."""
        if self.withdrawn_at:
            return "withdrawn"
        if not self.reviewed_on:
            return "not_reviewed"
        return "overdue" if self.review_due <= timezone.localdate() else "reviewed"

    @property
    def indexable(self):
        """Whether search engines may list the page."""
        return self.status == "reviewed" or settings.INDEX_UNREVIEWED and self.status != "withdrawn"


class SiteText(models.Model):
    """A text of the frame around every page, edited by administrators, in Markdown."""

    key = models.CharField(max_length=40, primary_key=True, editable=False)
    body = models.TextField(blank=True)

    class Meta:
        verbose_name = "site text"
        ordering = ["key"]

    def __str__(self):
        return self.key.replace("_", " ")
