"""Goes on with an import that was started in the admin: the process behind its progress."""

from django.core.management.base import BaseCommand

from drugs.import_export import worker as import_runs


class Command(BaseCommand):
    help = "Does the work of an import that was started in the admin, which runs this by itself."

    def add_arguments(self, parser):
        parser.add_argument("task", type=int, help="the import's number")
        parser.add_argument("worker", help="the word that the import expects")

    def handle(self, *, task, worker, **options):
        import_runs.run(task, worker)
