"""The crowds of the load test: readers, editors, and who withdraws pages, each asking with an address of its own."""

import http.client
import json
import random
import ssl
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.support.sites import Answer

SHARED, WITHDRAWN = 30, 20  # pages that editors share, and that are withdrawn
HOST = "medicines.example.org"
TRUSTING = ssl._create_unverified_context()


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


def ask(address, path, number):
    """Answer to one of the crowd. Each has an address of its own, since nginx counts what one address asks for."""
    place, own = urlsplit(address), {"timeout": 60, "source_address": (f"127.0.0.{number}", 0)}
    if place.scheme == "https":
        connection = http.client.HTTPSConnection(place.netloc, context=TRUSTING, **own)
    else:
        connection = http.client.HTTPConnection(place.netloc, **own)
    try:
        connection.request("GET", path, headers={"Host": HOST})
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    except (OSError, http.client.HTTPException):
        return Answer(0)
    finally:
        connection.close()


class Unavailable(Exception):
    """An answer 503."""


def is_lock_timeout(error):
    """Whether a writer gave up waiting for the others. Nothing was done then, and the desk says so with a 503."""
    return "lock timeout" in str(error)


class Crowd:
    """Threads that do `step` until the time is over, and what they found wrong. `first` begins their addresses."""

    first = 2

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
                    self.step(rng, self.first + number)
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

    promised, first = (), 200

    def step(self, rng, number):
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
        page = ask(self.address, f"/drugs/{slug}.json", number)
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

    def step(self, rng, number):
        slug = rng.choice([f"withdrawn-{rng.randrange(WITHDRAWN)}", f"shared-{rng.randrange(SHARED)}"])
        address = rng.choice(
            [f"/drugs/{slug}/", f"/drugs/{slug}/", f"/drugs/{slug}.json", "/", "/drugs/?letter=b"]
        )
        if rng.random() < 0.1 and slug in self.titles:
            address = f"/search/suggest/?q={self.titles[slug]}"
        before, started = dict(self.gone), time.monotonic()
        answer = ask(self.address, address, number)
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
