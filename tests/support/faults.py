"""Fault injection: the site is killed at random moments, again and again, and each time proves that nothing is lost.

    python -m tests.support.faults [--rounds 200] [--seed N]

Each round kills (-9) one of: an import that publishes, editors who publish and withdraw, a server at work, a
backup. Then `manage.py verify` must find nothing, SQLite or PostgreSQL alike (MEDINFO_TEST_POSTGRES names a server
to use a database there too). Prints figures.
"""

import argparse
import contextlib
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from tests.support.postgres import PostgresDatabase, postgres_server
from tests.support.sites import Site, get

PAGES = 60


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    import django

    django.setup()
    with tempfile.TemporaryDirectory(prefix="medinfo-faults-") as folder:
        report("SQLite", run(Site(folder), options.rounds, options.seed))
    if not (server := postgres_server()):
        sys.stdout.write("Not run on PostgreSQL: MEDINFO_TEST_POSTGRES names no server.\n")
        return
    with (
        tempfile.TemporaryDirectory(prefix="medinfo-faults-") as folder,
        PostgresDatabase(server, "faults") as database,
    ):
        report("PostgreSQL", run(Site(folder, database.url), options.rounds, options.seed))


def report(name, figures):
    kills = ", ".join(f"{count} of {what}" for what, count in sorted(figures["killed"].items()))
    sys.stdout.write(
        f"{name}: {figures['rounds']} rounds in {figures['seconds']:.0f} s; killed at work: {kills}; "
        f"{figures['editions']} editions of {figures['pages']} pages; "
        "verify found nothing after any of them.\n"
    )


def run(site: Site, rounds: int, seed: int | None = None) -> dict:
    """Kills something `rounds` times on an empty `site` and returns figures. Raises AssertionError at a fault."""
    rng, started, killed = random.Random(seed), time.monotonic(), Counter()
    prepare(site)
    victims = [killed_import, killed_editors, killed_server, killed_backup, killed_bulk]
    for number in range(rounds):
        victim = victims[number % len(victims)]
        if victim(site, rng, number):
            killed[victim.__name__.removeprefix("killed_")] += 1
        site.must("verify")
    return {
        "rounds": rounds,
        "seconds": time.monotonic() - started,
        "killed": killed,
        **finished(site),
    }


def prepare(site):
    from tests.benchmarks.pages import old_page

    (site.folder / "pages").mkdir()
    for number in range(PAGES):
        (site.folder / "pages" / f"page-{number:03}.md").write_text(old_page(number))
    site.must("migrate", "-v0")
    site.must("import_monographs", site.folder / "pages", "--publish")


def finished(site):
    """What is there in the end, once an import was let through and the newest backup restored over it all."""
    assert "0 failed" in site.must("import_monographs", site.folder / "pages", "--publish")
    last = site.folder / "last.gz"
    said = site.must("backup", last)
    site.must("restore", last, "--overwrite")
    site.must("verify")
    return {"editions": int(said.split(" editions")[0].split()[-1]), "pages": PAGES}


def kill(process: subprocess.Popen, seconds: float) -> bool:
    """Kills `process` and all that it started after `seconds`; False if it had ended by itself."""
    time.sleep(seconds)
    at_work = process.poll() is None
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe:
            pipe.close()
    return at_work


def until_it_works(process, true):
    """Waits until `true()`, or until the process has ended."""
    until = time.monotonic() + 20
    while process.poll() is None and not true() and time.monotonic() < until:
        time.sleep(0.01)


def killed_import(site, rng, number):
    """In its first transaction or after it: half of the pages have changed, so that there is much to publish."""
    for path in rng.sample(sorted((site.folder / "pages").iterdir()), PAGES // 2):
        path.write_text(path.read_text().replace("### Precautions\n", f"### Precautions\nRound {number}.\n"))
    before = site.count("drugs_edition")
    arguments = ("import_monographs", site.folder / "pages", "--publish", "--overwrite")
    process = site.start(*arguments, start_new_session=True)
    if rng.random() < 0.5:
        until_it_works(process, lambda: site.count("drugs_edition") > before)
        return kill(process, rng.random() / 5)
    return kill(process, 0.5 + rng.random())


def killed_editors(site, rng, number):
    return kill(editors_at_work(site), rng.random() / 2)


def editors_at_work(site: Site) -> subprocess.Popen:
    before = site.count("drugs_edition")
    process = site.start_python(
        "-m", "tests.support.editors", "--forever", stderr=subprocess.DEVNULL, start_new_session=True
    )
    until_it_works(process, lambda: site.count("drugs_edition") > before)
    return process


def killed_server(site, rng, number):
    """While it answers readers and editors publish beside it."""
    address = site.serve(start_new_session=True)
    editors = editors_at_work(site)
    stop, bad = threading.Event(), []

    def read():
        while not stop.is_set():
            answer = get(address + f"/drugs/page-{rng.randrange(PAGES):03}/", timeout=30)
            if answer.status not in (0, 200, 404, 410):  # 0: the server was killed
                bad.append(answer)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    kill(editors, rng.random() / 2)
    at_work = kill(site.servers.pop(), rng.random() / 5)
    stop.set()
    for reader in readers:
        reader.join()
    assert not bad, bad[0].text + (site.folder / "server.log").read_text()[-3000:]
    return at_work


def killed_backup(site, rng, number):
    """A backup that was killed leaves the one before it, and the next one takes its place."""
    from drugs.backups.files import read_through

    path: Path = site.folder / "nightly.gz"
    process = site.start("backup", path, start_new_session=True)
    until_it_works(process, lambda: list(site.folder.glob("*.part")))
    at_work = kill(process, rng.random() / 10)
    if path.exists():
        read_through(path)
    site.must("backup", path)
    assert read_through(path).header["rows"]["drugs.monograph"] <= PAGES
    return at_work


def killed_bulk(site, rng, number):
    """Bulk files that were killed while they were written leave those of before, whole."""
    folder = site.folder / "bulk"
    site.must("publish_bulk")
    process = site.start("publish_bulk", start_new_session=True)
    until_it_works(process, lambda: len(list(folder.glob("*/names.json"))) > 1)
    at_work = kill(process, rng.random() / 10)
    current = json.loads((folder / "current.json").read_text())
    for name, value in current["sha256"].items():
        assert hashlib.sha256((folder / current["folder"] / name).read_bytes()).hexdigest() == value
    site.must("publish_bulk")
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 1
    return at_work


if __name__ == "__main__":
    main()
