"""Load test: readers, editors, imports, withdrawals and an upgrade at once; fails if one of them met what must not be.

    python -m tests.support.load [--minutes 5] [--readers 64]

On SQLite with 2 editors; on PostgreSQL too, with 20, where it is installed, and there the database is restarted after
a quarter of the time. Nobody may meet an error, a page after its withdrawal or an edition older than one whose
publication was said to be done, and every edition that an editor was promised must be there in the end. While the
database is away and in the seconds after, readers may be told so (503), editors try again, and an import is started
again. Where the machine is slow, an editor may give up waiting for the others and try again (`told_to_wait`).
"""

import argparse
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from tests.support.postgres import BINARIES, restartable_server
from tests.support.sites import Site, get

SHARED, WITHDRAWN, IMPORTED = 30, 20, 60  # pages that editors share, that are withdrawn, that are imported


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


class Outage:
    """The time for which the database of a site is away, as its folder tells all processes of the load."""

    SECONDS_AFTER = 20  # in which connections are made anew and what waited is done

    def __init__(self, folder):
        self.file = Path(folder) / "outage"

    @contextmanager
    def lasts(self):
        began = time.time()
        self._tell(f"{began} inf")
        yield
        self._tell(f"{began} {time.time() + self.SECONDS_AFTER}")

    def _tell(self, words):
        whole = self.file.with_suffix(".new")
        whole.write_text(words)
        whole.replace(self.file)  # nobody reads half of it

    def excuses(self, started: float, ended: float) -> bool:
        """Whether what went on from `started` to `ended` may have gone wrong because of it."""
        if not self.file.exists():
            return False
        began, over = map(float, self.file.read_text().split())
        return ended >= began and started < over


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

    site.environment["TEST_PATIENCE"] = "10"
    address = site.serve(workers=2, threads=4)
    common = ("--minutes", seconds / 60, "--address", address)
    with open(site.folder / "parts.log", "w") as log:
        parts = [
            site.start_python(
                "-m", "tests.support.load", "--part", name, "--count", count, *common, stderr=log
            )
            for name, count in (("readers", readers), ("editors", editors))
        ]
    timers = [threading.Timer(seconds / 2, upgrade_as_the_script_does, [site])]
    timers += [threading.Timer(seconds / 4, restart_database)] if restart else []
    for timer in timers:
        timer.start()
    try:
        imports = import_again_and_again(site, seconds, outage)
        said = [
            json.loads(process.communicate(timeout=seconds + 120)[0] or '{"wrong": ["died"]}')
            for process in parts
        ]
    finally:
        for timer in timers:
            timer.cancel()
            timer.join()
        site.stop()
    figures = {**imports, **said[0], **said[1]}
    figures["wrong"] = [*imports["wrong"], *said[0]["wrong"], *said[1]["wrong"]]
    code, out, err = site.run("verify")
    figures["verify"] = out.strip() or err
    figures["wrong"] += [err] if code else []
    server, parts = ((site.folder / name).read_text().splitlines() for name in ("server.log", "parts.log"))
    errors = [json.loads(line) for line in server if '"level": "ERROR"' in line]
    figures["wrong"] += [line for line in errors if not outage.excuses(*2 * [_moment(line)])][:5]
    figures["wrong"] += [line for line in parts if not line.startswith("{")][-5:]  # a traceback
    return figures


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


class Unavailable(Exception):
    """An answer 503."""


def is_lock_timeout(error):
    """Whether a writer gave up waiting for the others. Nothing was done then, and the desk says so with a 503."""
    return "lock timeout" in str(error)


class Crowd:
    """Threads that do `step` until the time is over, and what they found wrong."""

    def __init__(self, address, seconds):
        self.address, self.until = address, time.monotonic() + seconds
        self.wrong, self.counts, self.lock = [], Counter(), threading.Lock()

    def work(self, count):
        threads = [threading.Thread(target=self._loop, args=(number,)) for number in range(count)]
        for thread in [*threads, *self.others()]:
            thread.start()
            threads += [] if thread in threads else [thread]
        for thread in threads:
            thread.join()
        return {**self.figures(), "wrong": self.wrong[:10]}

    def others(self):
        return []

    def _loop(self, number):
        from django.conf import settings
        from django.db import Error, connections

        rng, outage = random.Random(), Outage(settings.DATA_DIR)
        try:
            while time.monotonic() < self.until:
                started = time.time()
                try:
                    self.step(rng)
                except (Error, Unavailable) as error:
                    waited = is_lock_timeout(error)
                    if not waited and not outage.excuses(started, time.time()):
                        raise
                    with self.lock:
                        self.counts["told_to_wait" if waited else "told_away"] += 1
                    connections.close_all()
                    time.sleep(0.5)
        except Exception as error:
            self.wrong.append(f"{type(error).__name__}: {error}")
        finally:
            connections.close_all()


