"""Two workers before one PostgreSQL and one Redis, all real: what is published in one process is read in others."""

import contextlib
import shutil
import signal
import socket
import subprocess
import time

import pytest

from tests.benchmarks import servers
from tests.support.postgres import BINARIES, own_server
from tests.support.sites import free_port

pytestmark = [
    pytest.mark.skipif(
        not shutil.which("redis-server"), reason="Redis is not installed: apt-get install redis-server."
    ),
    pytest.mark.skipif(not BINARIES, reason="PostgreSQL is not installed: apt-get install postgresql."),
]
PAGE = "/drugs/bench-1/"


@pytest.fixture(scope="module")
def postgres():
    with own_server() as address:
        yield address


@pytest.fixture(scope="module")
def redis(tmp_path_factory):
    """A Redis of its own: its address and its process."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    process = subprocess.Popen(command, cwd=tmp_path_factory.mktemp("redis"), stdout=subprocess.DEVNULL)
    for _ in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            break
        time.sleep(0.05)
    yield f"redis://127.0.0.1:{port}/0", process
    process.kill()
    process.wait()


@pytest.fixture(scope="module")
def two_workers(whole_sites, tmp_path_factory, postgres, redis):
    """A site with ten pages, and two servers of it."""
    site = servers.bench_site(tmp_path_factory.mktemp("site"), postgres, MEDINFO_CACHE_URL=redis[0])
    site.must_python("-m", "tests.benchmarks.database", site.folder, 10)
    with servers.serving(site) as one, servers.serving(site) as other:
        yield site, one, other


def elsewhere(site, *what):
    """Does something of processes.py in a process of its own, as a command or another worker would."""
    return site.must_python("-m", "tests.support.processes", *what)


def test_what_one_process_changes_the_others_show_at_once(two_workers):
    site, *workers = two_workers
    before = [worker.get(PAGE) for worker in workers]
    assert [answer[0] for answer in before] == [200, 200]
    assert before[0][2] == before[1][2]
    elsewhere(site, "publish", 1, "It is new.")
    for worker, (_, headers, _) in zip(workers, before, strict=True):
        status, _, body = worker.get(PAGE, **{"If-None-Match": headers["ETag"]})
        assert status == 200
        assert b"It is new." in body
    elsewhere(site, "say", "contact", "Ring us.")
    assert all(b"#contact" in worker.get(PAGE)[2] for worker in workers)
    elsewhere(site, "withdraw", 1, "Wrong.")
    for worker in workers:
        status, _, body = worker.get(PAGE)
        assert status == 410
        assert b"Wrong." in body


LISTS = [
    "/",
    "/drugs/",
    "/drugs/?letter=x",
    "/classes/",
    "/side-effects/",
    "/about/",
    "/disclaimer/",
    "/feed/",
    "/sitemap.xml",
    "/api/v1/monographs",
    "/drugs/bench-9.json",
    "/drugs/bench-9.md",
    "/drugs/bench-9/history/",
]


def test_lists_of_all_processes_show_a_change_at_once(two_workers):
    site, *workers = two_workers
    for worker in workers:
        assert {path: worker.get(path)[0] for path in LISTS} == dict.fromkeys(LISTS, 200)
    elsewhere(site, "publish", 9, "It is new.")
    elsewhere(site, "say", "disclaimer_short", "No advice of ours.")
    for worker in workers:
        read = {path: worker.get(path)[2] for path in LISTS}
        assert b"#edition-2" in read["/feed/"]
        assert all(b"It is new." in read[f"/drugs/bench-9.{shape}"] for shape in ("json", "md"))
        assert b"Edition 2" in read["/drugs/bench-9/history/"]
        said = {path for path, body in read.items() if b"No advice of ours." in body}
        assert said == set(LISTS) - {"/feed/", "/sitemap.xml"}
    listed = [worker.get("/api/v1/monographs")[2] for worker in workers]
    elsewhere(site, "withdraw", 9, "Wrong.")
    for worker, before in zip(workers, listed, strict=True):
        assert b'"bench-9"' in before
        assert b'"bench-9"' not in worker.get("/api/v1/monographs")[2]
        assert b"/drugs/bench-9/" not in worker.get("/")[2] + worker.get("/feed/")[2]
        assert worker.get("/drugs/bench-9.json")[0] == 410


def test_a_page_that_one_worker_cached_another_does_not_make(two_workers):
    site, one, other = two_workers
    made = one.get("/drugs/bench-2/")[2].decode()
    assert elsewhere(site, "read_without_making", 2) == made
    assert other.get("/drugs/bench-2/")[2].decode() == made


@pytest.mark.parametrize("signal_", [signal.SIGSTOP, signal.SIGKILL])
def test_a_cache_that_hangs_or_is_gone_costs_no_page(two_workers, redis, signal_):
    site, *workers = two_workers
    redis[1].send_signal(signal_)
    started = time.monotonic()
    for number in range(3, 9):
        for worker in workers:
            assert worker.get(f"/drugs/bench-{number}/")[0] == 200
    assert time.monotonic() - started < 20  # not a measure: each of these waits would be longer than that
    elsewhere(site, "publish", 3, f"Without a cache: {signal_}.")
    assert all(
        f"Without a cache: {signal_}.".encode() in worker.get("/drugs/bench-3/")[2] for worker in workers
    )
