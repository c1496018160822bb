"""Whole sites beside the one under test, each with a database and processes of its own, to be killed and starved."""

import http.client
import os
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

import dj_database_url
import psycopg
import pytest
from django.db import connection

from medinfo.start import ROOT
from tests.benchmarks.servers import free_port

PASSWORD = "only-for-tests"


class Site:
    """One site in `folder`, on SQLite there or on the PostgreSQL database at `url`."""

    def __init__(self, folder, url="", **settings):
        self.folder, self.url, self.servers = Path(folder), url, []
        self.vendor = "postgresql" if url else "sqlite"
        own = {"MEDINFO_DATA_DIR": str(folder), "MEDINFO_SECRET_KEY": "only-for-tests-" * 5}
        own |= {"MEDINFO_HTTPS": "off", "DJANGO_SETTINGS_MODULE": "tests.support.site_settings"}
        if url:
            own["MEDINFO_DATABASE_URL"] = url
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("MEDINFO_")}
        self.environment = {**inherited, **own, **settings}

    @property
    def file(self):
        return self.folder / "medinfo.sqlite3"

    def start(self, *arguments, **options):
        """A running `manage.py`; what it says goes to pipes, which hold 64 KiB: whoever says more waits."""
        return self.start_python("manage.py", *arguments, **options)

    def start_python(self, *arguments, stderr=subprocess.PIPE, **options):
        return subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            **options,
        )

    def run(self, *arguments, **options):
        """Exit status, output and errors of `manage.py`."""
        return _finished(self.start(*arguments, **options))

    def run_python(self, *arguments, **options):
        return _finished(self.start_python(*arguments, **options))

    def must(self, *arguments):
        """The output of `manage.py`, which must end well."""
        code, out, err = self.run(*arguments)
        assert code == 0, err
        return out

    def publish_examples(self):
        """Makes the tables and publishes the example monographs."""
        self.must("migrate", "-v0")
        self.must("import_monographs", ROOT / "fixtures" / "monographs", "--publish")

    def let_in_pat(self):
        """Makes the administrator that `log_in` logs in."""
        own = {"MEDINFO_BASE_URL": "http://127.0.0.1", "DJANGO_SUPERUSER_PASSWORD": PASSWORD}
        self.environment |= own
        self.must("createsuperuser", "--noinput", "--username", "pat", "--email", "pat@example.org")

    def count(self, table):
        """How many rows a table has, asked without Django."""
        if self.vendor == "sqlite":
            with closing(sqlite3.connect(self.file, timeout=20)) as opened:
                return opened.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
        with psycopg.connect(self.url) as opened:
            return opened.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]

    def serve(self, workers=1, threads=4, **options):
        """Starts gunicorn on a free port and returns its address once it answers."""
        port = free_port()
        command = ["-m", "gunicorn", "medinfo.wsgi", "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
        command += ["--workers", str(workers), "--threads", str(threads), "--log-level", "warning"]
        log = open(self.folder / "server.log", "a")  # noqa: SIM115 - the server's, which outlives this call
        server = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=self.environment, stdout=log, stderr=log, **options
        )
        log.close()
        self.servers.append(server)
        address = f"http://127.0.0.1:{port}"
        wait_until(lambda: get(address + "/healthz/").status == 200)
        return address

    def stop(self):
        for server in self.servers:
            server.terminate()
            server.wait(20)
        self.servers.clear()


def _finished(process):
    out, err = process.communicate(timeout=300)
    return process.returncode, out, err


class Answer:
    """What a server said; `status` is 0 if it said nothing."""

    def __init__(self, status, headers=None, body=b""):
        self.status, self.headers, self.body = status, headers or {}, body

    @property
    def text(self):
        return self.body.decode()


def get(address, timeout=20, data=None, **headers):
    """GET, or POST if there are `data`; never raises."""
    request = urllib.request.Request(address, data=data, headers=headers)
    try:
        try:
            response = urllib.request.urlopen(request, timeout=timeout)
        except urllib.error.HTTPError as error:
            response = error
        with response:
            return Answer(response.status, response.headers, response.read())
    except (OSError, http.client.HTTPException):
        return Answer(0)


def log_in(address):
    """POSTs to the login, as a browser does. The session and the last login are written."""
    page = get(address + "/admin/login/")
    if page.status != 200:
        return page
    cookie = page.headers["Set-Cookie"].split(";")[0]
    token = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    data = f"csrfmiddlewaretoken={token}&username=pat&password={PASSWORD}&next=/admin/".encode()
    return get(address + "/admin/login/?next=/admin/", data=data, Cookie=cookie, Origin=address)


def more_pages(folder, count):
    from tests.benchmarks.pages import old_page

    folder.mkdir()
    for number in range(count):
        (folder / f"page-{number:03}.md").write_text(old_page(number))
    return folder


def wait_until(true, seconds=30):
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


def postgres_server():
    """The address of a PostgreSQL server on which tests may make databases, or the empty text."""
    named = os.environ.get("MEDINFO_TEST_POSTGRES", "")
    if not named and connection.vendor == "postgresql":
        named = os.environ["MEDINFO_DATABASE_URL"]
    return named


class PostgresDatabase:
    """A database on the server at `server`, dropped at the end."""

    def __init__(self, server, name):
        self.server, self.name = server, f"medinfo_{name}_{os.getpid()}"
        self.url = server.rsplit("/", 1)[0] + "/" + self.name

    def execute(self, sql):
        parts = dj_database_url.parse(self.server)
        with psycopg.connect(
            host=parts["HOST"],
            port=parts["PORT"] or 5432,
            user=parts["USER"],
            password=parts["PASSWORD"],
            dbname="postgres",
            autocommit=True,
        ) as opened:
            opened.execute(sql)

    def __enter__(self):
        self.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        self.execute(f"CREATE DATABASE {self.name}")
        return self

    def __exit__(self, *args):
        self.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")


def needs_postgres():
    """The address of a server; skips the test where there is none."""
    return postgres_server() or pytest.skip(
        "MEDINFO_TEST_POSTGRES names no server (postgres://user:password@127.0.0.1/name)."
    )
