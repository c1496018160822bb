"""Faults around the site: kills, locks, lost databases, Redis and clocks. Each test really breaks something."""

import datetime
import os
import random
import re
import shutil
import socket
import sqlite3
import subprocess
import threading
import time
from contextlib import closing, contextmanager

import psycopg
import pytest
from django.utils import timezone

from drugs import desk, publishing
from drugs.backups.integrity import verify
from drugs.models import Edition
from medinfo.start import ROOT
from tests.support import faults, load
from tests.support.builders import make_document, publish_document
from tests.support.postgres import postgres_server
from tests.support.sites import free_port, get, log_in, more_pages, wait_until

pytestmark = pytest.mark.django_db
PAGE = "/drugs/ibuprofen/"


def test_whatever_is_killed_leaves_a_database_that_proves_whole(empty_site):
    figures = faults.run(empty_site, rounds=5, seed=random.randrange(10**6))
    assert figures["editions"] >= figures["pages"]


def test_a_restore_that_is_killed_leaves_what_was_there(example_site):
    small, large = example_site.folder / "small.gz", example_site.folder / "large.gz"
    example_site.must("backup", small)
    example_site.must("import_monographs", more_pages(example_site.folder / "pages", 150), "--publish")
    example_site.must("backup", large)
    few, many = 7, example_site.count("drugs_edition")
    assert many > 100
    started = time.monotonic()
    example_site.must("restore", large, "--overwrite")
    seconds = time.monotonic() - started
    for _ in range(2):
        example_site.must("restore", small, "--overwrite")
        process = example_site.start("restore", large, "--overwrite", start_new_session=True)
        faults.kill(process, seconds * (0.4 + random.random() / 2))
        there = example_site.count("drugs_edition")
        assert there in (few, many) and example_site.count("drugs_publication") == there
        example_site.must("verify")


def test_a_backup_beside_writers_is_of_one_moment(example_site, new_site, tmp_path):
    example_site.must("import_monographs", more_pages(example_site.folder / "pages", 60), "--publish")
    before = example_site.count("drugs_edition")
    editors = faults.editors_at_work(example_site)
    try:
        example_site.must("backup", example_site.folder / "site.gz")
        after = example_site.count("drugs_edition")
        wait_until(lambda: example_site.count("drugs_edition") > after)
        assert editors.poll() is None  # nobody had to wait
    finally:
        faults.kill(editors, 0)
    other = new_site(tmp_path / "other")
    other.must("restore", example_site.folder / "site.gz")
    assert before < other.count("drugs_edition") <= example_site.count("drugs_edition")
    other.must("verify")


