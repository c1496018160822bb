"""Fixtures for every test: data folders from the environment, databases that may be emptied, whole sites."""

import os
from pathlib import Path

import pytest
from django.db import connection, connections
from django.db.backends.base.operations import BaseDatabaseOperations

from drugs.audit import triggers
from tests.support.sites import PostgresDatabase, Site, postgres_server


def pytest_collection_modifyitems(config, items):
    """What asks no database is the same on each of them: it is left out where a server is named."""
    if "MEDINFO_DATABASE_URL" not in os.environ:
        return
    asking, others = [], []
    for item in items:
        asks = item.get_closest_marker("django_db") or item.get_closest_marker("processes")
        asks = asks or {"db", "transactional_db"} & set(item.fixturenames)
        (asking if asks else others).append(item)
    items[:] = asking
    config.hook.pytest_deselected(items=others)


@pytest.fixture(scope="session", autouse=True)
def editions_can_be_flushed():
    """Tests that commit end with a flush, which the triggers refuse; migrate's signal installs them again."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def execute_sql_flush(self, sql_list):
        triggers.remove(connections[self.connection.alias])
        flush(self, sql_list)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", execute_sql_flush)
        yield


def _folder(variable):
    value = os.environ.get(variable)
    if not value:
        pytest.skip(f"{variable} names no folder with data to test on.")
    return Path(value)


@pytest.fixture(scope="session")
def corpus():
    """The folder with real pages of the old shapes."""
    return _folder("MEDINFO_TEST_CORPUS")


@pytest.fixture(scope="session")
def search_data():
    """The folder with real queries and the names they should find."""
    return _folder("MEDINFO_TEST_SEARCH")


@pytest.fixture
def site(tmp_path):
    """An empty site on the kind of database under test; its servers end with the test."""
    if connection.vendor == "sqlite":
        made = Site(tmp_path)
        yield made
        made.stop()
        return
    with PostgresDatabase(postgres_server(), "site") as database:
        made = Site(tmp_path, database.url)
        yield made
        made.stop()
