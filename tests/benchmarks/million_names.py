"""Search among a million names next to 28,000: CPU of a search page and of suggestions, and what is still found.

    python -m tests.benchmarks.million_names [--names 28000 1000000] [--queries 200] [--most-ms 0] [--least-ratio 0]

Runs on a database of its own in a temporary folder, or on MEDINFO_DATABASE_URL; its index of names is filled straight
with rows, without desks behind it. Prints a table; fails where a limit is given and missed.
"""

import argparse
import random
import statistics
import string
import sys
import time

from tests.benchmarks import database, pages

NAMES_A_PAGE = 4
BATCH = 40_000  # names inserted at a time


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--names", type=int, nargs="+", default=[28_000, 1_000_000])
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--most-ms", type=float, default=0.0, help="fail if a search page takes more")
    parser.add_argument("--least-ratio", type=float, default=0.0, help="fail if the last is slower by more")
    options = parser.parse_args()
    database.setup()
    measured = []
    for count in sorted(options.names):
        fill(count)
        measured.append(measure(count, options.queries))
        say(
            "{:>9,} names: search page {:.1f} ms, suggestions {:.1f} ms, found {:.3f} first, {:.3f} of five".format(
                count, *measured[-1]
            )
        )
    search, suggestions = (measured[0][at] / measured[-1][at] for at in (0, 1))
    say(f"as fast as with the fewest: search page {search:.2f}, suggestions {suggestions:.2f}")
    if (
        options.most_ms
        and measured[-1][0] > options.most_ms
        or min(search, suggestions) < options.least_ratio
    ):
        sys.exit("That is slower than it may be.")


def fill(count):
    """Made-up pages of NAMES_A_PAGE names inserted until there are `count` names."""
    from django.db import connection, transaction

    from drugs.models import SearchName

    start = SearchName.objects.count()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -400000")
    while start < count:
        batch = range(start, min(start + BATCH, count))
        with transaction.atomic():
            insert(batch)
        start = batch.stop
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE" if connection.vendor == "sqlite" else "ANALYZE drugs_searchmark, drugs_searchname"
        )


def insert(numbers):
    from django.db import connection
    from django.utils import timezone

    from drugs.content import normalisation
    from drugs.models import Edition, Monograph, Publication
    from drugs.models.bulk_insert import insert_rows
    from drugs.search.names import rows
    from drugs.search.names.phonetics import phonetic_spelling

    now = timezone.now()
    titles = [pages.name(number) for number in numbers[::NAMES_A_PAGE]]
    slugs = [f"name-{number}" for number in numbers[::NAMES_A_PAGE]]
    monographs = Monograph.objects.bulk_create(
        Monograph(slug=slug, title=title, letter=title[0].lower())
        for slug, title in zip(slugs, titles, strict=True)
    )
    editions = Edition.objects.bulk_create(
        Edition(monograph=monograph, number=1, published_at=now, kind="import", record=monograph.slug)
        for monograph in monographs
    )
    publications = Publication.objects.bulk_create(
        Publication(
            monograph=edition.monograph,
            edition=edition,
            slug=edition.monograph.slug,
            title=edition.monograph.title,
            letter=edition.monograph.letter,
            sort_key=edition.monograph.title.lower(),
            number=1,
            desk_version=1,
            published_at=now,
        )
        for edition in editions
    )
    names = []
    for at, number in enumerate(numbers):
        page, text = publications[at // NAMES_A_PAGE], pages.name(number)
        kind = "synonym" if at % NAMES_A_PAGE else "title"
        form = normalisation.fold(text)
        key = rows.name_key(page.slug, form)
        names.append(
            rows.NameRow(key, page.pk, text, kind, form, True, phonetic_spelling(form), NAMES_A_PAGE)
        )
    with connection.cursor() as cursor:
        insert_rows(cursor, "drugs_searchname", rows.NameRow._fields, sorted(names))
        insert_rows(cursor, "drugs_searchmark", rows.MarkRow._fields, sorted(rows.terms_of(names)))


def measure(count, queries):
    """Median milliseconds of a search page and of suggestions, and recall at 1 and 5 of misspelt names."""
    from django.test import Client

    from drugs.search import names

    client = Client(SERVER_NAME="127.0.0.1")
    rng = random.Random(count)
    asked = [pages.name(rng.randrange(count)) for _ in range(queries)]
    typed = [misspelt(name, rng) for name in asked]
    client.get("/search/", {"q": "warm up"})
    search = [milliseconds(lambda text=text: client.get("/search/", {"q": text})) for text in typed]
    suggestions = [
        milliseconds(lambda text=text: client.get("/search/suggest/", {"q": text[:-1]})) for text in typed
    ]
    ranks = []
    for name, text in zip(asked, typed, strict=True):
        found = [hit.matched for hit in names.find(text)]
        ranks.append(found.index(name) if name in found else 99)
    first, five = (sum(rank < most for rank in ranks) / len(ranks) for most in (1, 5))
    return statistics.median(search), statistics.median(suggestions), first, five


def misspelt(name, rng):
    """`name` with one letter wrong, missing, doubled or in its neighbour's place, not the first."""
    at = rng.randrange(1, len(name) - 1)
    before, char, after = name[:at], name[at], name[at + 1 :]
    return rng.choice(
        [
            before + rng.choice(string.ascii_lowercase) + after,
            before + after,
            before + char + char + after,
            before + after[0] + char + after[1:],
        ]
    )


def milliseconds(work):
    started = time.process_time()
    work()
    return 1000 * (time.process_time() - started)


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
