"""The key that signs checkpoints and backups: made once, kept outside the database."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from drugs.audit import checkpoints, key_files


class Command(BaseCommand):
    help = (
        "Writes the private key that signs checkpoints into the data folder, once, and prints the public one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--name", help="what the key is called, for ever; the site's host if you do not say"
        )

    def handle(self, *, name: str | None, **options: Any) -> None:
        try:
            if checkpoints.signer() is None:
                key_files.write(settings.CHECKPOINT_KEY_FILE, name or urlsplit(settings.BASE_URL).netloc)
            key = checkpoints.signer()
        except (OSError, ValueError, checkpoints.NoKey) as error:
            raise CommandError(f"There is no key: {error}") from None
        assert key
        self.stdout.write(f"{key.verifier}")
