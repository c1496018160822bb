"""Django's `changepassword`, with an audit entry as for a password that an administrator sets."""

import getpass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.management.commands import changepassword

from drugs import audit
from drugs.audit import facts


class Command(changepassword.Command):
    def handle(self, *args: Any, **options: Any) -> str | None:
        message = super().handle(*args, **options)
        username = options["username"] or getpass.getuser()
        person = get_user_model().objects.get_by_natural_key(username)
        audit.record("changepassword", "password_set", username, "", facts.account(person))
        return message
