"""Everything that can be found out about an installation, in plain words: what is wrong, and what to do."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import ERROR, WARNING, run_checks
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from drugs.audit import checkpoints
from drugs.backups import BackupError, encryption, trial
from drugs.backups.faults import Fault
from drugs.backups.integrity import verify
from drugs.models import AuditEntry, Checkpoint

FOLDERS = [Path("/var/backups/medinfo"), Path(settings.DATA_DIR, "backups")]
BACKUP_HOURS = 48  # a night may fail once
CHECKPOINT_HOURS = 3  # each hour one is due, if anything happened


class Command(BaseCommand):
    help = (
        "Looks at settings, machine and database, proves every hash and act, and restores the newest backup aside. "
        "Changes nothing, and ends with a failure if anything is wrong."
    )
    requires_system_checks = []  # they are part of what it says

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--backups",
            type=Path,
            action="append",
            metavar="FOLDER",
            help=f"where backups lie, if not in {FOLDERS[0]} or {FOLDERS[1]}",
        )
        parser.add_argument(
            "--identity", type=Path, metavar="FILE", help="the secret key of age that opens encrypted backups"
        )
        parser.add_argument("--quick", action="store_true", help="restore no backup, which takes minutes")

    def handle(
        self, *, backups: list[Path] | None, identity: Path | None, quick: bool, **options: Any
    ) -> None:
        parts = [
            ("Settings and machine", _checks()),
            ("What was published, and the record of acts", verify(progress=lambda count: None)),
            ("The signature below the record of acts", _witness()),
            ("The newest backup", self._backup(backups or FOLDERS, identity, quick)),
        ]
        wrong = 0
        for title, findings in parts:
            self.stdout.write(f"{title}:")
            found = list(_unfailing(findings))
            for fault in found:
                style = self.style.WARNING if fault.warning else self.style.ERROR
                self.stdout.write(style(f"  {'-' if fault.warning else '!'} {fault}"))
            if not found:
                self.stdout.write("  all is well.")
            wrong += sum(not fault.warning for fault in found)
        if wrong:
            raise CommandError(f"{wrong} thing{'s are' if wrong > 1 else ' is'} wrong, each behind a “!”.")
        self.stdout.write("Nothing is wrong with this site that it could find itself.")

    def _backup(self, folders, identity, quick):
        path = trial.newest_backup(folders)
        if path is None:
            where = " or ".join(map(str, folders))
            yield Fault(
                f"There is none in {where}.",
                "`manage.py backup FILE` writes one; medinfo-backup.timer, or `due` of compose.yaml, does so each "
                "night. --backups names another folder.",
            )
            return
        age = timezone.now().timestamp() - path.stat().st_mtime
        self.stdout.write(f"  {path}, written {_hours(age)} ago.")
        if age > BACKUP_HOURS * 3600:
            yield Fault(
                f"It is older than {BACKUP_HOURS} hours.",
                "See why medinfo-backup.service, or `due` of compose.yaml, fails.",
            )
        if quick:
            self.stdout.write("  Not tried: --quick.")
        elif encryption.is_sealed(path) and identity is None:
            self.stdout.write(
                "  Not tried, since it is encrypted: --identity FILE names the key that opens it."
            )
        else:
            said = trial.restore_aside(path, identity)
            self.stdout.write("  " + said.replace("\n", "\n  "))


def _checks() -> Iterator[Fault]:
    """What `check --deploy --database default` says; its warnings are warnings here."""
    for message in run_checks(include_deployment_checks=True, databases=["default"]):
        if message.level >= WARNING and not message.is_silenced():
            what = f"{message.hint or ''} ({message.id})"
            yield Fault(message.msg, what, warning=message.level < ERROR)


def _witness() -> Iterator[Fault]:
    if checkpoints.signer() is None:
        yield Fault(checkpoints.WITHOUT_KEY, "", warning=True)
        return
    last = Checkpoint.objects.order_by("-number").first()
    late = timezone.now() - timedelta(hours=CHECKPOINT_HOURS)
    unsigned = AuditEntry.objects.filter(number__gt=last.number if last else 0, at__lt=late)
    if count := unsigned.count():
        yield Fault(
            f"Acts older than {CHECKPOINT_HOURS} hours that no checkpoint covers: {count}.",
            "medinfo-due.timer, or `due` of compose.yaml, does not run, or `run_due` fails.",
        )


def _unfailing(findings: Iterator[Fault]) -> Iterator[Fault]:
    """All findings; what cannot be looked at is one of them, and ends no other part."""
    try:
        yield from findings
    except DatabaseError as error:
        yield Fault("It cannot be looked at.", f"The database does not answer as it should: {error}.")
    except (BackupError, checkpoints.NoKey) as error:
        yield Fault(str(error), "")


def _hours(seconds: float) -> str:
    hours = int(seconds // 3600)
    return f"{hours} hour{'' if hours == 1 else 's'}" if hours < 72 else f"{hours // 24} days"