@contextmanager
def locked(site):
    """Somebody else holds the lock that every writer needs; on PostgreSQL the one that readers need too."""
    if site.vendor == "sqlite":
        with closing(sqlite3.connect(site.file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
    else:
        with psycopg.connect(site.url) as other:
            other.execute("LOCK TABLE drugs_publication, drugs_monograph, auth_user IN ACCESS EXCLUSIVE MODE")
            yield
            other.rollback()


@contextmanager
def gone(site):
    """The database cannot be reached at all."""
    if site.vendor == "sqlite":
        away = site.folder.with_name("away")
        site.folder.rename(away)
        yield
        shutil.rmtree(site.folder, ignore_errors=True)
        away.rename(site.folder)
    else:
        name = site.url.rsplit("/", 1)[1]
        with psycopg.connect(postgres_server(), autocommit=True) as server:
            server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            server.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
            yield
            server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


@pytest.fixture
def served(example_site):
    """The address of the example site, where pat may log in, with its page on ibuprofen read once."""
    example_site.let_in_pat()
    address = example_site.serve()
    assert get(address + PAGE).status == 200
    return example_site, address


def test_a_locked_database_serves_readers_and_tells_writers(served):
    site, address = served
    with locked(site):
        page, sent = get(address + PAGE), log_in(address)
        assert page.status == 200
        assert ("stored copy" in page.text) == (site.vendor == "postgresql")
        assert (sent.status, sent.headers["Retry-After"]) == (503, "30")
        assert "What you have just sent was not saved." in sent.text
    assert log_in(address).status == 200
    assert "stored copy" not in get(address + PAGE).text
    site.must("verify")


def test_a_database_that_was_gone_is_missed_by_nobody_for_long(served):
    site, address = served
    with gone(site):
        wait_until(lambda: get(address + "/readyz/").status == 503)
        copy, unread = get(address + PAGE), get(address + "/drugs/metformin/")
        assert copy.status == 200 and "This is a stored copy of" in copy.text
        assert (unread.status, unread.headers["Retry-After"]) == (503, "30")
        assert get(address + "/healthz/").status == 200
        assert log_in(address).status == 503
        code, out, err = site.run("verify") if site.vendor == "postgresql" else (1, "", "")
        assert code == 1 and "Traceback" not in err
    wait_until(lambda: get(address + "/readyz/").status == 200)
    page = get(address + PAGE)
    assert page.status == 200 and "stored copy" not in page.text
    assert get(address + "/drugs/metformin/").status == 200
    assert log_in(address).status == 200
    site.must("verify")


@contextmanager
def read_only(site):
    """The server takes no changes, as a replica does, or one whose disk an operator protects."""
    name = site.url.rsplit("/", 1)[1]
    with psycopg.connect(postgres_server(), autocommit=True) as server:
        for state in ("on", "off"):
            server.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = {state}")
            server.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
            if state == "on":
                yield


def test_a_read_only_server_shows_pages_and_refuses_posts(served):
    site, address = served
    if site.vendor == "sqlite":
        pytest.skip("This is about servers.")
    with read_only(site):
        assert get(address + PAGE).status == 200
        assert "stored copy" not in get(address + "/drugs/metformin/").text
        sent = log_in(address)
        assert (sent.status, sent.headers["Retry-After"]) == (503, "30")
        assert "What you have just sent was not saved." in sent.text
        code, _, err = site.run("rebuild_index")
        assert code == 1 and "read-only" in err and "Traceback" not in err
    assert log_in(address).status == 200
    site.must("verify")


def test_without_redis_pages_are_slower_and_right(example_site):
    if not shutil.which("redis-server"):
        pytest.skip("Redis is not installed: apt-get install redis-server.")
    port = free_port()
    command = ["redis-server", "--port", str(port), "--save", "", "--dir", str(example_site.folder)]
    redis = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_until(
            lambda: socket.create_connection(("127.0.0.1", port)).close() is None if up(port) else False
        )
        example_site.environment["MEDINFO_CACHE_URL"] = f"redis://127.0.0.1:{port}"
        address = example_site.serve()
        with_redis = get(address + PAGE)
    finally:
        redis.kill()
        redis.wait()
    without = get(address + PAGE)
    assert with_redis.status == without.status == 200
    assert without.body == with_redis.body
    for path in ("/", "/search/?q=ibuprofn", "/drugs/metformin/", "/drugs/metformin/history/"):
        assert get(address + path).status == 200


def up(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_clock_set_back_stops_no_edition_and_breaks_no_chain(monkeypatch, client):
    publication = publish_document()
    made = [Edition.objects.get()]
    for days, title in ((400, "Examplol forte"), (800, "Examplol mite")):
        earlier = timezone.now() - datetime.timedelta(days=days)
        monkeypatch.setattr(timezone, "now", lambda earlier=earlier: earlier)
        desk.write(make_document(title=title), by="writer", monograph=publication.monograph)
        made.append(
            publishing.publish(
                publication.monograph, by="test", kind="clarity", note="Later, the clock denies it."
            )
        )
    first, second, third = made
    assert [edition.number for edition in made] == [1, 2, 3]
    assert (second.previous, third.previous) == (first.record, second.record)
    assert third.published_at < second.published_at < first.published_at
    publication.refresh_from_db()
    assert publication.title == "Examplol mite" and "Examplol mite" in client.get("/drugs/examplol/").text
    history = client.get("/drugs/examplol/history/").text
    assert re.findall(r"/history/(\d)/", history) == ["3", "2", "1"]
    assert not list(verify())


def test_of_editors_who_publish_at_once_one_wins(example_site):
    tries, said = 8, []
    example_site.environment["TEST_PATIENCE"] = "30"

    def publish():
        said.append(example_site.run_python("-m", "tests.support.editors", "--publish", "ibuprofen", tries))

    editors = [threading.Thread(target=publish) for _ in range(3)]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    assert all(code == 0 for code, _, _ in said), said
    won = sum(int(out.split()[0]) for _, out, _ in said)
    told = sum(int(out.split()[2]) for _, out, _ in said)
    assert won + told == 3 * tries and won >= 1
    history = example_site.must("export_monographs", example_site.folder / "all.ndjson")
    assert history is not None
    assert f'"number": {won + 1}, ' in (example_site.folder / "all.ndjson").read_text()
    assert f"{won + len(os.listdir(ROOT / 'fixtures' / 'monographs'))} editions" in example_site.must(
        "verify"
    )


def test_load_of_readers_editors_imports_and_withdrawals(empty_site):
    figures = load.run(empty_site, seconds=4, readers=16, editors=2 if empty_site.vendor == "sqlite" else 6)
    assert not figures["wrong"], figures
    assert figures["editions_promised"] and figures["withdrawals"] and figures["imports"]
    assert figures["200"]
