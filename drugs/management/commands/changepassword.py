"""Django's command of this name, which is recorded like a password that an administrator sets."""

import getpass

from django.contrib.auth.management.commands import changepassword

from drugs import audit


class Command(changepassword.Command):
    def handle(self, *args, **options):
        done = super().handle(*args, **options)
        audit.record("changepassword", "password_set", options["username"] or getpass.getuser())
        return done
