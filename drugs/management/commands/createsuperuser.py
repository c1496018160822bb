"""Django's `createsuperuser`, which asks for the name to sign with too, and records each superuser as people are."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.management.commands import createsuperuser
from django.core.management.base import CommandParser

from drugs import audit, content
from drugs.audit import facts, receivers

NAMES = ("first_name", "last_name")  # readers see them under a review


class Command(createsuperuser.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        for name in NAMES:
            parser.add_argument(
                f"--{name}", help=f"{name.replace('_', ' ').capitalize()} to sign pages with."
            )

    def handle(self, *args: Any, **options: Any) -> None:
        # No transaction around it: it waits for somebody who types, and SQLite would wait with it.
        before = set(self._superusers())
        names = {name: self._name(name, options) for name in NAMES}
        with receivers.told_by_caller():
            super().handle(*args, **options)
        for username in set(self._superusers()) - before:
            self._add_name(username, names, options)

    def _name(self, name, options):
        """The name of the options, or the one that is typed; "" if there is none."""
        text, asks = options.get(name), options["interactive"] and self.stdin.isatty()
        while text is None and asks:
            question = f"{name.replace('_', ' ').capitalize()} (readers see it under a review): "
            text = self.get_input_data(get_user_model()._meta.get_field(name), question, "")
            if text and content.find_unprintable(text) is not None:
                self.stderr.write("This holds a character that cannot be printed.")
                text = None
        return (text or "").strip()

    def _add_name(self, username, names, options):
        people = get_user_model().objects.filter(username=username)
        people.update(**names)
        person = people.get()
        full_name = person.get_full_name()
        detail = "active, staff, superuser" + (f"; name “{full_name}”" if full_name else "")
        audit.record("createsuperuser", "person_added", username, detail, facts.account(person))
        if not all(names.values()) and options["verbosity"] >= 1:
            self.stdout.write(
                f"{username} has no first and last name yet and cannot sign a page: add them on the account's page."
            )

    def _superusers(self):
        people = get_user_model().objects.filter(is_superuser=True)
        return people.values_list(get_user_model().USERNAME_FIELD, flat=True)
