"""Load test: readers, editors, imports, withdrawals and an upgrade at once; fails if one of them met what must not be.

    python -m tests.support.load [--minutes 5] [--readers 64]

Everybody comes through nginx where it is installed. On SQLite with 2 editors; on PostgreSQL too, with 20, where that is
installed, and there the database is restarted after a quarter of the time. Nobody may meet an error, a page after its
withdrawal or an edition older than one whose publication was said to be done, and every edition that an editor was
promised must be there in the end. While the database is away and in the seconds after, readers may be told so (503),
editors try again, and an import is started again. Where the machine is slow, an editor may give up waiting for the
others and try again (`told_to_wait`).
"""

import argparse
import json
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime

from tests.support.crowds import (
    HOST,
    SHARED,
    WITHDRAWN,
    Editors,
    Outage,
    Readers,
    withdraw_again_and_again,
)
from tests.support.nginx import NGINX, nginx
from tests.support.postgres import BINARIES, restartable_server
from tests.support.sites import Site

IMPORTED = 60  # pages that are imported


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--readers", type=int, default=64)
    parser.add_argument("--part", choices=("editors", "readers", "withdrawals"), help=argparse.SUPPRESS)
    parser.add_argument("--count", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--address", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part == "withdrawals":
        withdraw_again_and_again(60 * options.minutes)
        return
    if options.part:
        sys.stdout.write(json.dumps(part(options)))
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    with tempfile.TemporaryDirectory(prefix="medinfo-load-") as folder:
        tell("SQLite", run(Site(folder), options.minutes * 60, options.readers, editors=2))
    if not BINARIES:
        sys.stdout.write("Not run on PostgreSQL: it is not installed (apt-get install postgresql).\n")
        return
    with tempfile.TemporaryDirectory(prefix="medinfo-load-") as folder, restartable_server() as server:
        site = Site(folder, server.address)
        figures = run(site, options.minutes * 60, options.readers, editors=20, restart=server.restart)
        tell("PostgreSQL", figures)


def tell(name, figures):
    sys.stdout.write(f"{name}: {json.dumps(figures)}\n")
    assert not figures["wrong"], figures["wrong"]


def run(
    site: Site, seconds: float, readers: int, editors: int, restart: Callable[[], None] | None = None
) -> dict:
    """Figures of `seconds` of everything at once on the empty `site`; `wrong` lists what must not happen.

    `restart` restarts its database, after a quarter of the time.
    """
    prepare(site)
    outage = Outage(site.folder)

    def restart_database():
        with outage.lasts():
            restart()

    timers = [threading.Timer(seconds / 2, upgrade_as_the_script_does, [site])]
    timers += [threading.Timer(seconds / 4, restart_database)] if restart else []
    site.environment |= {"TEST_PATIENCE": "10", "MEDINFO_HOSTS": f"{HOST},127.0.0.1", "MEDINFO_PROXIES": "1"}
    served = site.serve(workers=2, threads=4, also=f"{site.folder}/gunicorn.sock")
    try:
        with in_front(site, served) as address:
            for timer in timers:
                timer.start()
            met = all_at_once(site, address, seconds, {"readers": readers, "editors": editors}, outage)
    finally:
        for timer in timers:
            timer.cancel()
            timer.join()
        site.stop()
    figures = {"nginx": bool(NGINX)}
    for part in met:
        figures |= part
    figures["wrong"] = [wrong for part in met for wrong in part["wrong"]]
    code, out, err = site.run("verify")
    figures["verify"] = out.strip() or err
    figures["wrong"] += [err] if code else []
    server, parts = ((site.folder / name).read_text().splitlines() for name in ("server.log", "parts.log"))
    errors = [json.loads(line) for line in server if '"level": "ERROR"' in line]
    figures["wrong"] += [line for line in errors if not outage.excuses(*2 * [_moment(line)])][:5]
    figures["wrong"] += [line for line in parts if not line.startswith("{")][-5:]  # a traceback
    return figures


@contextmanager
def in_front(site, address):
    """The address that everybody asks: that of nginx, as its example file says, or of the site itself without it."""
    if not NGINX:
        yield address
        return
    with nginx(site.folder, site.folder) as (_, tls):
        yield f"https://127.0.0.1:{tls}"


def all_at_once(site, address, seconds, crowds, outage):
    """What the imports and both crowds met, these in processes of their own."""
    common = ("--minutes", seconds / 60, "--address", address)
    with open(site.folder / "parts.log", "w") as log:
        parts = [
            site.start_python(
                "-m", "tests.support.load", "--part", name, "--count", count, *common, stderr=log
            )
            for name, count in crowds.items()
        ]
    imports = import_again_and_again(site, seconds, outage)
    return [imports] + [
        json.loads(process.communicate(timeout=seconds + 120)[0] or '{"wrong": ["died"]}')
        for process in parts
    ]


def _moment(line):
    return datetime.fromisoformat(line["time"]).timestamp()


def prepare(site):
    from tests.benchmarks.pages import old_page

    (site.folder / "pages").mkdir()
    (site.folder / "imported").mkdir()
    for kind, count in (("shared", SHARED), ("withdrawn", WITHDRAWN)):
        for number in range(count):
            page = old_page(number + 1000 * (kind == "shared"))
            (site.folder / "pages" / f"{kind}-{number}.md").write_text(page)
    site.must("migrate", "-v0")
    site.must("import_monographs", site.folder / "pages", "--publish")


def upgrade_as_the_script_does(site):
    """Half-way: a backup, the tables, the index, new workers in the place of the old ones, as `deploy/upgrade`."""
    site.must("backup", site.folder / "before-upgrade.gz")
    site.must("migrate", "-v0")
    site.must("rebuild_index")
    for server in site.servers:
        server.send_signal(signal.SIGHUP)


def import_again_and_again(site, seconds, outage):
    from tests.benchmarks.pages import old_page

    until, runs, again, wrong = time.monotonic() + seconds, 0, 0, []
    while time.monotonic() < until:
        for number in range(IMPORTED):
            page = old_page(5000 + number).replace("### Precautions\n", f"### Precautions\nRun {runs}.\n")
            (site.folder / "imported" / f"imported-{number}.md").write_text(page)
        started = time.time()
        code, out, err = site.run("import_monographs", site.folder / "imported", "--publish", "--overwrite")
        runs += 1
        if code or f"{IMPORTED} published" not in out:
            if outage.excuses(started, time.time()):
                again += 1
            else:
                wrong.append(out + err)
    return {"imports": runs, "imports_cut": again, "wrong": wrong}


def part(options):
    """What one of the two other processes met: its figures."""
    import django

    django.setup()
    seconds = 60 * options.minutes
    if options.part == "editors":
        return Editors(options.address, seconds).work(options.count)
    return Readers(options.address, seconds).work(options.count)


if __name__ == "__main__":
    main()
