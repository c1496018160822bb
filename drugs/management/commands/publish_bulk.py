"""The bulk files of the open data, written anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from drugs.import_export import bulk
from drugs.web import bulk_files


class Command(BaseCommand):
    help = "Writes the bulk files of the open data that /api/v1/bulk/ serves; `run_due` calls it once a day."

    def handle(self, **options: Any) -> None:
        try:
            written = bulk.write()
        except bulk.Busy as busy:
            raise CommandError(str(busy)) from None
        except OSError as error:
            raise CommandError(
                f"Cannot write {error.filename or bulk_files.bulk_folder()}: {error.strerror}."
            ) from None
        where = bulk_files.bulk_folder()
        self.stdout.write(
            f"{written.pages} pages and {written.tombstones} withdrawn ones written to {where}."
        )
