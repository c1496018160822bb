"""The cost of importing a page: CPU of each step, as a multiple of MarkdownIt.parse of the same pages.

    python -m tests.benchmarks.import_pages [--pages 1000] [--workers 2]

Runs on a database of its own in a temporary folder, or on MEDINFO_DATABASE_URL. Prints a table.
"""

import argparse
import os
import sys
import tempfile
import time

from markdown_it import MarkdownIt

from tests.benchmarks import database, pages
from tests.benchmarks.servers import bench_site


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    database.setup()
    texts = [pages.old_page(number) for number in range(options.pages)]
    # First, while this process is small: a child counts what its parent had when it was started.
    rate, memory = command(texts, options.workers)
    parser = MarkdownIt()
    base = cpu(lambda: [parser.parse(text) for text in texts])
    rows = [("MarkdownIt.parse", base), *steps(texts)]
    rows.append(("all of it", sum(seconds for _, seconds in rows[1:])))
    for step, seconds in rows:
        sys.stdout.write(f"{step:28} {1000 * seconds / options.pages:7.2f} ms/page {seconds / base:6.2f}\n")
    sys.stdout.write(
        f"import_monographs --publish --workers {options.workers}: {rate:.0f} pages/s, {memory:.0f} MiB\n"
    )


def cpu(work):
    started = time.process_time()
    work()
    return time.process_time() - started


def steps(texts):
    """CPU seconds of reading, saving and publishing `texts`, in transactions of 50 as the command has them."""
    from drugs import formats

    read = []
    stems = [f"bench-{number}" for number in range(len(texts))]
    yield (
        "read",
        cpu(
            lambda: read.extend(
                formats.read(text.encode(), stem=stem) for text, stem in zip(texts, stems, strict=True)
            )
        ),
    )
    yield from save_and_publish(read)


def save_and_publish(read):
    """CPU seconds of both; batch by batch, since the checks remember what they heard of the pages just saved."""
    from drugs import desk, publishing

    saved = published = 0
    for start in range(0, len(read), 50):
        batch = read[start : start + 50]
        sources = [desk.Source(f"b/{page.document.slug}.md", page.format, "0" * 64) for page in batch]
        pairs = [(page.document, source) for page, source in zip(batch, sources, strict=True)]
        rows = []
        saved += cpu(lambda pairs=pairs, rows=rows: rows.extend(desk.create_pages(pairs, by="bench")))
        triples = [(row, page.document, "x") for row, page in zip(rows, batch, strict=True)]
        published += cpu(lambda triples=triples: publishing.publish_new(triples, by="bench", kind="import"))
    yield "save", saved
    yield "publish and index", published


def command(texts, workers):
    """Pages a second and the peak of memory of the command itself, into an empty database."""
    import pathlib
    import resource

    folder = pathlib.Path(tempfile.mkdtemp(prefix="medinfo-bench-"))
    (folder / "pages").mkdir()
    for number, text in enumerate(texts):
        (folder / "pages" / f"{number}.md").write_text(text)
    site = bench_site(folder, os.environ.get("MEDINFO_DATABASE_URL", ""))
    site.must("migrate", "-v0")
    started = time.monotonic()
    site.must("import_monographs", folder / "pages", "--publish", "--workers", workers)
    seconds = time.monotonic() - started
    return len(texts) / seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


if __name__ == "__main__":
    main()
