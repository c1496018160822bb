"""Import worker: the process behind the progress of an import that was started in the admin."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from drugs.import_export import worker as import_worker


class Command(BaseCommand):
    help = "Does the work of an import that was started in the admin, which runs this by itself."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("task", type=int, help="the import's number")
        parser.add_argument("worker", help="the word that the import expects")

    def handle(self, *, task: int, worker: str, **options: Any) -> None:
        import_worker.limit_resources()
        import_worker.run(task, worker)
