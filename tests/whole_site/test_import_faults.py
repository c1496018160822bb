"""An import that is killed, locked out or out of space: whole pages only, one sentence, and a second run ends it."""

import random
import signal
import sqlite3
import time

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from drugs import audit
from drugs.audit.log import ADVISORY_LOCK, LOCK_SECONDS
from drugs.import_export.page_import import BATCH_PAGES, PAUSE_SECONDS
from drugs.models import Monograph
from tests.benchmarks.pages import old_page

PAGES = 120


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    for number in range(PAGES):
        (folder / f"page-{number:03}.md").write_text(old_page(number))
    return folder


@pytest.fixture
def sqlite_site(new_site, tmp_path):
    """On SQLite, with no pages and the settings of production."""
    return new_site(tmp_path, DJANGO_SETTINGS_MODULE="medinfo.settings")


def whole_pages(database):
    """The number of monographs, all of which must have their rows, edition, publication and names to search."""
    with sqlite3.connect(database, timeout=10) as opened:
        one = lambda sql: opened.execute(sql).fetchone()[0]  # noqa: E731 - short for this line of counts
        assert one("PRAGMA integrity_check") == "ok"
        count = one("SELECT COUNT(*) FROM drugs_monograph")
        for table in ("section", "faq", "sideeffect", "importrecord", "edition", "publication"):
            assert one(f"SELECT COUNT(DISTINCT monograph_id) FROM drugs_{table}") == count, table
        assert one("SELECT COUNT(DISTINCT publication_id) FROM drugs_searchname") == count
    return count


def test_a_killed_import_leaves_whole_pages_for_a_second_run(sqlite_site, pages):
    seen = []
    for seed in range(3):
        process = sqlite_site.start("import_monographs", pages, "--publish")
        until = time.monotonic() + 30
        goal = len(seen) * 30 + 1
        while process.poll() is None and time.monotonic() < until and count_of(sqlite_site.file) < goal:
            time.sleep(0.01)
        time.sleep(random.Random(seed).random() / 5)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        seen.append(whole_pages(sqlite_site.file))
    code, out, _ = sqlite_site.run("import_monographs", pages, "--publish")
    assert code == 0 and "0 failed" in out
    assert whole_pages(sqlite_site.file) == PAGES
    assert 0 < seen[0] <= seen[1] <= seen[2]


def count_of(database):
    with sqlite3.connect(database, timeout=10) as opened:
        return opened.execute("SELECT COUNT(*) FROM drugs_monograph").fetchone()[0]


def test_ctrl_c_ends_with_the_summary_and_whole_pages(sqlite_site, pages, default_sigint):
    process = sqlite_site.start("import_monographs", pages, "--publish", "--workers", "2")
    while process.poll() is None and not count_of(sqlite_site.file):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert "created" in out
    if "Stopped early." in out:  # a quick machine may have been through before the signal
        assert process.returncode == 0, err
    assert whole_pages(sqlite_site.file) == int(out.split(" created")[0].split()[-1])


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_is_one_sentence_and_leaves_no_half_page(pages):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's limit on pages stands for a full disk.")
    with connection.cursor() as cursor:
        # What other tests have left free would be taken first.
        free = cursor.execute("PRAGMA freelist_count").fetchone()[0]
        cursor.execute(f"CREATE TABLE filling AS SELECT zeroblob({free} * 4096) AS taken")
        used = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {used + 60}")
    try:
        with pytest.raises(CommandError, match="database or disk is full"):
            call_command("import_monographs", pages, verbosity=0)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    assert all(monograph.sections.exists() for monograph in Monograph.objects.all())
    assert Monograph.objects.count() < PAGES


def test_a_locked_database_is_one_sentence(sqlite_site, pages):
    with sqlite3.connect(sqlite_site.file, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        code, out, err = sqlite_site.run("import_monographs", pages)
        other.execute("ROLLBACK")
    assert code == 1
    assert "database is locked" in err and "Traceback" not in err
    assert count_of(sqlite_site.file) == 0


@pytest.mark.django_db(transaction=True)
def test_who_waits_for_sqlite_gets_a_turn_between_transactions(pages, monkeypatch):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL locks rows, and whoever waits is next in line.")
    pauses = []
    monkeypatch.setattr(time, "sleep", lambda seconds: pauses.append((seconds, connection.in_atomic_block)))
    call_command("import_monographs", str(pages))
    transactions = -(-PAGES // BATCH_PAGES)
    assert len(pauses) >= transactions
    assert all(0 < seconds <= PAUSE_SECONDS and not inside for seconds, inside in pauses)


@pytest.mark.django_db(transaction=True)
def test_an_import_waits_for_its_turn_as_long_as_imports_may(pages, monkeypatch):
    """Its own limit holds, not the shorter one of people: a row of editors in front of it ends no import."""
    if connection.vendor != "postgresql":
        pytest.skip("On SQLite nobody is next in line.")
    assert audit.IMPORT_LOCK_SECONDS > 5 * LOCK_SECONDS
    monkeypatch.setattr(audit, "IMPORT_LOCK_SECONDS", 1)
    named = connection.get_connection_params().items()
    own = {name: value for name, value in named if name in ("dbname", "user", "password", "host", "port")}
    with psycopg.connect(**own) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
        started = time.monotonic()
        with pytest.raises(CommandError, match="Run it again to go on behind them"):
            call_command("import_monographs", str(pages / "page-000.md"))
    assert 0.9 < time.monotonic() - started < LOCK_SECONDS / 2
