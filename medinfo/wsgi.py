"""WSGI application, which gunicorn serves as `medinfo.wsgi:application`."""

import os

import django
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medinfo.settings")


def hold_open() -> BaseDatabaseWrapper | None:
    """Persistent connection: one to SQLite that stays open as long as this process; None where there is none to hold.

    With its last connection SQLite deletes the files beside the database. On a disk that is full it could not make
    them again, and even readers would wait.
    """
    if connection.vendor != "sqlite":
        return None
    held = connection.copy()
    try:
        with held.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM sqlite_master")  # only who reads has those files open
    except DatabaseError:  # whoever asks for a page is told
        return None
    return held


django.setup(set_prefix=False)

from drugs.web.fast_path import SiteHandler  # noqa: E402 - models cannot be imported before

application = SiteHandler()
held = hold_open()
