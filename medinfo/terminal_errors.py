"""Error messages at a terminal when settings or database are at fault: a sentence, not a traceback."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError

# A row that does not fit is a fault of the program, and whoever mends it needs to see where.
PROGRAM_ERRORS = (DataError, IntegrityError)
INSUFFICIENT_PRIVILEGE = "42501"  # PostgreSQL, appendix A: the site's role is not (yet) allowed what it tries


@contextmanager
def friendly_errors() -> Iterator[None]:
    """Exit message: within it such an error ends the process with a sentence; `--traceback` shows where it was."""
    try:
        yield
    except (ImproperlyConfigured, DatabaseError, InterfaceError) as error:
        if "--traceback" in sys.argv or isinstance(error, PROGRAM_ERRORS):
            raise
        words = " ".join(str(error).split()).rstrip(".?")
        if isinstance(error, ImproperlyConfigured):
            sys.exit(f"The settings are not right: {words}.")
        hint = "`manage.py check --deploy --database default` may say why."
        if getattr(error.__cause__, "sqlstate", "") == INSUFFICIENT_PRIVILEGE:
            hint = "After `migrate` or `restore` say `medinfo grant_site_role ROLE`, the one of MEDINFO_DATABASE_URL."
        sys.exit(f"The database cannot be used: {words}. {hint}")
