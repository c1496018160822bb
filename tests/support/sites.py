"""Whole sites beside the one under test, each with a database and processes of its own, to be killed and starved."""

import http.client
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg

from medinfo.start import ROOT

EXAMPLE_PAGES = ROOT / "fixtures" / "monographs"
PASSWORD = "only-for-tests"


class Site:
    """One site in `folder`, on SQLite there or on the PostgreSQL database at `url`.

    Its processes have the `variables`, and none of this process's own that begin with MEDINFO_.
    """

    def __init__(self, folder: Path, url: str = "", **variables: str):
        self.folder, self.url, self.servers = Path(folder), url, []
        self.vendor = "postgresql" if url else "sqlite"
        own = {"MEDINFO_DATA_DIR": str(folder), "MEDINFO_SECRET_KEY": "only-for-tests-" * 5}
        own |= {"MEDINFO_HTTPS": "off", "DJANGO_SETTINGS_MODULE": "tests.support.site_settings"}
        if url:
            own["MEDINFO_DATABASE_URL"] = url
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("MEDINFO_")}
        self.environment = {**inherited, **own, **variables}

    @property
    def file(self) -> Path:
        return self.folder / "medinfo.sqlite3"

    def start(self, *arguments, **options) -> subprocess.Popen:
        """A running `manage.py`; what it says goes to pipes, which hold 64 KiB: whoever says more waits."""
        return self.start_python("manage.py", *arguments, **options)

    def start_python(
        self, *arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options
    ) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            cwd=ROOT,
            env=self.environment,
            stdout=stdout,
            stderr=stderr,
            text=True,
            **options,
        )

    def run(self, *arguments, **options) -> tuple[int, str, str]:
        """Exit status, output and errors of `manage.py`."""
        return _finished(self.start(*arguments, **options))

    def run_python(self, *arguments, **options) -> tuple[int, str, str]:
        return _finished(self.start_python(*arguments, **options))

    def must(self, *arguments) -> str:
        """The output of `manage.py`, which must end well."""
        return self.must_python("manage.py", *arguments)

    def must_python(self, *arguments, timeout: float | None = 300) -> str:
        code, out, err = _finished(self.start_python(*arguments), timeout)
        assert code == 0, err
        return out

    def let_in_pat(self) -> None:
        """Makes the administrator that `log_in` logs in."""
        own = {"MEDINFO_BASE_URL": "http://127.0.0.1", "DJANGO_SUPERUSER_PASSWORD": PASSWORD}
        self.environment |= own
        self.must("createsuperuser", "--noinput", "--username", "pat", "--email", "pat@example.org")

    def count(self, table: str) -> int:
        """How many rows a table has, asked without Django."""
        if self.vendor == "sqlite":
            with closing(sqlite3.connect(self.file, timeout=20)) as opened:
                return opened.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
        with psycopg.connect(self.url) as opened:
            return opened.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]

    def serve(
        self, workers: int = 1, threads: int = 4, app: str = "medinfo.wsgi", also: str = "", **options
    ) -> str:
        """Starts gunicorn on a free port, and on the socket `also`; returns its address once it answers."""
        port = free_port()
        command = ["-m", "gunicorn", app, "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
        command += ["--bind", f"unix:{also}"] if also else []
        command += ["--workers", str(workers), "--threads", str(threads), "--log-level", "warning"]
        log = open(self.folder / "server.log", "a")  # noqa: SIM115 - the server's, which outlives this call
        server = self.start_python(*command, stdout=log, stderr=log, **options)
        log.close()
        self.servers.append(server)
        address = f"http://127.0.0.1:{port}"
        wait_until(lambda: get(address + "/healthz/").status == 200)
        return address

    def stop(self) -> None:
        for server in self.servers:
            server.terminate()
            server.wait(20)
        self.servers.clear()


def _finished(process, timeout=300):
    out, err = process.communicate(timeout=timeout)
    return process.returncode, out, err


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Answer:
    """What a server said; `status` is 0 if it said nothing."""

    def __init__(self, status, headers=None, body=b""):
        self.status, self.headers, self.body = status, headers or {}, body

    @property
    def text(self) -> str:
        return self.body.decode()


def get(address: str, timeout: float = 20, data: bytes | None = None, **headers: str) -> Answer:
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


def log_in(address: str) -> Answer:
    """POSTs to the login, as a browser does. The session and the last login are written."""
    page = get(address + "/admin/login/")
    if page.status != 200:
        return page
    cookie = page.headers["Set-Cookie"].split(";")[0]
    token = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    data = f"csrfmiddlewaretoken={token}&username=pat&password={PASSWORD}&next=/admin/".encode()
    return get(address + "/admin/login/?next=/admin/", data=data, Cookie=cookie, Origin=address)


def more_pages(folder: Path, count: int) -> Path:
    """`folder`, new, with this many made-up pages to import."""
    from tests.benchmarks.pages import old_page

    folder.mkdir()
    for number in range(count):
        (folder / f"page-{number:03}.md").write_text(old_page(number))
    return folder


def wait_until(true: Callable[[], object], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)
