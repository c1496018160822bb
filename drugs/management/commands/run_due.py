"""Whatever is due: each job says itself whether it is, so that nothing happens twice in a period."""

import os
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from drugs.audit import checkpoints

LOOKS = 1.0  # seconds between two looks at whether the process that started this one still runs


class Command(BaseCommand):
    help = "Does what is due: a signed checkpoint, an hour after the last one if something happened since."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every",
            type=float,
            metavar="SECONDS",
            help="go on, as long as the process that started this one runs",
        )

    def handle(self, *, every: float | None, **options: Any) -> None:
        parent = os.getppid()
        while True:
            try:
                self._run(options["verbosity"])
            except (DatabaseError, checkpoints.NoKey) as error:
                if every is None:
                    raise CommandError(str(error)) from None
                self.stderr.write(str(error))
            until = time.monotonic() + (every or 0)
            while time.monotonic() < until and os.getppid() == parent:
                time.sleep(LOOKS)
            if every is None or os.getppid() != parent:
                return

    def _run(self, verbosity):
        made = checkpoints.make()
        if made and verbosity:
            self.stdout.write(made.note)
        elif not made and verbosity > 1:
            self.stdout.write("Nothing is due." if checkpoints.signer() else checkpoints.WITHOUT_KEY)
