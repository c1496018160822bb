"""Audit log: who did what, in order. Append-only, and a hash chain: each entry names the one before it."""

import datetime
import re

from django.db import models
from django.db.models import Q

from drugs import content

# The end of the detail of an entry with facts. The hash of the chain covers the detail, and so the facts; versions of
# the program that know none prove the same chain.
MARK = re.compile(r"\n?\[states ([0-9a-f]{64})\]\Z")

ACTIONS = {
    "password": "gave the right password",
    "remote": "was named by the proxy",
    "logged_in": "logged in",
    "logged_out": "logged out",
    "sessions_ended": "logged out everywhere",
    "wrong_code": "gave a wrong code",
    "locked_out": "was locked out",
    "enrolled": "set up a second factor",
    "backup_codes": "made new backup codes",
    "backup_code": "used a backup code",
    "factor_removed": "removed a second factor",
    "person_added": "added an account",
    "person_changed": "changed an account",
    "password_set": "set a password",
    "password_kept": "had the same password hashed anew",
    "notices_changed": "changed the notices of",
    "saved": "saved the desk of",
    "deleted": "deleted the desk of",
    "handed_in": "handed in",
    "asked_changes": "asked for changes of",
    "commented": "commented on",
    "shared": "made a link for comment to",
    "share_revoked": "revoked a link for comment to",
    "published": "published",
    "reviewed": "published as reviewed",
    "restored": "restored",
    "withdrawn": "withdrew",
    "imported": "imported",
    "import_begun": "began an import of",
    "import_stopped": "stopped the import of",
    "import_continued": "continued the import of",
    "exported": "exported",
    "text_changed": "changed a site text",
    "label_chosen": "said which label stands beside",
    "reported": "reported a problem of",
    "report_answered": "answered a report on",
    "reports_purged": "deleted old reports",
    "backed_up": "wrote a backup",
    "restored_backup": "restored a backup",
    "checkpoint_key": "began to sign checkpoints with",
    "found": "found and took over",
}


class AuditEntry(models.Model):
    """One act. Only ever inserted, through `drugs.audit`: triggers refuse everything else (drugs.audit.triggers)."""

    number = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField("when")
    who = models.CharField(max_length=200, help_text="The account or the command, as text.")
    action = models.CharField(max_length=20, help_text="One of ACTIONS, which may grow.")
    object = models.CharField("what", max_length=500, blank=True, help_text="What it was done to, as text.")
    detail = models.TextField(blank=True)
    facts = models.TextField(
        blank=True,
        default="",
        db_default="",
        help_text="What is so since this act, as canonical JSON: the keys of drugs.audit.facts.",
    )
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

    @property
    def remark(self) -> str:
        """The detail as people wrote it, without the hash of the facts."""
        return without_mark(self.detail)

    @property
    def facts_sha256(self) -> str:
        """The hash of the facts, as the detail has it; empty if the act states none."""
        mark = MARK.search(self.detail)
        return mark[1] if mark else ""

    def compute_record(self) -> str:
        """Hash of the chain: SHA-256 of the canonical JSON of all other columns; facts stand by their hash."""
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


def without_mark(detail: str) -> str:
    """The `detail` of an entry without the hash of its facts, if it has one, and without what looks like one."""
    while mark := MARK.search(detail):
        detail = detail[: mark.start()]
    return detail


def with_mark(detail: str, facts: str) -> str:
    """The `detail` of an entry with the hash of its `facts`, canonical JSON; as it is, if there are none."""
    return f"{detail}\n[states {content.sha256(facts)}]".lstrip("\n") if facts else detail


class Checkpoint(models.Model):
    """A signed note on the head of the audit log: its number and record, and the public key that proves it."""

    number = models.PositiveIntegerField()
    record = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    key = models.CharField(max_length=300)
    note = models.TextField()

    class Meta:
        ordering = ["id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"checkpoint of entry {self.number}"
