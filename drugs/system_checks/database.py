"""What can be wrong with an installation, each with a sentence that says what to do."""

from django.core.checks import Error, Warning
from django.db import DatabaseError, connections

from drugs.audit import triggers
from drugs.models import Publication, SiteText, Tally
from drugs.search import counters


def check_triggers(databases=None, **kwargs):
    """The database itself must refuse to change editions and recorded acts."""
    return [
        Error(
            f"The database does not protect editions and recorded acts: {', '.join(gone)} missing.",
            hint="Run `manage.py migrate --skip-checks`; it installs them again.",
            id="drugs.E001",
        )
        for alias in databases or []
        if (gone := _missing(alias))
    ]


def check_contact(databases=None, **kwargs):
    """Readers need to know who is responsible."""
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


def check_counts(databases=None, **kwargs):
    """Lists show numbers that were counted as pages were published."""
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


def _missing(alias):
    """The missing triggers of tables that are there: `migrate`, which makes the others, begins with this check."""
    if not _has_table(alias, triggers.TABLE):
        return []
    gone = triggers.missing(connections[alias])
    return [
        name
        for chain in triggers.CHAINS
        if _has_table(alias, chain.table)
        for name in chain.triggers
        if name in gone
    ]


def _has_table(alias, table):
    """False too where the database does not answer, which operating_checks.py says."""
    try:
        return table in connections[alias].introspection.table_names()
    except DatabaseError:
        return False
