"""Open data among a thousand pages and among a million: what each list for programs takes, and the bulk files.

    python -m tests.benchmarks.open_data [--pages 1000 1000000] [--rounds 40] [--most-ratio 0]
    python -m tests.benchmarks.open_data --bulk 6400 [--most-seconds 0] [--most-mb 0]

Runs on a database of its own in a temporary folder, or on MEDINFO_DATABASE_URL of a server on this machine. Lists are
asked for afresh each time, with nothing kept; the figure is the CPU of the cheapest of the rounds, that of PostgreSQL's
process included, since other work of the machine only ever adds to it. The bulk files are of the pages of
MEDINFO_TEST_CORPUS, or of made-up ones, each under as many names as it takes. Fails where a limit is missed.
"""

import argparse
import json
import logging
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks import database, many_pages

EDITIONS = 250  # of the one page that has many


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, nargs="+", default=[1000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--most-ratio", type=float, default=0.0, help="fail if a list gets slower by more")
    parser.add_argument(
        "--bulk", type=int, default=0, help="write bulk files of so many pages, and nothing else"
    )
    parser.add_argument("--most-seconds", type=float, default=0.0)
    parser.add_argument("--most-mb", type=float, default=0.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="medinfo-bench-") as folder:
        database.setup(folder)
        logging.disable(logging.INFO)
        faults = bulk(options) if options.bulk else lists(options)
    if faults:
        sys.exit("\n".join(faults))


def lists(options):
    """Prints what each list takes among so many pages. Returns sentences on those that grow by more than allowed."""
    measured = []
    for count in sorted(options.pages):
        started = time.monotonic()
        many_pages.fill(count)
        say(f"{count:,} pages inserted in {time.monotonic() - started:.0f} s")
        if not measured:
            _add_editions()
        measured.append({name: milliseconds(path, options.rounds) for name, path in addresses(count)})
    return list(faults_of(measured[0], measured[-1], options.most_ratio))


def faults_of(first, last, most):
    """Prints figures of few and of many pages by list. Yields a sentence on each that grows by more than `most`."""
    for name in first:
        ratio = last[name] / first[name]
        say(f"{name:44} {first[name]:7.2f} ms {last[name]:7.2f} ms  {ratio:.2f}")
        if most and ratio > most:
            yield f"{name}: {ratio:.2f} times as long, at most {most} is allowed."


def addresses(count):
    """Pairs of a name and an address: each list with each filter and order, at its beginning and in its middle."""
    from drugs.models import PageChange, Publication
    from drugs.web import change_feed, monograph_filters

    middle = Publication.objects.get(slug=many_pages.slug(count // 2 - 1))
    reviewed = (
        Publication.objects.filter(review_due__isnull=False, slug__gte=middle.slug).order_by("slug").first()
    )
    orders = monograph_filters.ORDERS
    filters = (
        "status=not_reviewed", "status=reviewed", "status=overdue", "status=withdrawn", "origin=editorial",
        "language=de", "letter=k", "class=class-of-many-2", "ingredient=part", "changed_since=2026-01-01T00:05:00Z",
        "review_due_before=2030-01-01", "class=class-of-many-2&language=en", "letter=k&origin=ai_or_crowd",
        "class=nothing", "ingredient=nothing", "language=tlh",
    )  # fmt: skip
    found = [("monographs", "monographs?")]
    found += [(f"monographs?{asked}", f"monographs?{asked}&") for asked in filters]
    for order in ("slug", "title", "changed", "-changed", "review_due"):
        row = reviewed if order == "review_due" else middle
        cursor = monograph_filters._cursor(order, orders[order], row)
        found.append((f"monographs?order={order}", f"monographs?order={order}"))
        found.append((f"monographs?order={order}, middle", f"monographs?order={order}&cursor={cursor}"))
    entry = PageChange.objects.select_related("publication").get(number=count // 2)
    found += [
        ("editions", f"monographs/{many_pages.slug(1)}/editions"),
        ("changes", "changes"),
        ("changes, middle", f"changes?since={change_feed.cursor_of(entry)}"),
        ("changes by a moment", "changes?since=2026-01-01T00:08:00Z"),
        ("side-effects", "side-effects"),
        ("side-effects, middle", "side-effects?cursor=effect-20"),
        ("classes", "classes"),
        ("classes?letter", "classes?letter=c"),
        ("one page", f"monographs/{many_pages.slug(1)}/editions?cursor=9"),
    ]
    return [(name, f"/api/v1/{path}") for name, path in found]


def milliseconds(path, rounds):
    """CPU of the cheapest of so many answers, each made anew."""
    from django.test import Client

    from drugs.caching.backends import memory, queried

    client, found = Client(SERVER_NAME="127.0.0.1"), []
    for _ in range(rounds):
        memory.clear(), queried.clear()
        started = cpu()
        response = client.get(path)
        found.append(1000 * (cpu() - started))
        if response.status_code != 200:
            sys.exit(f"{path}: {response.status_code} {response.content[:200]!r}")
    return min(found)


def cpu():
    """Seconds of CPU that this process has had, and PostgreSQL's for it."""
    from django.db import connection

    seconds = time.process_time()
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        spent = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text()
        seconds += int(spent.split()[0]) / 1e9
    return seconds


def _add_editions():
    """The first page has many editions."""
    from drugs.models import Edition

    first = Edition.objects.get(monograph_id=1)
    at, previous = first.published_at, first.record
    for number in range(2, EDITIONS + 1):
        record = f"{number}-{first.record}"[:64]
        Edition.objects.create(
            pk=10**9 + number, monograph_id=1, number=number, document="{}", sha256=record, published_at=at,
            published_by="bench", kind="import", previous=previous, record=record,
        )  # fmt: skip
        previous = record


def bulk(options):
    """Prints what the bulk files of `--bulk` pages take. Returns sentences on what is more than allowed."""
    from drugs.import_export import bulk
    from drugs.web import bulk_files

    copies(options.bulk)
    started, cpu = time.monotonic(), time.process_time()
    written = bulk.write()
    seconds, cpu = time.monotonic() - started, time.process_time() - cpu
    files, _ = bulk_files.newest()
    size = files.path("monographs.ndjson.gz").stat().st_size / 1e6
    say(f"{written.pages:,} pages in {seconds:.1f} s ({cpu:.1f} s of CPU), {size:.2f} MB")
    limits = ((seconds, options.most_seconds, "s"), (size, options.most_mb, "MB"))
    return [
        f"{found:.1f} {unit}, at most {most:g} are allowed."
        for found, most, unit in limits
        if 0 < most < found
    ]


def copies(count):
    """The pages of the corpus, or made-up ones, published, and again under other names until there are `count`."""
    from django.core.management import call_command

    from drugs.models import Publication

    corpus = os.environ.get("MEDINFO_TEST_CORPUS")
    if corpus:
        with open(os.devnull, "w") as nowhere:
            call_command("import_monographs", f"{corpus}/pages", publish=True, stdout=nowhere, stderr=nowhere)
    else:
        database.fill(300)
    originals = list(Publication.objects.select_related("edition", "monograph").order_by("pk"))
    texts = [json.loads(page.edition.document) for page in originals]
    last = 10**6  # keys behind those of whatever is on the desk
    for number in range(1, count - len(originals) + 1):
        page, text = originals[number % len(originals)], texts[number % len(originals)]
        # So named, no page stands near its copy in the files, where it would cost nothing.
        again = f"{number // len(originals):03}"
        said = {"slug": f"copy-{again}-{text['slug']}", "title": f"{text['title']} {again}"}
        monograph, edition = page.monograph, page.edition
        edition.document, edition.record = json.dumps({**text, **said}, ensure_ascii=False), f"{number:064x}"
        page.slug, page.title = monograph.slug, monograph.title = said.values()
        for row in (monograph, edition, page):
            row.pk = last + number
        edition.monograph = page.monograph = monograph
        page.edition = edition
        for row in (monograph, edition, page):
            type(row).objects.bulk_create([row])


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
