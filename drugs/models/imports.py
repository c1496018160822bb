"""Import tasks that people start in the admin: the upload, its progress, and the outcome of each file."""

from contextlib import suppress
from datetime import timedelta

from django.db import DatabaseError, models
from django.db.models import Q
from django.utils import timezone

from drugs.models.constraints import choices_of, one_of_check

OUTCOMES = ("created", "updated", "unchanged", "conflict", "failed")
STATES = ("running", "checked", "done", "stopped", "failed")
SILENCE = timedelta(seconds=60)  # a process that said nothing for so long has ended


class ImportTask(models.Model):
    """One upload on its way: checked in a dry run, then saved if somebody says so."""

    name = models.CharField("file", max_length=255)
    size = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField("uploaded", default=timezone.now)
    started_by = models.CharField("by", max_length=200, help_text="Who uploaded it, or had it saved.")
    uploaded_by = models.CharField(max_length=200, db_default="", help_text="Who brought the file.")
    saving = models.BooleanField(default=False, help_text="Whether it is being saved, not only checked.")
    publish = models.BooleanField(default=False)
    overwrite = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=choices_of(STATES), default="running")
    worker = models.CharField(max_length=32, help_text="The only process that may go on with it.")
    heartbeat = models.DateTimeField(default=timezone.now)
    total = models.PositiveIntegerField(null=True, help_text="How many files it holds, once that is known.")
    handled = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    left_out = models.TextField(
        blank=True, default="", db_default="", help_text="Files that hold no page, one a line."
    )

    class Meta:
        verbose_name = "import"
        ordering = ["-uploaded_at", "-id"]
        default_permissions = ["add", "view"]
        constraints = [
            one_of_check("importtask", "state", STATES),
            # Two at once would find each other's pages half-way.
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="running"), name="importtask_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def fail(self, error: str) -> None:
        """Says why it ended, unless another process goes on with it. Without a database its silence will tell."""
        with suppress(DatabaseError):
            ImportTask.objects.filter(pk=self.pk, worker=self.worker).update(state="failed", error=error)

    @property
    def interrupted(self) -> bool:
        """Whether the process that should be at work has ended without a word."""
        return self.state == "running" and self.heartbeat < timezone.now() - SILENCE


class ImportUpload(models.Model):
    """The bytes of an upload, apart from its task, which is written after every few pages."""

    task = models.OneToOneField(ImportTask, models.CASCADE, primary_key=True, related_name="upload")
    data = models.BinaryField()

    def __str__(self) -> str:
        return self.task.name


class ImportResult(models.Model):
    """What came of one file of an import, or would come of it."""

    task = models.ForeignKey(ImportTask, models.CASCADE, related_name="results", db_index=False)
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10)
    slug = models.CharField(max_length=255, blank=True)
    published = models.BooleanField(default=False)
    held = models.BooleanField(default=False)
    line = models.TextField(help_text="As JSON, in the keys of the command's report.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "number"], name="importresult_number_once"),
            one_of_check("importresult", "outcome", OUTCOMES),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.outcome}"
