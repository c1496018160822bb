"""Whatever is due: each job says itself whether it is, so that nothing happens twice in a period."""

import os
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, close_old_connections

from drugs.audit import checkpoints

LOOKS = 1.0  # seconds between two looks at whether the process that started this one still runs


class Command(BaseCommand):
    help = "Does what is due: a signed checkpoint, an hour after the last one if something happened since."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, metavar="SECONDS", help="go on, with such pauses")
        parser.add_argument(
            "--beside", type=int, metavar="PID", help="end with the process that started this one"
        )

    def handle(self, *, every: float | None, beside: int | None, **options: Any) -> None:
        while True:
            try:
                self._run(options["verbosity"])
            except (DatabaseError, checkpoints.NoKey) as error:
                if every is None:
                    raise CommandError(str(error)) from None
                self.stderr.write(str(error))
            if every is None or not _pause(every, beside):
                return
            close_old_connections()

    def _run(self, verbosity):
        made = checkpoints.make()
        if made and verbosity:
            self.stdout.write(made.note)
        elif not made and verbosity > 1:
            self.stdout.write("Nothing is due." if checkpoints.signer() else checkpoints.WITHOUT_KEY)


def _pause(seconds: float, beside: int | None) -> bool:
    """Whether the process `beside` this one, its parent, still runs after so many seconds."""
    until = time.monotonic() + seconds
    while beside in (None, os.getppid()):
        if time.monotonic() >= until:
            return True
        time.sleep(min(LOOKS, seconds))
    return False
