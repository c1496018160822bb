"""Load test: readers, editors, imports, withdrawals and an upgrade at once; fails if one of them met what must not be.

    python -m tests.support.load [--minutes 5] [--readers 64] [--only SQLite | PostgreSQL]

On SQLite with 2 editors; on PostgreSQL too, where it is installed, with 20, on a server of its own that is restarted
after a quarter of the time. Nobody may meet an error, a page after its withdrawal or an edition older than one whose
publication was said to be done, and every edition that an editor was promised must be there in the end. Around the
restart, and only then, readers may be told 503 and writers that the database is away: the figures count both.
"""

import argparse
import datetime
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
from pathlib import Path

from tests.support.postgres import BINARIES, PostgresDatabase, restarted_server
from tests.support.sites import Site, get

DATA_FOLDER = os.environ.get("MEDINFO_DATA_DIR", ".")  # of the site, for the processes that this one starts
SHARED, WITHDRAWN, IMPORTED = 30, 20, 60  # pages that editors share, that are withdrawn, that are imported


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--readers", type=int, default=64)
    parser.add_argument("--only", choices=("SQLite", "PostgreSQL"))
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
    seconds = 60 * options.minutes
    if options.only != "PostgreSQL":
        with tempfile.TemporaryDirectory(prefix="medinfo-load-") as folder:
            tell("SQLite", run(Site(folder), seconds, options.readers, editors=2))
    if options.only == "SQLite":
        return
    if not BINARIES:
        sys.stdout.write("Not run on PostgreSQL, which is not installed here.\n")
        return
    with (
        restarted_server() as (server, restart),
        tempfile.TemporaryDirectory(prefix="medinfo-load-") as folder,
        PostgresDatabase(server, "load") as made,
    ):
        figures = run(Site(folder, made.url), seconds, options.readers, editors=20, restart=restart)
        tell("PostgreSQL", figures)


def tell(name, figures):
    sys.stdout.write(f"{name}: {json.dumps(figures)}\n")
    assert not figures["wrong"], figures["wrong"]


def run(
    site: Site, seconds: float, readers: int, editors: int, restart: Callable[[], None] | None = None
) -> dict:
    """Figures of `seconds` of everything at once on the empty `site`; `wrong` lists what must not happen.

    `restart` restarts its database.
    """
    prepare(site)
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
    events = [threading.Timer(seconds / 2, upgrade_as_the_script_does, [site])]
    if restart:
        events.append(threading.Timer(seconds / 4, restart_the_database, [site, restart]))
    for event in events:
        event.start()
    try:
        imports = import_again_and_again(site, seconds)
        said = [
            json.loads(process.communicate(timeout=seconds + 120)[0] or '{"wrong": ["died"]}')
            for process in parts
        ]
    finally:
        for event in events:
            event.cancel()
            event.join()
        site.stop()
    figures = {**imports, **said[0], **said[1]}
    figures["wrong"] = [*imports["wrong"], *said[0]["wrong"], *said[1]["wrong"]]
    code, out, err = site.run("verify")
    figures["verify"] = out.strip() or err
    figures["wrong"] += [err] if code else []
    server, parts = ((site.folder / name).read_text().splitlines() for name in ("server.log", "parts.log"))
    figures["wrong"] += [
        line for line in server if '"level": "ERROR"' in line and not is_said_of(site, line)
    ][:5]
    figures["wrong"] += [line for line in parts if not line.startswith("{")][-5:]  # a traceback
    return figures


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


AWAY_SECONDS = (
    30  # after the restart of the database: the pause of those who met it, and their connections anew
)


def restart_the_database(site, restart):
    """Restarts it and notes between which moments it may be away, for this process and the others."""
    (site.folder / "restarted").write_text(str(time.time()))
    restart()


def may_be_away(folder):
    """Whether the database was restarted of late."""
    try:
        return time.time() - float((Path(folder) / "restarted").read_text()) < AWAY_SECONDS
    except FileNotFoundError:
        return False


def excuse(error):
    """What a writer is told, who then knows that nothing was done: that others hold the lock (the desk says it with a
    503), or that the database is away at its restart. Any other error is raised again.
    """
    if "lock timeout" in str(error):
        return "told_to_wait"
    if may_be_away(DATA_FOLDER):
        return "database_away"
    raise error


def is_said_of(site, line):
    """Whether a line of the log is of the time in which the database was restarted, and says just that."""
    restarted = site.folder / "restarted"
    said = json.loads(line)
    at = datetime.datetime.fromisoformat(said["time"]).timestamp()
    away = restarted.exists() and 0 <= at - float(restarted.read_text()) < AWAY_SECONDS
    return away and said["message"].startswith(("The database does not answer", "Service Unavailable"))


def import_again_and_again(site, seconds):
    from tests.benchmarks.pages import old_page

    until, runs, ended, wrong = time.monotonic() + seconds, 0, 0, []
    while time.monotonic() < until:
        for number in range(IMPORTED):
            page = old_page(5000 + number).replace("### Precautions\n", f"### Precautions\nRun {runs}.\n")
            (site.folder / "imported" / f"imported-{number}.md").write_text(page)
        code, out, err = site.run("import_monographs", site.folder / "imported", "--publish", "--overwrite")
        runs += 1
        if code and "Run it again" in err and may_be_away(site.folder):
            ended += 1  # it says so, and the next run goes on
            continue
        wrong += [err[-500:]] if code or f"{IMPORTED} published" not in out else []
    return {"imports": runs, "imports_ended_by_restart": ended, "wrong": wrong}


def part(options):
    """What one of the two other processes met: its figures."""
    import django

    django.setup()
    seconds = 60 * options.minutes
    if options.part == "editors":
        return Editors(options.address, seconds).work(options.count)
    return Readers(options.address, seconds).work(options.count)


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
        from django.db import InterfaceError, OperationalError, connections

        rng = random.Random()
        try:
            while time.monotonic() < self.until:
                try:
                    self.step(rng)
                except (OperationalError, InterfaceError) as error:
                    self.counts[excuse(error)] += 1
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
        if page.status == 503 and may_be_away(DATA_FOLDER):
            self.counts["503_at_restart"] += 1
        elif page.status != 200 or json.loads(page.body)["edition"]["number"] < edition.number:
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
        if answer.status == 503 and may_be_away(DATA_FOLDER):
            return
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
    from django.db import InterfaceError, OperationalError, connections

    from drugs import publishing
    from drugs.models import Publication

    def tell(*words):
        sys.stdout.write("\t".join(words) + "\n")
        sys.stdout.flush()
        sys.stdin.readline()

    def done(act):
        """Does it again if others held the lock or the database went away; None if it had been done before that."""
        while True:
            try:
                return act()
            except publishing.PublishingError:
                if not may_be_away(DATA_FOLDER):
                    raise
                return None
            except (OperationalError, InterfaceError) as error:
                excuse(error)
                connections.close_all()
                time.sleep(0.5)

    rng, until = random.Random(), time.monotonic() + seconds
    while time.monotonic() < until:
        slug = f"withdrawn-{rng.randrange(WITHDRAWN)}"
        page = done(lambda slug=slug: Publication.objects.get(slug=slug))
        done(lambda page=page: publishing.withdraw(page, reason="For a while.", by="load"))
        tell(page.slug, page.title)
        time.sleep(2)
        tell(page.slug, "")
        back = {"by": "load", "kind": "evidence", "note": "Back again."}
        done(lambda page=page, back=back: publishing.publish(page.monograph, **back))


if __name__ == "__main__":
    main()