class Editors(Crowd):
    """All of them write on the same few pages, and look at once whether readers see what was published."""

    promised = ()

    def step(self, rng):
        from drugs.models import Monograph
        from drugs.publishing import PublishingError
        from tests.support.editors import with_version

        slug = f"shared-{rng.randrange(SHARED)}"
        monograph = Monograph.objects.get(slug=slug)
        try:
            edition = with_version(monograph, rng)
        except PublishingError:
            self.counts["editors_told"] += 1
            return
        with self.lock:
            self.promised = (*self.promised, edition.record)
        page = get(f"{self.address}/drugs/{slug}.json", timeout=60)
        if page.status == 503:
            raise Unavailable(slug)
        if page.status != 200 or json.loads(page.body)["edition"]["number"] < edition.number:
            self.wrong.append(f"{slug}: {page.status} or an older edition after number {edition.number}")
        time.sleep(rng.random() / 2)

    def figures(self):
        from drugs.models import Edition

        kept = set(Edition.objects.filter(kind="clarity").values_list("record", flat=True))
        self.wrong += [f"lost: {record}" for record in self.promised if record not in kept]
        return {"editions_promised": len(self.promised), **self.counts}


class Readers(Crowd):
    """Pages, lists and searches; one thread beside them withdraws pages and publishes them again."""

    def __init__(self, address, seconds):
        super().__init__(address, seconds)
        self.gone = {}  # slug to the moment since when nobody may meet it
        self.titles, self.times = {}, []

    def others(self):
        return [threading.Thread(target=self._withdraw)]

    def step(self, rng):
        slug = rng.choice([f"withdrawn-{rng.randrange(WITHDRAWN)}", f"shared-{rng.randrange(SHARED)}"])
        address = rng.choice(
            [f"/drugs/{slug}/", f"/drugs/{slug}/", f"/drugs/{slug}.json", "/", "/drugs/?letter=b"]
        )
        if rng.random() < 0.1 and slug in self.titles:
            address = f"/search/suggest/?q={self.titles[slug]}"
        before, started = dict(self.gone), time.monotonic()
        answer = get(self.address + address, timeout=60)
        took, after = time.monotonic() - started, self.gone
        still = {name for name, since in before.items() if after.get(name) == since}
        with self.lock:
            self.times.append(took)
            self.counts[str(answer.status)] += 1
        if answer.status == 503:
            raise Unavailable(address)
        if answer.status not in (200, 410):
            self.wrong.append(f"{address}: {answer.status}")
        if slug in still and slug in address and answer.status != 410:
            self.wrong.append(f"{address}: {answer.status} after its withdrawal")
        if answer.status == 200:
            self.wrong += [
                f"{address} leads to {name}" for name in still if f"/drugs/{name}/".encode() in answer.body
            ]
        time.sleep(rng.random() / 2)

    def _withdraw(self):
        """Hears from another process what is gone and what comes back; that one waits until it was heard."""
        command = [sys.executable, "-m", "tests.support.load", "--part", "withdrawals"]
        command += ["--minutes", str((self.until - time.monotonic()) / 60)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            for line in process.stdout:
                slug, title = line.rstrip("\n").split("\t")
                if title:
                    self.titles[slug], self.gone[slug] = title, time.monotonic()
                    self.counts["withdrawals"] += 1
                else:
                    del self.gone[slug]
                process.stdin.write("heard\n")
                process.stdin.flush()
        if process.returncode:
            self.wrong.append("withdrawing failed")

    def figures(self):
        cuts = statistics.quantiles(self.times, n=100)
        return {
            "requests": len(self.times),
            "median_ms": round(1000 * cuts[49]),
            "p99_ms": round(1000 * cuts[98]),
            **self.counts,
        }


def withdraw_again_and_again(seconds):
    """A process of its own: among the threads of readers it would hold the database for too long."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import Error, connections

    from drugs import publishing
    from drugs.models import Publication

    outage = Outage(settings.DATA_DIR)

    def until_done(act, *arguments, **options):
        """Once more, if the database went away: what it had done before its answer was lost, it refuses to do again."""
        started = time.time()
        while True:
            try:
                return act(*arguments, **options)
            except publishing.PublishingError:
                if not outage.excuses(started, time.time()):
                    raise
                return None
            except Error as error:
                if not is_lock_timeout(error) and not outage.excuses(started, time.time()):
                    raise
                connections.close_all()
                time.sleep(0.5)

    def tell(*words):
        sys.stdout.write("\t".join(words) + "\n")
        sys.stdout.flush()
        sys.stdin.readline()

    rng, until = random.Random(), time.monotonic() + seconds
    while time.monotonic() < until:
        slug = f"withdrawn-{rng.randrange(WITHDRAWN)}"
        page = until_done(Publication.objects.get, slug=slug)
        until_done(publishing.withdraw, page, reason="For a while.", by="load")
        tell(page.slug, page.title)
        time.sleep(2)
        tell(page.slug, "")
        until_done(publishing.publish, page.monograph, by="load", kind="evidence", note="Back again.")


if __name__ == "__main__":
    main()
