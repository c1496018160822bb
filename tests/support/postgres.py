"""PostgreSQL databases for tests, on the server that MEDINFO_TEST_POSTGRES or MEDINFO_DATABASE_URL names."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import dj_database_url
import psycopg
import pytest
from django.db import connection

from tests.support.sites import free_port


def postgres_server() -> str:
    """The address of a PostgreSQL server on which tests may make databases, or the empty text."""
    server = os.environ.get("MEDINFO_TEST_POSTGRES", "")
    if not server and connection.vendor == "postgresql":
        server = os.environ["MEDINFO_DATABASE_URL"]
    return server


def needs_postgres() -> str:
    """The address of a server; skips the test where there is none."""
    return postgres_server() or pytest.skip(
        "MEDINFO_TEST_POSTGRES names no server (postgres://user:password@127.0.0.1/name)."
    )


BINARIES = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
AS_POSTGRES = (
    ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
)  # its server refuses to be root's


@contextmanager
def server_folder() -> Iterator[Path]:
    """A folder that a server may enter. Not one of pytest's, which every other run of it closes to strangers."""
    with tempfile.TemporaryDirectory(prefix="medinfo-server-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        if AS_POSTGRES:
            shutil.chown(folder, "postgres")
        yield folder


@dataclass(frozen=True)
class OwnServer:
    """A server that is nobody else's: the address of an empty database there, and a call that restarts it."""

    address: str
    restart: Callable[[], None]


@contextmanager
def own_server() -> Iterator[str]:
    """The address of an empty database on a server that is nobody else's, and ends with the block."""
    with restartable_server() as server:
        yield server.address


@contextmanager
def restartable_server() -> Iterator[OwnServer]:
    """A server that ends with the block. A restart cuts all connections and is back when the call returns."""
    with server_folder() as folder:
        port = free_port()

        def call(program, *arguments):
            command = [*AS_POSTGRES, BINARIES / program, "-D", folder / "data", *arguments]
            subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL)

        call("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories={folder} -c fsync=off"
        start = ("pg_ctl", "-w", "-l", folder / "log", "-o", options)
        call(*start, "start")
        try:
            yield OwnServer(
                f"postgres://postgres@127.0.0.1:{port}/postgres",
                lambda: call(*start, "-m", "fast", "restart"),
            )
        finally:
            call("pg_ctl", "-m", "immediate", "stop")


class PostgresDatabase:
    """A database on the server at `server`, dropped at the end; a copy of the database `template` if one is named."""

    def __init__(self, server: str, name: str, template: str = ""):
        self.server, self.name, self.template = server, f"medinfo_{name}_{os.getpid()}", template
        self.url = address_of(server, self.name)

    def __enter__(self) -> "PostgresDatabase":
        create_database(self.server, self.name, self.template)
        return self

    def __exit__(self, *failure) -> None:
        drop_database(self.server, self.name)


def address_of(server: str, name: str) -> str:
    return f"{server.rsplit('/', 1)[0]}/{name}"


def create_database(server: str, name: str, template: str = "") -> None:
    """Makes the database anew, empty or as a copy. Nobody may be connected to the template meanwhile."""
    drop_database(server, name)
    _execute(server, f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))


def drop_database(server: str, name: str) -> None:
    _execute(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _execute(server, sql):
    parts = dj_database_url.parse(server)
    with psycopg.connect(
        host=parts["HOST"],
        port=parts["PORT"] or 5432,
        user=parts["USER"],
        password=parts["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    ) as opened:
        opened.execute(sql)
