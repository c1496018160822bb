"""Full disks, of the site and of a database server. Each test fills a real one, which is small."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing, contextmanager

import pytest
from django.db import connection

from tests.support.postgres import AS_POSTGRES, BINARIES, server_folder
from tests.support.site_templates import EXAMPLES, NOTHING
from tests.support.sites import EXAMPLE_PAGES, free_port, get, log_in, more_pages, wait_until

pytestmark = pytest.mark.django_db
PAGE = "/drugs/ibuprofen/"


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a disk of 6 MB."""
    if connection.vendor != "sqlite":
        pytest.skip("The disk of the database server is not this machine's to fill.")
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("Mounting a small disk is not allowed here.")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_stops_writers_with_a_sentence_not_readers(small_disk, new_site, tmp_path):
    site = new_site(small_disk, EXAMPLES)
    site.let_in_pat()
    site.must("backup", site.folder / "site.gz")
    address = site.serve()
    pages = more_pages(tmp_path / "pages", 300)
    try:
        with closing(sqlite3.connect(site.file)) as other:  # no room inside of files either
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with filled_up(small_disk):
            sent = log_in(address)
            assert (sent.status, sent.headers["Retry-After"]) == (503, "30")
            assert "What you have just sent was not saved." in sent.text
            code, _, err = site.run("restore", site.folder / "site.gz", "--overwrite")
            assert code == 1 and "Nothing was restored: " in err and "Traceback" not in err
            assert get(address + PAGE).status == 200
        assert log_in(address).status == 200
        code, _, err = site.run("import_monographs", pages, "--publish")
        assert code == 1 and "full" in err and "Traceback" not in err
        with filled_up(small_disk):
            before = (site.folder / "site.gz").read_bytes()
            code, _, err = site.run("backup", site.folder / "site.gz")
            assert code == 1 and "No space left on device" in err and "Traceback" not in err
            assert (site.folder / "site.gz").read_bytes() == before and not list(site.folder.glob("*.part"))
            assert get(address + PAGE).status == 200
            site.must("verify")
        site.must("verify")
        assert get(address + PAGE).status == 200
    finally:
        site.stop()


@pytest.fixture
def small_server():
    """The address of a PostgreSQL server of this test alone, its disk of 120 MB, and how to start it again."""
    if connection.vendor == "sqlite":
        pytest.skip("This is about servers.")
    with server_folder() as folder:
        disk = folder / "disk"
        disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=120m,mode=777", "tmpfs", str(disk)]
        if not BINARIES or os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
            pytest.skip("Making a server with a small disk is not possible here.")
        try:
            yield from _server_on(disk)
        finally:
            subprocess.run(["umount", "-l", str(disk)], check=True)


def _server_on(disk):
    port = free_port()

    def call(program, *arguments):
        command = [*AS_POSTGRES, BINARIES / program, "-D", disk / "data", *arguments]
        return subprocess.run(command, cwd="/", capture_output=True, text=True, timeout=60)

    def start():
        options = f"-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories={disk} -c fsync=off"
        return call("pg_ctl", "-l", disk / "log", "-w", "-t", "30", "-o", options, "start")

    made = call("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--wal-segsize=1", "--no-sync")
    started = start()
    try:
        assert not started.returncode, made.stderr + started.stdout + started.stderr
        yield f"postgres://postgres@127.0.0.1:{port}/postgres", disk, start
    finally:
        call("pg_ctl", "-m", "immediate", "stop")


def test_a_full_disk_of_a_server_stops_writers_and_loses_nothing(small_server, new_site, tmp_path):
    url, disk, start = small_server
    site = new_site(tmp_path / "site", NOTHING, MEDINFO_DATABASE_URL=url)
    site.must("migrate", "-v0")
    site.must("import_monographs", EXAMPLE_PAGES, "--publish")
    site.let_in_pat()
    pages = more_pages(tmp_path / "pages", 300)
    address = site.serve()
    try:
        assert get(address + PAGE).status == 200
        with filled_up(disk):
            code, _, err = site.run("import_monographs", pages, "--publish")
            assert code == 1 and "The database gave up: " in err and "Traceback" not in err
            assert get(address + PAGE).status == 200  # or a stored copy, where the server gave up altogether
            sent = log_in(address)
            assert sent.status in (200, 503) and (sent.status == 200 or sent.headers["Retry-After"] == "30")
        if get(address + "/readyz/").status != 200:
            start()
        wait_until(lambda: get(address + "/readyz/").status == 200)
        assert log_in(address).status == 200
        assert "stored copy" not in get(address + PAGE).text
        site.must("verify")
        assert "0 failed" in site.must("import_monographs", pages, "--publish")
        site.must("verify")
    finally:
        site.stop()


@contextmanager
def filled_up(folder):
    """Nothing more goes onto the disk of `folder`."""
    filler = folder / "filler"
    with open(filler, "wb", 0) as file, pytest.raises(OSError):
        while True:
            file.write(b"x" * 4096)
    yield
    filler.unlink()
