"""Audit log: who did what, in order. Append-only, and a hash chain: each entry names the one before it."""

import datetime

from django.db import models
from django.db.models import Q

from drugs import content

ACTIONS = {
    "password": "gave the right password",
    "logged_in": "logged in",
    "logged_out": "logged out",
    "sessions_ended": "logged out everywhere",
    "wrong_code": "gave a wrong code",
    "locked_out": "was locked out",
    "enrolled": "set up a second factor",
    "backup_codes": "made new backup codes",
    "factor_removed": "removed a second factor",
    "person_added": "added an account",
    "person_changed": "changed an account",
    "password_set": "set a password",
    "published": "published",
    "reviewed": "published as reviewed",
    "restored": "restored",
    "withdrawn": "withdrew",
    "imported": "imported",
    "repaired": "put right",
    "text_changed": "changed a site text",
}


class AuditEntry(models.Model):
    """One act. Only ever inserted, through `drugs.audit`: triggers refuse everything else (drugs.audit.triggers)."""

    number = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField("when")
    who = models.CharField(max_length=200, help_text="The account or the command, as text.")
    action = models.CharField(max_length=20, help_text="One of ACTIONS, which may grow.")
    object = models.CharField("what", max_length=500, blank=True, help_text="What it was done to, as text.")
    detail = models.TextField(blank=True)
    previous = models.CharField(max_length=64, blank=True, help_text="The record of the entry before.")
    record = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = "recorded act"
        verbose_name_plural = "recorded acts"
        default_permissions = ("view",)
        ordering = ["number"]
        indexes = [models.Index(fields=["action", "at"], name="auditentry_by_action")]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="auditentry_number_from_one"),
            models.CheckConstraint(
                condition=Q(number=1, previous="") | Q(number__gt=1) & ~Q(previous=""),
                name="auditentry_previous_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.who} {self.words} {self.object}".strip()

    @property
    def words(self) -> str:
        """What was done, as the middle of a sentence."""
        return ACTIONS.get(self.action, self.action)

    def compute_record(self) -> str:
        """Hash of the chain: SHA-256 of the canonical JSON of all other columns."""
        columns = {
            "number": self.number,
            "at": self.at.astimezone(datetime.UTC).isoformat(),
            "who": self.who,
            "action": self.action,
            "object": self.object,
            "detail": self.detail,
            "previous": self.previous,
        }
        return content.sha256(content.canonical_json(columns))
