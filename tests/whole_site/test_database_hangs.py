"""A PostgreSQL that is halted and keeps its connections: noticed in seconds, left alone, and asked again."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.benchmarks import servers
from tests.support.postgres import BINARIES, own_server

pytestmark = pytest.mark.skipif(
    not BINARIES, reason="PostgreSQL is not installed: apt-get install postgresql."
)
STORED = b"stored copy"
PAGES = [f"/drugs/bench-{number}/" for number in range(1, 5)]


@pytest.fixture
def served(whole_sites, tmp_path):
    """A site with ten pages on PostgreSQL, its server, the database, and the server of a second machine.

    Two machines have one database and nothing else in common: each has a data folder of its own.
    """
    with own_server() as address:
        (tmp_path / "second").mkdir()
        site, second = servers.bench_site(tmp_path, address), servers.bench_site(tmp_path / "second", address)
        site.must_python("-m", "tests.benchmarks.database", site.folder, 10)
        second.must("collectstatic", "--noinput", "-v0")
        with servers.serving(site) as worker, servers.serving(second) as elsewhere:
            yield site, worker, elsewhere, _processes(site)


def _processes(site):
    """The process of the database server, whose group are all of its connections."""
    words = "SELECT pg_read_file('postmaster.pid')"
    program = (
        f"from django.db import connection as c; k = c.cursor(); k.execute({words!r}); print(k.fetchone()[0])"
    )
    return int(site.must_python("manage.py", "shell", "-v0", "-c", program).split()[0])


def send_to_all(pid, signal_):
    children = [int(name) for name in os.listdir("/proc") if name.isdigit() and _parent(name) == pid]
    for each in [pid, *children]:
        os.kill(each, signal_)


def _parent(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return int(file.read().rpartition(")")[2].split()[1])
    except OSError:
        return None


def timed(worker, address):
    started = time.monotonic()
    status, _, body = worker.get(address)
    return status, body, time.monotonic() - started


def test_a_database_that_hangs_leaves_readers_their_pages(served):
    _, worker, _, server = served
    for page in PAGES:
        assert worker.get(page)[0] == 200
    send_to_all(server, signal.SIGSTOP)
    try:
        with ThreadPoolExecutor(12) as readers:
            first = list(readers.map(lambda number: timed(worker, PAGES[number % 4]), range(12)))
        assert [status for status, _, _ in first] == [200] * 12
        assert all(STORED in body for _, body, _ in first)
        assert max(seconds for _, _, seconds in first) < 8  # three to notice, on a machine with other work
        after = [
            timed(worker, PAGES[0]),
            timed(worker, "/readyz/"),
            timed(worker, "/healthz/"),
            timed(worker, "/admin/"),
        ]
        assert [status for status, _, _ in after] == [200, 503, 200, 503]
        assert max(seconds for _, _, seconds in after) < 1
    finally:
        send_to_all(server, signal.SIGCONT)
    for _ in range(20):
        status, body, _ = timed(worker, "/readyz/")
        if status == 200:
            break
        time.sleep(0.5)
    assert status == 200 and STORED not in worker.get(PAGES[0])[2]


def test_no_machine_shows_a_stored_copy_of_what_was_withdrawn(served):
    site, *workers, server = served
    for worker in workers:
        assert [worker.get(page)[0] for page in PAGES] == [200] * len(PAGES)
    site.must_python("-m", "tests.support.processes", "withdraw", 1, "Wrong.")
    for worker in [*workers, *workers]:  # the first answer brings word of it, the second is kept
        assert worker.get(PAGES[1])[0] == 200
    send_to_all(server, signal.SIGSTOP)
    try:
        answers = [[timed(worker, page) for page in PAGES[:2]] for worker in workers]
    finally:
        send_to_all(server, signal.SIGCONT)
    assert [[status for status, _, _ in of_one] for of_one in answers] == [[503, 200], [503, 200]]
    assert all(STORED in still[1] for _, still in answers)
