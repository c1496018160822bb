"""Django's `createsuperuser`, with an audit entry for each superuser as for accounts that people add."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.management.commands import createsuperuser

from drugs import audit


class Command(createsuperuser.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        # No transaction around it: it waits for somebody who types, and SQLite would wait with it.
        before = set(self._superusers())
        super().handle(*args, **options)
        for name in set(self._superusers()) - before:
            audit.record("createsuperuser", "person_added", name, "active, staff, superuser")

    def _superusers(self):
        people = get_user_model().objects.filter(is_superuser=True)
        return people.values_list(get_user_model().USERNAME_FIELD, flat=True)
