"""Quality and speed of the search for names that people typed, next to rapidfuzz's WRatio.

    MEDINFO_TEST_SEARCH=folder python -m tests.benchmarks.score_names [--every 1] [--strangers 0] [--min-mrr 0.98]

The folder holds `names.jsonl` (drug, alias, alias_kind) and `eval_dev.jsonl` (query, expected, kind). Runs on a
database of its own in a temporary folder, or on MEDINFO_DATABASE_URL. Prints recall at 1 and 5 and the mean
reciprocal rank of the first ten by kind of query, then CPU times. `--strangers` adds that many made-up names.
"""

import argparse
import json
import os
import random
import re
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

from tests.benchmarks import database

GROUPS = {
    "misspelt and sound-alike": ("misspelling", "soundalike"),
    "misspelt, generated": ("misspelling_synthetic",),
    "prefix": ("prefix",),
    "exact, brand, synonym, look-alike": ("exact", "brand", "synonym", "lasa"),
    "several words, combinations": ("multiword",),
    "capitals, punctuation, salts": ("case_punct",),
}
WRATIO_EVERY = 10  # it takes many times as long


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1, help="take every n-th query only")
    parser.add_argument("--strangers", type=int, default=0, help="made-up names to search among as well")
    parser.add_argument("--min-mrr", type=float, default=0.0, help="fail below this")
    options = parser.parse_args()
    folder = os.environ.get("MEDINFO_TEST_SEARCH")
    if not folder:
        sys.exit("MEDINFO_TEST_SEARCH names no folder with names.jsonl and eval_dev.jsonl.")
    database.setup()
    from drugs.search import index, names

    aliases = fill(read_lines(Path(folder) / "names.jsonl"), options.strangers)
    started = time.perf_counter()
    index.rebuild()
    say(f"index of {len(aliases):,} names rebuilt in {time.perf_counter() - started:.0f} s")
    rows = read_lines(Path(folder) / "eval_dev.jsonl")[:: options.every]
    names.find("warm up")
    ours = measure(rows, lambda text: [hit.title for hit in names.find(text)])
    theirs = measure(rows[::WRATIO_EVERY], wratio(aliases))
    mrr = report(ours, theirs)
    report_hostile(aliases)
    if mrr < options.min_mrr:
        sys.exit(f"MRR@10 {mrr:.3f} is below {options.min_mrr}.")


def read_lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def fill(rows, strangers):
    """Publishes a page with one short section for every drug of `rows`; gives (name, title) of every name."""
    from django.db import transaction

    from drugs import desk, publishing
    from drugs.content import Document, Name, Section
    from tests.benchmarks.pages import name

    pages = defaultdict(list)
    for row in rows:
        pages[clean(row["drug"])].append((clean(row["alias"]), row["alias_kind"]))
    for number in range(0, strangers, 5):
        made_up = [name(number + place) for place in range(5)]
        pages[made_up[0]] = [(text, "synonym") for text in made_up[1:]] + [(made_up[0], "title")]
    refused = []
    with transaction.atomic():
        for number, (title, found) in enumerate(pages.items()):
            others = [Name(text, kind) for text, kind in found if kind != "title" and text]
            document = Document(
                slug=f"{re.sub('[^a-z0-9]+', '-', title.lower()).strip('-')}-{number}",
                title=title,
                names=tuple(dict.fromkeys(others)),
                sections=(Section("uses", "", "It stands here to be searched for."),),
            )
            monograph = desk.write(document, by="bench")
            try:
                publishing.publish(monograph, by="bench", kind="import", note="")
            except publishing.Blocked:
                refused.append(title)
    say(f"{len(pages) - len(refused):,} pages published; the checks refuse {len(refused)} titles")
    return [(text, title) for title, found in pages.items() for text, _ in found]


def clean(text):
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def wratio(aliases):
    from rapidfuzz import fuzz, process

    known = [text.lower() for text, _ in aliases]

    def find(text):
        found = process.extract(text.lower(), known, scorer=fuzz.WRatio, limit=40)
        return list(dict.fromkeys(aliases[at][1] for _, _, at in found))[:10]

    return find


def measure(rows, find):
    """For each query its kind, the rank of the first right title (0 for none), and CPU seconds."""
    measured = []
    for row in rows:
        started = time.process_time()
        found = find(row["query"])[:10]
        took = time.process_time() - started
        right = {clean(title) for title in row["expected"]}
        rank = next((place for place, title in enumerate(found, 1) if title in right), 0)
        measured.append((row["kind"], rank, took))
    return measured


def report(ours, theirs):
    say(f"{'':36}{'queries':>8}{'R@1':>8}{'R@5':>7}{'MRR':>7}   WRatio: R@1    R@5    MRR")
    every = {"all rows": tuple({kind for kind, _, _ in ours})}
    for label, kinds in (GROUPS | every).items():
        ranks = [rank for kind, rank, _ in ours if kind in kinds]
        others = [rank for kind, rank, _ in theirs if kind in kinds]
        say(f"{label:36}{len(ranks):8}  {figures(ranks)}        {figures(others)}")
    for label, measured in (("search", ours), ("WRatio", theirs)):
        times = sorted(took * 1000 for _, _, took in measured)
        middle, high = times[len(times) // 2], times[int(len(times) * 0.95)]
        say(f"CPU of one {label}: p50 {middle:.1f} ms, p95 {high:.1f} ms, most {times[-1]:.1f} ms")
    return sum(1 / rank for _, rank, _ in ours if rank) / len(ours)


def report_hostile(aliases):
    """CPU of names and words together for queries made to be dear: of what many names have in common, and odd ones."""
    from drugs.content import normalisation
    from drugs.search import fulltext, names

    counted = Counter(word for text, _ in aliases for word in normalisation.fold(text).split())
    common = [word for word, _ in counted.most_common(60)]
    grams = Counter(
        text[at : at + 3] for text in map(normalisation.fold, dict(aliases)) for at in range(len(text) - 2)
    )
    rng = random.Random(1)
    queries = [" ".join(rng.choices(common, k=40))[:300] for _ in range(100)]
    queries += ["".join(rng.choices([gram for gram, _ in grams.most_common(60)], k=100)) for _ in range(100)]
    queries += [" + ".join(title for _, title in rng.choices(aliases, k=12))[:300] for _ in range(100)]
    queries += [
        "a" * 10_000,
        "💊" * 150,
        "\u202examp",
        '"NOT AND NEAR(a*b) col:',
        "?!.," * 75,
        "ﷺ" * 300,
        "e\u0301" * 150,
    ]
    times = []
    for query in queries:
        started = time.process_time()
        names.find(query)
        fulltext.find(query, limit=20)
        times.append((time.process_time() - started) * 1000)
    say(f"CPU of one of {len(times)} hostile searches: most {max(times):.1f} ms")


def figures(ranks):
    if not ranks:
        return "    -      -      -"
    at1, at5 = sum(rank == 1 for rank in ranks), sum(1 <= rank <= 5 for rank in ranks)
    mrr = sum(1 / rank for rank in ranks if rank)
    return "".join(f"{value / len(ranks):7.3f}" for value in (at1, at5, mrr)).removeprefix(" ")


def say(line):
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
