"""Whatever is due: each job says itself whether it is, so that nothing happens twice in a period."""

import os
import time
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, close_old_connections

from drugs.audit import checkpoints
from drugs.import_export import bulk
from drugs.notifications.delivery import deliver_due

LOOKS = 1.0  # seconds between two looks at whether the process that started this one still runs


class Command(BaseCommand):
    help = (
        "Does what is due: a signed checkpoint, an hour after the last one if something happened since, and the bulk "
        "files of the open data, once a day and after each withdrawal; and tells by mail and webhook what waits."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, metavar="SECONDS", help="go on, with such pauses")
        parser.add_argument(
            "--beside", type=int, metavar="PID", help="end with the process that started this one"
        )

    def handle(self, *, every: float | None, beside: int | None, **options: Any) -> None:
        while True:
            if errors := list(self._errors(options["verbosity"])):
                if every is None:
                    raise CommandError("\n".join(errors))
                self.stderr.write("\n".join(errors))
            if every is None or not _pause(every, beside):
                return
            close_old_connections()

    def _errors(self, verbosity: int) -> Iterator[str]:
        """What each job could not do, in a sentence; none keeps the others from being done."""
        for job in (self._make_checkpoint, self._write_bulk):
            try:
                job(verbosity)
            except (DatabaseError, OSError, checkpoints.NoKey) as error:
                yield str(error)
        try:
            yield from deliver_due()
        except DatabaseError as error:
            yield str(error)

    def _make_checkpoint(self, verbosity):
        made = checkpoints.make()
        if made and verbosity:
            self.stdout.write(made.note)
        elif not made and verbosity > 1:
            self.stdout.write("No checkpoint is due." if checkpoints.signer() else checkpoints.WITHOUT_KEY)

    def _write_bulk(self, verbosity):
        written = bulk.write_if_due()
        if verbosity > 1:
            self.stdout.write(
                f"Bulk files of {written.pages} pages written." if written else "No bulk files are due."
            )


def _pause(seconds: float, beside: int | None) -> bool:
    """Whether the process `beside` this one, its parent, still runs after so many seconds."""
    until = time.monotonic() + seconds
    while beside in (None, os.getppid()):
        if time.monotonic() >= until:
            return True
        time.sleep(min(LOOKS, seconds))
    return False
