"""The desk: working copies of monographs, the rows that people edit. Nothing here is public."""

import datetime
from typing import TYPE_CHECKING, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from drugs import content
from drugs.content.components import with_component
from drugs.content.vocabulary import FREQUENCY_LABELS, ORIGIN_LABELS, URGENCY_LABELS
from drugs.models.constraints import choices_of, not_blank_check, one_of_check
from drugs.models.fields import FoldedField, LinesField

if TYPE_CHECKING:
    from drugs.models.publications import Publication

DUE_DAYS = 60  # a review is prepared before it falls due

validate_slug = RegexValidator(
    r"\A[a-z0-9_-]{1,255}\Z", "An address may hold only a-z, 0-9, - and _, at most 255 of them."
)


class MonographQuerySet(models.QuerySet):
    """The worklists of editors: which monographs wait for somebody."""

    def waiting(self) -> Self:
        """Handed in for review as they stand, and not published since."""
        # The number alone would do; it lets the database start from the few that were ever handed in.
        handed_in = self.filter(submitted_version__gte=1, submitted_version=F("version"))
        return handed_in.exclude(publication__desk_version=F("version"))

    def sent_back(self) -> Self:
        """A reviewer has asked for changes, and nobody has handed the text in since."""
        return self.exclude(sent_back_to="")

    def due(self) -> Self:
        """Public, reviewed, and the next review is overdue or due within DUE_DAYS."""
        last = timezone.localdate() + datetime.timedelta(days=DUE_DAYS)
        return self.filter(publication__review_due__lte=last, publication__withdrawn_at=None)

    def source_changed(self) -> Self:
        """Public, and a label that the page cites says something else since the review."""
        return self.filter(source_notice__isnull=False, publication__withdrawn_at=None)

    def held_back(self) -> Self:
        """Those whose text the checks forbid to publish."""
        return self.filter(blocks__gte=1)

    def drafts_of(self, account: str) -> Self:
        """Changed last by `account`, neither handed in nor sent back, and not what readers see."""
        mine = self.filter(changed_by=account, sent_back_to="").exclude(
            publication__desk_version=F("version")
        )
        return mine.exclude(submitted_version__gte=1, submitted_version=F("version"))

    def waiting_for(self, account: str) -> Self:
        """Handed in, and `account` has not written in them since a second person signed: may sign them."""
        unsigned = Q(contributors__who__iexact=account, contributors__signed_in=None)
        return self.waiting().exclude(pk__in=self.model._base_manager.filter(unsigned).values("pk"))

    def unworked(self) -> Self:
        """Imported, and since then neither saved nor signed by anybody."""
        return self.filter(changed_at__lte=F("import_record__imported_at"), publication__reviewed_on=None)


class Monograph(models.Model):
    """The working copy of one drug page. Nothing here is public until `publishing.publish` freezes it."""

    slug = models.CharField(
        "address",
        max_length=content.SLUG_CHARS,
        unique=True,
        validators=[validate_slug],
        help_text="The last part of the page's address. It is fixed once the page has been published.",
    )
    title = models.CharField(max_length=content.TITLE_CHARS, help_text="The name at the top of the page.")
    language = models.CharField(
        max_length=35, default="en", help_text="Language of the text, such as en or pt-BR."
    )
    origin = models.CharField(
        max_length=20,
        choices=[(origin, labels.choice) for origin, labels in ORIGIN_LABELS.items()],
        default="ai_or_crowd",
        help_text="Where the text came from. Readers are told as long as nobody has reviewed the page.",
    )
    # What the editors' lists need of the text; `desk` derives it with every change.
    letter = models.CharField(max_length=1, editable=False, help_text="As readers' A-Z has it.")
    folded = FoldedField("title")
    sameness = models.CharField(max_length=500, editable=False, db_index=True)
    blocks = models.PositiveSmallIntegerField(
        null=True,
        editable=False,
        db_index=True,
        help_text="How many findings forbid publishing the text. None: not checked since checks have changed.",
    )
    held_back = LinesField(default=list, editable=False, help_text="What these findings say.")
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
    sent_back_to = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        editable=False,
        db_index=True,
        help_text="Who handed in the text for which a reviewer has asked for changes, until it is handed in anew.",
    )

    objects = MonographQuerySet.as_manager()

    class Meta:
        ordering = ["title", "slug"]
        permissions = [("publish_monograph", "Can review, publish, withdraw and restore monographs")]
        indexes = [
            models.Index(fields=["letter", "folded", "id"], name="monograph_by_letter"),
            models.Index(fields=["folded"], name="monograph_by_name"),
            models.Index(fields=["submitted_version"], name="monograph_by_submission"),
        ]
        constraints = [
            not_blank_check("monograph", "slug"),
            not_blank_check("monograph", "title"),
            one_of_check("monograph", "origin", content.ORIGINS),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def publication_or_none(self) -> "Publication | None":
        """The publication, or None before the first edition. A query, unless `publication` was joined."""
        return getattr(self, "publication", None)

    @property
    def submitted(self) -> bool:
        """Whether the text as it stands has been handed in for review."""
        return self.submitted_version == self.version


class DeskRow(models.Model):
    """Ordered row of a monograph's desk. `position` keeps the author's order."""

    monograph = models.ForeignKey(Monograph, models.CASCADE)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.position + 1}"


