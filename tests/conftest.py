"""Fixtures and marks for every test: data folders from the environment, databases that may be emptied, whole sites."""

import os
import re
import shutil
import signal
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connection, connections
from django.db.backends.base.operations import BaseDatabaseOperations
from django.template import Template

from drugs.audit import triggers
from drugs.search import fulltext, unanswered
from drugs.web import read_counts
from tests.support import interpreters
from tests.support.clock import TODAY, today_is
from tests.support.examples import register_profiles
from tests.support.postgres import postgres_server
from tests.support.site_templates import EXAMPLES, NOTHING, TABLES, shared_templates

register_profiles()
HERE = Path(__file__).parent


# Modules with a fixture that costs much to make: their tests run one after the other, in one process.
ONE_WORKER = re.compile(r"tests/(fuzz|browser|whole_site/test_(deploy|two_workers))\b")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    from xdist.scheduler import LoadScopeScheduling

    class Scheduler(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return nodeid.split("::")[0] if ONE_WORKER.match(nodeid) else nodeid

    return Scheduler(config, log)


def pytest_configure(config):
    interpreters.watch()
    if not hasattr(
        config, "workerinput"
    ):  # the workers of a parallel run have the variable from the process above
        os.environ["MEDINFO_TEST_TEMPLATES"] = tempfile.mkdtemp(prefix="medinfo-templates-")


def pytest_unconfigure(config):
    if not hasattr(config, "workerinput"):
        shared_templates().remove()


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(config, items):
    for item in items:
        if "whole_sites" in item.fixturenames or (HERE / "whole_site") in item.path.parents:
            item.add_marker("whole_site")
        if "live_server" in item.fixturenames or (HERE / "browser") in item.path.parents:
            item.add_marker("browser")
    _leave_out_what_asks_no_database(config, items)


def _leave_out_what_asks_no_database(config, items):
    """What asks no database is the same on each of them: it is left out where a server is named."""
    if "MEDINFO_DATABASE_URL" not in os.environ:
        return
    asking, others = [], []
    for item in items:
        asks = item.get_closest_marker("django_db") or {"db", "transactional_db", "vendor"} & set(
            item.fixturenames
        )
        (asking if asks else others).append(item)
    items[:] = asking
    config.hook.pytest_deselected(items=others)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    with interpreters.allowed(item.get_closest_marker("whole_site") is not None):
        return (yield)


@pytest.fixture(scope="session")
def vendor():
    """The kind of database under test, sqlite or postgresql."""
    return connection.vendor


@pytest.fixture(scope="session")
def django_db_keepdb(request):
    return connection.vendor == "sqlite" or request.config.getvalue("reuse_db")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """The test database begins as a copy of the migrated one, so that not every worker migrates."""
    if connection.vendor == "sqlite":
        migrated = shared_templates().data_folder(TABLES) / "medinfo.sqlite3"
        shutil.copy(migrated, connection.settings_dict["TEST"]["NAME"])
    else:
        template = shared_templates().database(TABLES, postgres_server())
        connection.settings_dict["TEST"]["TEMPLATE"] = template


@pytest.fixture(scope="session", autouse=True)
def contexts_of_whole_pages_only(django_test_environment):
    """Django's test client copies the context of each template it sees; of parts and form fields nobody asks."""
    signalling = Template._render

    def render(self, context):
        is_part = context.template is not self or (self.name or "").startswith("django/forms/")
        return self.nodelist.render(context) if is_part else signalling(self, context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield


@pytest.fixture(scope="session", autouse=True)
def editions_can_be_flushed():
    """Tests that commit end with a flush, which the triggers refuse; migrate's signal installs them again.

    The full text has no model, so a flush does not know its table: left behind, pages of browser tests would take
    the places of the ten best.
    """
    flush = BaseDatabaseOperations.execute_sql_flush

    def execute_sql_flush(self, sql_list):
        triggers.remove(connections[self.connection.alias])
        fulltext.clear()
        flush(self, sql_list)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", execute_sql_flush)
        yield


@pytest.fixture(autouse=True)
def nothing_counted():
    """What readers of an earlier test did is in no process's memory."""
    unanswered._counts.clear()
    read_counts._counts.clear()
    read_counts._searches.clear()


@pytest.fixture(autouse=True)
def calendar():
    """The day on which every test takes place."""
    with today_is(TODAY):
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


@pytest.fixture(scope="session")
def labels_data():
    """The folder with real labels of regulators, and hostile ones."""
    return _folder("MEDINFO_TEST_LABELS")


@pytest.fixture
def default_sigint():
    """Ctrl-C works as in a terminal: a job in the background ignores the signal, and so do its children."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def whole_sites():
    """Templates of sites. Whoever starts processes asks for this, if only through others: it gives `whole_site`."""
    return shared_templates()


@pytest.fixture
def new_site(whole_sites):
    """Makes sites as `Templates.site` does, on SQLite unless a server is named; they end with the test."""
    with ExitStack() as leaving:
        yield lambda *args, **more: leaving.enter_context(whole_sites.site(*args, **more))


@pytest.fixture
def site_without_tables(new_site, tmp_path, vendor):
    """A site on the kind of database under test, as the three fixtures below."""
    return new_site(tmp_path, NOTHING, vendor == "postgresql" and postgres_server())


@pytest.fixture
def empty_site(new_site, tmp_path, vendor):
    return new_site(tmp_path, TABLES, vendor == "postgresql" and postgres_server())


@pytest.fixture
def example_site(new_site, tmp_path, vendor):
    """A site with the example monographs."""
    return new_site(tmp_path, EXAMPLES, vendor == "postgresql" and postgres_server())


@pytest.fixture
def interpreter(new_site, tmp_path):
    """A site on SQLite with the settings of production, no tables and all its variables: to run Python there."""
    return new_site(tmp_path, NOTHING, DJANGO_SETTINGS_MODULE="medinfo.settings")
