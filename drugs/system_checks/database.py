"""System checks of what the database holds, each with a sentence that says what to do."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connections

from drugs.audit import triggers
from drugs.models import Publication, SiteText, Tally
from drugs.search import counters


def check_triggers(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Triggers: the database itself must refuse to change editions and recorded acts."""
    return [
        Error(
            f"The database does not protect editions and recorded acts: {', '.join(missing)} missing.",
            hint="Run `manage.py migrate --skip-checks`; it installs them again.",
            id="drugs.E001",
        )
        for alias in databases or []
        if (missing := _missing_triggers(alias))
    ]


def check_contact(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Contact of the operator: readers need to know who is responsible."""
    return [
        Warning(
            "The site text `contact` is empty: readers cannot tell who is responsible for the site.",
            hint="Write it in the admin under Site texts.",
            id="drugs.W001",
        )
        for alias in databases or []
        if _has_table(alias, SiteText._meta.db_table)
        and not SiteText.objects.using(alias).filter(key="contact").exclude(body="").exists()
    ]


def check_counts(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Denormalised counters: lists show numbers that were counted as pages were published."""
    return [
        Warning(
            "The numbers of pages that lists show are wrong.",
            hint="Run `manage.py rebuild_index`; it counts anew.",
            id="drugs.W002",
        )
        for alias in databases or []
        if _has_table(alias, Tally._meta.db_table)
        and _has_table(alias, Publication._meta.db_table)
        and counters.wrong_pages(alias)
    ]


def register_checks() -> None:
    """Registration for `check --database` and for `migrate`."""
    for check in (check_triggers, check_contact, check_counts):
        register(check, Tags.database)


def _missing_triggers(alias):
    """The missing triggers of tables that are there: `migrate`, which makes the others, begins with this check."""
    if not _has_table(alias, triggers.TABLE):
        return []
    missing = triggers.missing(connections[alias])
    return [
        name
        for chain in triggers.CHAINS
        if _has_table(alias, chain.table)
        for name in chain.triggers
        if name in missing
    ]


def _has_table(alias, table):
    """False too where the database does not answer, which deployment.py says."""
    try:
        return table in connections[alias].introspection.table_names()
    except DatabaseError:
        return False