class ComponentRow(DeskRow):
    """Row that may speak of one component of a combination; of the whole page if it names none."""

    component = models.CharField(
        max_length=content.TITLE_CHARS,
        blank=True,
        help_text="The ingredient that this is about; empty for the whole page.",
    )

    class Meta(DeskRow.Meta):
        abstract = True


class DrugName(DeskRow):
    class Source(models.TextChoices):
        PAGE = "page", "a page that was imported"
        LIST = "list", "a list of names"
        EDITOR = "editor", "an editor"

    text = models.CharField("name", max_length=content.TITLE_CHARS)
    kind = models.CharField(
        max_length=20,
        choices=choices_of(content.NAME_KINDS),
        help_text="Misspellings are found by search and never shown.",
    )
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.EDITOR, editable=False)
    folded = FoldedField("text")

    class Meta(DeskRow.Meta):
        verbose_name = "name"
        default_related_name = "names"
        indexes = [models.Index(fields=["folded"], name="drugname_by_name")]
        constraints = [
            one_of_check("drugname", "kind", content.NAME_KINDS),
            not_blank_check("drugname", "text"),
        ]


class Ingredient(DeskRow):
    text = models.CharField("ingredient", max_length=content.TITLE_CHARS)

    class Meta(DeskRow.Meta):
        default_related_name = "ingredients"
        constraints = [not_blank_check("ingredient", "text")]


class ClassOfDrug(DeskRow):
    name = models.CharField("class", max_length=content.TITLE_CHARS)
    atc = models.CharField("ATC code", max_length=10, blank=True)

    class Meta(DeskRow.Meta):
        verbose_name = "class"
        verbose_name_plural = "classes"
        default_related_name = "classes"
        indexes = [models.Index(fields=["name"], name="classofdrug_by_name")]
        constraints = [not_blank_check("classofdrug", "name")]


class Section(ComponentRow):
    kind = models.CharField(max_length=20, choices=list(content.SECTION_HEADINGS.items()))
    heading = models.CharField(
        "own heading",
        max_length=content.LINE_CHARS,
        blank=True,
        help_text="Leave empty to show the heading of the section's kind.",
    )
    body = models.TextField(blank=True, help_text="Markdown. Headings inside a section start at ####.")

    class Meta(DeskRow.Meta):
        default_related_name = "sections"
        constraints = [one_of_check("section", "kind", content.SECTION_KINDS)]

    def __str__(self) -> str:
        return with_component(self.component, self.heading or self.get_kind_display())


