"""Problem reports of readers on a page, and what came of them. Nothing in them is about the reader."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from drugs import content
from drugs.models.constraints import not_blank_check, one_of_check
from drugs.models.monographs import Monograph

MESSAGE_CHARS = 4_000


class Kind(models.TextChoices):
    WRONG = "wrong", _("Something is wrong")
    UNCLEAR = "unclear", _("Something is hard to understand")
    MISSING = "missing", _("Something is missing")
    OTHER = "other", _("Something else")


class State(models.TextChoices):
    OPEN = "open"
    CLOSED = "closed"


class Outcome(models.TextChoices):
    CORRECTED = "corrected", "the page was corrected"
    NO_CHANGE = "no_change", "no change is needed"
    PASSED_ON = "passed_on", "passed on to somebody else"
    NO_REPORT = "no_report", "not a report (spam, or about something else)"


class ProblemReport(models.Model):
    """What one reader found wrong, unclear or missing in one edition. `web.problem_reports` takes and closes them."""

    monograph = models.ForeignKey(Monograph, models.PROTECT, related_name="problem_reports")
    number = models.PositiveIntegerField("edition", help_text="The one that the reader had before them.")
    sha256 = models.CharField(max_length=64)
    section = models.CharField(max_length=40, blank=True, help_text="Its anchor; empty for the whole page.")
    heading = models.CharField(
        max_length=content.LINE_CHARS, blank=True, help_text="The section's, as readers saw it."
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    message = models.TextField(max_length=MESSAGE_CHARS)
    created_at = models.DateTimeField(default=timezone.now)
    token = models.CharField(max_length=16, db_default="", help_text="Of the form, which sends once.")
    overflow = models.BooleanField(
        db_default=False, help_text="Whether it came while more came in than editors can read."
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    outcome = models.CharField(
        max_length=20,
        choices=Outcome.choices,
        blank=True,
        help_text="Whoever says what came of it closes it.",
    )
    note = models.TextField(blank=True, max_length=2000, help_text="For editors. Readers never see it.")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "problem report"
        ordering = ["-state", "created_at", "id"]  # "open" before "closed", the oldest first
        default_permissions = ["change", "view"]  # readers add them, and only `purge_reports` deletes
        indexes = [
            models.Index(fields=["created_at"], name="problemreport_by_date"),  # how many came in this hour
            models.Index(fields=["state"], condition=Q(overflow=True), name="problemreport_overflow"),
        ]
        constraints = [
            one_of_check("problemreport", "kind", Kind.values),
            not_blank_check("problemreport", "message"),
            models.UniqueConstraint(
                fields=["token"], condition=~Q(token=""), name="problemreport_token_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="problemreport_number_from_one"),
            models.CheckConstraint(
                condition=Q(state="open", outcome="", closed_at=None, closed_by="")
                | Q(state="closed", outcome__in=Outcome.values, closed_at__isnull=False) & ~Q(closed_by=""),
                name="problemreport_closed_whole_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"Report {self.pk} on {self.monograph}"
