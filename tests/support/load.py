"""Load test: readers, editors, imports, withdrawals and an upgrade at once; fails if one of them met what must not be.

    python -m tests.support.load [--minutes 5] [--readers 64]

On SQLite with 2 editors; on PostgreSQL too, with 20, where MEDINFO_TEST_POSTGRES names a server. Nobody may meet
an error, a page after its withdrawal or an edition older than one whose publication was said to be done, and every
edition that an editor was promised must be there in the end.
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

from tests.support.postgres import PostgresDatabase, postgres_server
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
    if not (server := postgres_server()):
        sys.stdout.write("Not run on PostgreSQL: MEDINFO_TEST_POSTGRES names no server.\n")
        return
    with (
        tempfile.TemporaryDirectory(prefix="medinfo-load-") as folder,
        PostgresDatabase(server, "load") as made,
    ):
        tell("PostgreSQL", run(Site(folder, made.url), options.minutes * 60, options.readers, editors=20))


def tell(name, figures):
    sys.stdout.write(f"{name}: {json.dumps(figures)}\n")
    assert not figures["wrong"], figures["wrong"]


def run(site: Site, seconds: float, readers: int, editors: int) -> dict:
    """Figures of `seconds` of everything at once on the empty `site`; `wrong` lists what must not happen."""
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
    upgrade = threading.Timer(seconds / 2, upgrade_as_the_script_does, [site])
    upgrade.start()
    try:
        imports = import_again_and_again(site, seconds)
        said = [
            json.loads(process.communicate(timeout=seconds + 120)[0] or '{"wrong": ["died"]}')
            for process in parts
        ]
    finally:
        upgrade.cancel()
        upgrade.join()
        site.stop()
    figures = {**imports, **said[0], **said[1]}
    figures["wrong"] = [*imports["wrong"], *said[0]["wrong"], *said[1]["wrong"]]
    code, out, err = site.run("verify")
    figures["verify"] = out.strip() or err
    figures["wrong"] += [err] if code else []
    server, parts = ((site.folder / name).read_text().splitlines() for name in ("server.log", "parts.log"))
    figures["wrong"] += [line for line in server if '"level": "ERROR"' in line][:5]
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


def import_again_and_again(site, seconds):
    from tests.benchmarks.pages import old_page

    until, runs, wrong = time.monotonic() + seconds, 0, []
    while time.monotonic() < until:
        for number in range(IMPORTED):
            page = old_page(5000 + number).replace("### Precautions\n", f"### Precautions\nRun {runs}.\n")
            (site.folder / "imported" / f"imported-{number}.md").write_text(page)
        code, out, err = site.run("import_monographs", site.folder / "imported", "--publish", "--overwrite")
        runs += 1
        wrong += [err] if code or f"{IMPORTED} published" not in out else []
    return {"imports": runs, "wrong": wrong}


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
        from django.db import connections

        rng = random.Random()
        try:
            while time.monotonic() < self.until:
                self.step(rng)
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
    from drugs import publishing
    from drugs.models import Publication

    def tell(*words):
        sys.stdout.write("\t".join(words) + "\n")
        sys.stdout.flush()
        sys.stdin.readline()

    rng, until = random.Random(), time.monotonic() + seconds
    while time.monotonic() < until:
        page = Publication.objects.get(slug=f"withdrawn-{rng.randrange(WITHDRAWN)}")
        publishing.withdraw(page, reason="For a while.", by="load")
        tell(page.slug, page.title)
        time.sleep(2)
        tell(page.slug, "")
        publishing.publish(page.monograph, by="load", kind="evidence", note="Back again.")


if __name__ == "__main__":
    main()