class SideEffect(ComponentRow):
    name = models.CharField(max_length=content.LINE_CHARS, help_text="Inline Markdown.")
    description = models.TextField(blank=True)
    group = models.CharField(max_length=20, choices=choices_of(content.GROUPS), default="other")
    label = models.CharField(
        "heading in the source",
        max_length=content.LINE_CHARS,
        blank=True,
        help_text="The words under which the source lists it.",
    )
    frequency = models.CharField(
        max_length=20,
        choices=[(frequency, labels.choice) for frequency, labels in FREQUENCY_LABELS.items()],
        default="not_stated",
        help_text="By number, never by word alone.",
    )
    urgency = models.CharField(
        max_length=20,
        choices=[(urgency, labels.choice) for urgency, labels in URGENCY_LABELS.items()],
        default="unsorted",
        help_text="What a reader should do.",
    )
    reference = models.PositiveSmallIntegerField(
        "source",
        null=True,
        blank=True,
        help_text="The number of the reference that says so, as the list stood when you opened the page.",
    )

    class Meta(DeskRow.Meta):
        verbose_name = "side effect"
        default_related_name = "side_effects"
        constraints = [
            not_blank_check("sideeffect", "name"),
            one_of_check("sideeffect", "group", content.GROUPS),
            one_of_check("sideeffect", "frequency", content.FREQUENCIES),
            one_of_check("sideeffect", "urgency", content.URGENCIES),
        ]


class FAQ(ComponentRow):
    question = models.CharField(max_length=content.LINE_CHARS)
    answer = models.TextField(blank=True)

    class Meta(DeskRow.Meta):
        verbose_name = "question"
        verbose_name_plural = "common questions"
        default_related_name = "faqs"
        constraints = [not_blank_check("faq", "question")]


def _label_field(help_text: str) -> models.CharField:
    return models.CharField(
        max_length=content.LABEL_CHARS, blank=True, default="", db_default="", help_text=help_text
    )


class Reference(DeskRow):
    title = models.CharField(max_length=content.LINE_CHARS)
    publisher = models.CharField(max_length=content.LINE_CHARS, blank=True)
    url = models.URLField("address", max_length=content.LINE_CHARS, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    accessed_on = models.DateField(null=True, blank=True, help_text="The day on which a person read it.")
    # Of a regulator's label. An old process that still runs during an upgrade writes none of these.
    country = _label_field("Of a label: its country, such as US.")
    version = _label_field("Of a label: which version was read.")
    date = _label_field("Of a label: the day of that version.")
    locator = _label_field("Where in it to look, such as a section.")
    source = _label_field("Of a label: the collection it is from.")
    set_id = _label_field("Of a label: its number there, by which newer versions are noticed.")

    class Meta(DeskRow.Meta):
        default_related_name = "references"
        constraints = [not_blank_check("reference", "title")]


class Paragraph(models.Model):
    """Fingerprint of a longer paragraph on a desk: a text that two pages share may be true of one of them only."""

    monograph = models.ForeignKey(Monograph, models.CASCADE, related_name="paragraphs")
    digest = models.CharField(max_length=16, db_index=True)

    def __str__(self) -> str:
        return self.digest


class ImportRecord(models.Model):
    """Provenance of an imported monograph: its file, and the hash of what the desk said when it had been read.

    `format` is `page` or `old`, `sha256` that of the file's bytes.
    """

    monograph = models.OneToOneField(Monograph, models.CASCADE, related_name="import_record")
    path = models.CharField(max_length=1000, help_text="Last folder and name of the file.")
    old_address = models.CharField(max_length=600, db_index=True, help_text="Last folder and stem.")
    format = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    # Read by nobody. The column stays: a restore takes only backups that the same migrations made.
    reader = models.CharField(max_length=20, help_text="Version of the reader that understood it.")
    desk_sha256 = models.CharField(max_length=64)
    kept = models.TextField(
        blank=True, default="", help_text="What the file holds for editors only: comments, keys, marks."
    )
    imported_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(
        null=True,
        db_index=True,
        help_text="Read by nobody. The column stays: a restore takes only backups that the same migrations made.",
    )

    def __str__(self) -> str:
        return self.path

    @property
    def source(self) -> dict[str, str]:
        """The file, as the JSON of a desk has it."""
        return {"format": self.format, "path": self.path, "sha256": self.sha256}
