"""Retention of problem reports: what readers reported is forgotten a year after it was settled."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from drugs.web import problem_reports


class Command(BaseCommand):
    help = "Deletes reports that were closed at least 12 months ago. Open ones stay, however old."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--months", type=int, default=12, metavar="N", help="12 if you do not say")
        parser.add_argument("--dry-run", action="store_true", help="count them and delete nothing")

    def handle(self, *, months: int, dry_run: bool, **options: Any) -> None:
        if not 0 <= months <= 1200:
            raise CommandError("--months takes a number from 0 to 1200.")
        today = timezone.localdate()
        if dry_run:
            count = problem_reports.reports_closed_before(today, months).count()
        else:
            count = problem_reports.purge(today, months, by="purge_reports")
        did = "to be deleted" if dry_run else "deleted"
        self.stdout.write(f"Reports closed at least {months} months ago and {did}: {count}.")
