"""Django's `changepassword`, with an audit entry as for a password that an administrator sets."""

import getpass
from typing import Any

from django.contrib.auth.management.commands import changepassword

from drugs import audit


class Command(changepassword.Command):
    def handle(self, *args: Any, **options: Any) -> str | None:
        message = super().handle(*args, **options)
        audit.record("changepassword", "password_set", options["username"] or getpass.getuser())
        return message
