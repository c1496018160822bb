"""Speed of answers, next to a plain Django view in the same worker, and with many pages next to few: a table, and JSON.

    python -m tests.benchmarks.speed [--pages 1000 100000] [--seconds 2] [--rounds 7] [--folder DIR] [--json FILE]

One gunicorn worker for each size, on generated monographs (database.py) in SQLite, or in databases `bench_<size>` of
the server that MEDINFO_BENCH_POSTGRES names (postgres://user:password@127.0.0.1), made there if need be. Rounds
alternate between all addresses and sizes; what is printed are medians, and ratios are medians of the ratios of each
round. `--folder` keeps the databases for the next run: 100,000 pages take some minutes and 2 GB, 1,000,000 ten times
as much.
"""

import argparse
import json
import os
import platform
import random
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import psycopg
from psycopg.sql import SQL, Identifier

from tests.benchmarks import load, servers

PLAIN, BARE, DRUG = (
    "plain Django view of the page's size",
    "bare view behind our own middleware",
    "drug page, warm",
)
EDITS = 40  # pages that are published again, one by one
DISTINCT = 3000  # pages that are asked for before memory is read


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, nargs="+", default=[1000, 100_000])
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", type=Path, default=Path(tempfile.gettempdir()) / "medinfo-speed.json")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="medinfo-bench-") as scratch:
        found = measure(options.folder or Path(scratch), options.pages, options.rounds, options.seconds)
    options.json.write_text(json.dumps(found, indent=1))
    report(found)
    say(f"\nWritten to {options.json}.")


def measure(folder, sizes, rounds, seconds):
    """All that is known about these sizes, as a dict that JSON can say."""
    sites = {size: fill(folder / str(size), size) for size in sizes}
    inside = {
        size: json.loads(site.must_python("-m", "tests.benchmarks.inside", site.folder, EDITS, timeout=None))
        for size, site in sites.items()
    }
    with ExitStack() as stack:
        running = {size: stack.enter_context(servers.serving(site)) for size, site in sites.items()}
        asked = {size: addresses(running[size], size) for size in sizes}
        measured = [
            {
                size: {
                    name: ask(running[size], path, seconds, headers)
                    for name, (path, headers) in asked[size].items()
                }
                for size in sizes
            }
            for _ in range(rounds)
        ]
        memory = {size: memory_of(running[size], size) for size in sizes}
    return {
        "machine": machine(),
        "database": "PostgreSQL" if os.environ.get("MEDINFO_BENCH_POSTGRES") else "SQLite",
        "rounds": measured,
        "inside": inside,
        "memory": memory,
    }


def fill(folder, size):
    """Fills the database of this size and returns its site."""
    folder.mkdir(parents=True, exist_ok=True)
    server = os.environ.get("MEDINFO_BENCH_POSTGRES", "")
    if server:
        _make_database(server, f"bench_{size}")
    site = servers.bench_site(folder, server and f"{server}/bench_{size}", MEDINFO_BENCH_BYTES="9000")
    say(f"Filling {size:,} pages …")
    site.must_python("-m", "tests.benchmarks.database", folder, size, timeout=None)
    return site


def _make_database(server, name):
    """Makes an empty database on the PostgreSQL at `server`, unless there is one of that name."""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as opened:
        if not opened.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            opened.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))


def addresses(server, size):
    """What is asked for, by name: path and headers."""
    page = f"/drugs/bench-{size // 2}/"
    _, headers, body = server.get(page)
    title = body.decode().partition("<h1>")[2].partition("</h1>")[0].split(" ")[0]
    return {
        PLAIN: ("/plain/", ()),
        BARE: ("/bare/", ()),
        "liveness": ("/healthz/", ()),
        "static file": (body.decode().partition('<link rel="stylesheet" href="')[2].partition('"')[0], ()),
        DRUG: (page, ()),
        "drug page, compressed": (page, [("Accept-Encoding", "gzip")]),
        "drug page, unchanged (304)": (page, [("If-None-Match", headers["ETag"])]),
        "A-Z, one letter": ("/drugs/?letter=b", ()),
        "A-Z of side effects": ("/side-effects/", ()),
        "side effect": ("/side-effects/effect-3/", ()),
        "class": ("/classes/class-0-agent/", ()),  # a list as long as lists get, in a thousand pages too
        "home": ("/", ()),
        "about": ("/about/", ()),
        "JSON": (f"{page[:-1]}.json", ()),
        "Markdown": (f"{page[:-1]}.md", ()),
        "history": (f"{page}history/", ()),
        "old edition": (f"{page}history/1/", ()),
        "search": (f"/search/?q={title}", ()),
        "suggestions": (f"/search/suggest/?q={title[:6]}", ()),
    }


def ask(server, path, seconds, headers):
    """Answers a second, and microseconds of the worker's CPU for each: other work on the machine bends these less."""
    before = server.cpu()
    rate = load.requests_a_second(server.port, path, seconds, headers)
    return {"rate": rate, "cpu": 1e6 * (server.cpu() - before) / (rate * seconds)}


def memory_of(server, size):
    """MiB of the worker after many different pages."""
    for number in random.Random(1).sample(range(size), min(size, DISTINCT)):
        server.get(f"/drugs/bench-{number}/")
    return dict(zip(("Pss", "Rss"), server.memory(), strict=True))


def machine():
    model = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.processor(),
    )
    return {
        "cpu": model,
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "python": platform.python_version(),
        "system": platform.platform(),
        "client": load.tool(),
    }


def report(found):
    found = json.loads(json.dumps(found))  # as whoever reads the file finds it
    about, sizes = found["machine"], list(found["inside"])
    say(f"{about['cores']} x {about['cpu']}, load {about['load']:.1f}, {about['system']}")
    say(f"Python {about['python']}, {found['database']}, one worker, load from {about['client']}\n")
    for kind, unit in (("rate", "answers a second"), ("cpu", "CPU of one in µs")):
        say(f"{unit:36}" + "".join(f"{int(size):>11,} of plain" for size in sizes) + "  most of fewest")
        for name in found["rounds"][0][sizes[0]]:
            asked, plain = (values_of(found, sizes, one, kind) for one in (name, PLAIN))
            cells = [
                f"{median(asked[size]):11,.0f}{ratio(asked[size], plain[size], kind):9.2f}" for size in sizes
            ]
            say(f"{name:36}" + "".join(cells) + f"{ratio(asked[sizes[-1]], asked[sizes[0]], kind):16.2f}")
        say("")
    for name in found["inside"][sizes[0]]:
        values = [found["inside"][size][name] for size in sizes]
        cells = "".join(f"{value:12.1f} ms CPU  " for value in values)
        say(f"{name:32}{cells}{values[-1] / values[0]:10.2f}")
    say("memory of a worker: " + ", ".join(f"{size}: {memory_said(found, size)}" for size in sizes))


def values_of(found, sizes, name, kind):
    """What was measured of `name` in each round, by size."""
    return {size: [one[size][name][kind] for one in found["rounds"]] for size in sizes}


def memory_said(found, size):
    return " ".join(f"{name} {value:.0f} MiB" for name, value in found["memory"][size].items())


def ratio(values, others, kind):
    """How many times as fast as the others: the median of the ratios of each round."""
    pairs = zip(values, others, strict=True) if kind == "rate" else zip(others, values, strict=True)
    return median(value / (other or 1) for value, other in pairs)


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
