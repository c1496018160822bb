"""How long readers wait for a kept page while one hostile address asks for as much as nginx lets it.

    python -m tests.benchmarks.one_address [--seconds 20] [--pages 1000]

The limits are those of deploy/nginx.conf: 5 dear answers a second in four connections after a burst of 20, and 50
answers a second in all. The hostile client asks for what is dearest: searches and suggestions that nobody has asked for
before, and lists and data of one page after the other. Two workers of four threads serve it, on a database of its own.
"""

import argparse
import itertools
import random
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import quantiles

from tests.benchmarks import servers
from tests.benchmarks.pages import name
from tests.support.sites import get

DEAR, BURST, CONNECTIONS, ALL = 5, 20, 4, 50  # as deploy/nginx.conf has them
READERS = 20  # views of kept pages a second, of which the waits are measured


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--pages", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="medinfo-bench-") as folder:
        measure(Path(folder), options.pages, options.seconds)


def measure(folder, pages, seconds):
    """Prints what readers waited on a site in `folder`, first without and then with the hostile client."""
    site = servers.bench_site(folder)
    site.must_python("-m", "tests.benchmarks.database", folder, pages, timeout=None)
    address = site.serve(workers=2)
    try:
        for hostile in (False, True):
            sys.stdout.write(waits(address, pages, seconds, hostile) + "\n")
    finally:
        site.stop()


def waits(address, pages, seconds, hostile):
    """What readers waited, in words, with or without the hostile client."""
    kept = [f"{address}/drugs/bench-{number}/" for number in range(min(20, pages))]
    for page in kept * 4:
        get(page)
    until = time.monotonic() + seconds
    asked = [0]
    senders = hostile_senders(address, pages, until, asked) if hostile else []
    for sender in senders:
        sender.start()
    times = read_pages(kept, until)
    for sender in senders:
        sender.join()
    cuts = quantiles(times, n=100)
    said = f"{asked[0]} hostile requests" if hostile else "nobody else"
    return f"{said}: {len(times)} kept pages, p50 {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms, p99 {cuts[98]:.1f} ms"


def hostile_senders(address, pages, until, asked):
    """Threads that ask for what is dear, and for suggestions with what nginx leaves them; counted in `asked`."""
    dear = dear_paths(pages), DEAR / CONNECTIONS, BURST // CONNECTIONS
    suggestions = (f"/search/suggest/?q={name(number)[:9]}" for number in itertools.count(10**6))
    all_work = [dear] * CONNECTIONS + [(suggestions, (ALL - DEAR) / CONNECTIONS, 0)] * CONNECTIONS
    return [threading.Thread(target=send, args=(address, *work, until, asked)) for work in all_work]


def dear_paths(pages):
    rng = random.Random(7)
    for number in itertools.count():
        page = f"/drugs/bench-{rng.randrange(pages)}"
        yield from (
            f"/search/?q={name(number + 10**6)}+{name(number)}+overdose",
            f"/drugs/?letter={rng.choice('bcdfglmnprs')}&after={page[7:]}",
            f"{page}.json",
            f"{page}/history/1/",
            f"/side-effects/effect-{rng.randrange(300)}/",
        )


def send(address, paths, rate, burst, until, asked):
    """Asks for `paths` at a steady rate, after a burst without a pause."""
    started = time.monotonic()
    for number in itertools.count():
        due = started + max(0, number - burst) / rate
        if max(due, time.monotonic()) > until:
            return
        time.sleep(max(0.0, due - time.monotonic()))
        with _taking:
            path = next(paths)
        get(address + path)
        asked[0] += 1


_taking = threading.Lock()  # a generator is for one thread at a time


def read_pages(kept, until):
    """Milliseconds of each view of these pages, in turn, at a steady rate."""
    times, started = [], time.monotonic()
    for number in itertools.count():
        due = started + number / READERS
        if due > until:
            return times
        time.sleep(max(0.0, due - time.monotonic()))
        began = time.perf_counter()
        assert get(kept[number % len(kept)]).status == 200
        times.append(1000 * (time.perf_counter() - began))


if __name__ == "__main__":
    main()
