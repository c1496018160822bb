"""Removal of the second factor of somebody who lost it, when no administrator can."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from drugs.accounts import second_factor


class Command(BaseCommand):
    help = "Removes the second factor of an account, which sets up a new one at its next login."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *, username: str, **options: Any) -> None:
        person = get_user_model().objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"There is no account {username!r}.")
        if not second_factor.remove(person, by="remove_second_factor"):
            raise CommandError(f"{username} has no second factor; one is set up at the next login.")
        self.stdout.write(f"{username} sets up a new second factor at the next login.")
