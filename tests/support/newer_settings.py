"""The settings of a site's process in a version that is yet to come, which has one migration more."""

from tests.support.site_settings import *  # noqa: F403

MIGRATION_MODULES = {"drugs": "tests.support.newer_migrations"}
