"""A site to measure on: its own database in a temporary folder, filled with made-up monographs as fast as may be.

As a command it fills one and prints nothing but its folder: `python -m tests.benchmarks.database FOLDER PAGES`.
"""

import os
import random
import sys
import tempfile

BATCH = 500


def setup(folder=None):
    """Starts Django on a new database in `folder`, or on MEDINFO_DATABASE_URL; returns the folder."""
    folder = folder or tempfile.mkdtemp(prefix="medinfo-bench-")
    os.environ["MEDINFO_DATA_DIR"] = str(folder)
    os.environ.setdefault("MEDINFO_SECRET_KEY", "only-for-benchmarks-" * 3)
    os.environ.setdefault("MEDINFO_HTTPS", "off")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    return folder


def fill(count, done=lambda count: None):
    """Publishes short monographs until there are `count`, in transactions of 500; `done` is told after each."""
    from django.db import connection, transaction

    from drugs import desk, publishing
    from drugs.models import Publication

    while (start := Publication.objects.count()) < count:
        documents = [document(number) for number in range(start, min(start + BATCH, count))]
        with transaction.atomic():
            pages = zip(desk.create(documents, by="bench"), documents, strict=True)
            held = publishing.publish_new([(*page, "Made up.") for page in pages], by="bench", kind="import")
        if any(held):
            sys.exit(f"A made-up page was refused: {next(filter(None, held))}")
        done(start + len(documents))
    if connection.vendor == "postgresql":
        # Without the catalogues that all databases of a server share, which a test would lock until it ends.
        tables = ", ".join(map(connection.ops.quote_name, connection.introspection.table_names()))
        with connection.cursor() as cursor:
            cursor.execute(f"{'' if connection.in_atomic_block else 'VACUUM '}ANALYZE {tables}")


def slug(number):
    return f"bench-{number}"


def document(number):
    """The `number`th made-up monograph: short, one in ten a combination of its two neighbours."""
    from drugs.content import FAQ, Document, DrugClass, Name, Section, SideEffect
    from tests.benchmarks.pages import name, prose, sentence

    rng = random.Random(number)
    combined = number % 10 == 9
    title = f"{name(number - 1)} + {name(number - 2)}" if combined else name(number)
    sections = [Section(kind, "", prose(rng, 2)) for kind in ("warning", "uses", "do_not_take", "pregnancy")]
    # Few names for very many pages: the lists of the most frequent ones are as long as lists can be.
    effects = {min(int(rng.expovariate(0.05)), 400) for _ in range(8)}
    return Document(
        slug=slug(number),
        title=title,
        names=(Name(f"{name(number)} hydrochloride", "synonym"),),
        ingredients=(name(number - 1), name(number - 2)) if combined else (),
        classes=(DrugClass(f"Class {min(int(rng.expovariate(0.1)), 60)} agents"),),
        sections=(*sections, Section("side_effects", "", sentence(rng)), Section("faqs")),
        side_effects=tuple(
            SideEffect(f"Effect {effect}", sentence(rng), "common", "", rng.choice(("common", "rare")))
            for effect in sorted(effects)
        ),
        faqs=(FAQ(sentence(rng, 6)[:-1] + "?", sentence(rng)),),
    )


if __name__ == "__main__":
    setup(sys.argv[1])
    fill(int(sys.argv[2]))
