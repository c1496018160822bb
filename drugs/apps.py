"""App configurations: the admin site of the desk, system checks, and receivers after migrate."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.db import connections
from django.db.models.signals import post_migrate


class DeskConfig(admin.AdminConfig):
    """Django's admin as the editors' desk, on an admin site with log-in rules of its own."""

    default = False
    default_site = "drugs.accounts.admin_site.DeskSite"


class DrugsConfig(AppConfig):
    name = "drugs"
    verbose_name = "Medicines"

    def ready(self) -> None:
        # Models are not loaded before this point.
        from drugs.accounts import sessions
        from drugs.audit import receivers
        from drugs.caching import circuit_breaker
        from drugs.system_checks import database, deployment, settings

        sessions.connect_signals()
        receivers.connect()
        circuit_breaker.connect_signals()
        for module in (settings, database, deployment):
            module.register_checks()
        post_migrate.connect(after_migrate, sender=self)


def after_migrate(using: str, **kwargs: object) -> None:
    """Receiver of post_migrate: protects the editions, and ships texts, roles and the lock row.

    After a migration backwards some tables are not there, and nothing is done for them.
    """
    from drugs.accounts import roles
    from drugs.audit import triggers
    from drugs.models import SiteText, Stamp
    from drugs.search import counters
    from drugs.web import site_texts

    tables = connections[using].introspection.table_names()
    if triggers.TABLE in tables:
        triggers.install(connections[using])
    if SiteText._meta.db_table in tables:
        site_texts.ensure(using)
        roles.ensure(using)
    if Stamp._meta.db_table in tables:
        counters.ensure(using)
