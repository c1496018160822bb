"""PostgreSQL databases for tests, on the server that MEDINFO_TEST_POSTGRES or MEDINFO_DATABASE_URL names."""

import os
from pathlib import Path

import dj_database_url
import psycopg
import pytest
from django.db import connection


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


def let_server_in(folder: Path) -> None:
    """Lets the user of a server come through to `folder`: pytest keeps those above it to itself."""
    for parent in (folder, *folder.parents):
        if not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)


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
