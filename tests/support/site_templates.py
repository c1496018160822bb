"""Template databases: tables are migrated once a run and the examples published once; every site gets a copy.

On SQLite a template is a data folder, on PostgreSQL a database for CREATE DATABASE ... TEMPLATE. The processes of a
parallel run share them: whoever comes first makes one, under a lock, while the others wait.
"""

import fcntl
import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.support import interpreters
from tests.support.postgres import (
    PostgresDatabase,
    address_of,
    create_database,
    drop_database,
    postgres_server,
)
from tests.support.sites import EXAMPLE_PAGES, Site

NOTHING, TABLES, EXAMPLES = "nothing", "tables", "examples"  # what a new site may hold


class Templates:
    """The templates whose files lie in `folder`; those on a server carry its name."""

    def __init__(self, folder: Path):
        self.folder, self._numbers = folder, itertools.count(1)

    def data_folder(self, holds: str) -> Path:
        """The data folder of a SQLite site that holds TABLES or EXAMPLES."""
        folder = self.folder / f"sqlite-{holds}"
        with self._first_to_make(folder) as first:
            if first:
                if holds == EXAMPLES:
                    shutil.copytree(self.data_folder(TABLES), folder)
                else:
                    folder.mkdir()
                _fill(Site(folder), holds)
        return folder

    def database(self, holds: str, server: str) -> str:
        """The name of a database on `server` that holds TABLES or EXAMPLES."""
        folder = self.folder / f"postgresql-{holds}"
        name = self._database_name(folder)
        with self._first_to_make(folder) as first:
            if first:
                folder.mkdir()
                create_database(server, name, self.database(TABLES, server) if holds == EXAMPLES else "")
                _fill(Site(folder, address_of(server, name)), holds)
        return name

    @contextmanager
    def site(self, folder: Path, holds: str = TABLES, server: str = "", **variables: str) -> Iterator[Site]:
        """A Site in `folder`, on SQLite there or on `server`; afterwards its servers and its database are gone."""
        folder.mkdir(exist_ok=True)
        with ExitStack() as leaving:
            url = ""
            if server:
                template = "" if holds == NOTHING else self.database(holds, server)
                database = PostgresDatabase(server, f"site_{next(self._numbers)}", template)
                url = leaving.enter_context(database).url
            elif holds != NOTHING:
                shutil.copytree(self.data_folder(holds), folder, dirs_exist_ok=True)
            site = Site(folder, url, **variables)
            leaving.callback(site.stop)
            yield site

    def remove(self) -> None:
        """Drops the databases and deletes the files, once no process needs them."""
        for folder in self.folder.glob("postgresql-*/"):
            drop_database(postgres_server(), self._database_name(folder))
        shutil.rmtree(self.folder)

    def _database_name(self, folder):
        return f"{self.folder.name}_{folder.name}".replace("-", "_").lower()

    @contextmanager
    def _first_to_make(self, folder):
        """Whether the template has to be made; the processes come in here one by one."""
        done = folder.with_suffix(".done")
        with open(folder.with_suffix(".lock"), "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield not done.exists()
            done.touch()


def shared_templates() -> Templates:
    """The templates of this run of pytest."""
    return Templates(Path(os.environ["MEDINFO_TEST_TEMPLATES"]))


def _fill(site, holds):
    with interpreters.allowed():
        if holds == EXAMPLES:
            site.must("import_monographs", EXAMPLE_PAGES, "--publish")
        else:
            site.must("migrate", "-v0")
