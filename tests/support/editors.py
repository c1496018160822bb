"""Editors at work in a process of their own: they write, publish, sign and withdraw pages of a site.

python -m tests.support.editors --forever              until somebody kills it
python -m tests.support.editors --publish SLUG N       N editions of one page; prints how many were its own
"""

import argparse
import random
import sys


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--forever", action="store_true")
    parser.add_argument("--publish", nargs=2, metavar=("SLUG", "N"))
    options = parser.parse_args()
    import django

    django.setup()
    if options.forever:
        rng = random.Random()
        while True:
            work(f"page-{rng.randrange(60):03}", rng)
    won, lost = publish_again_and_again(options.publish[0], int(options.publish[1]))
    sys.stdout.write(f"{won} won, {lost} told\n")


def work(slug, rng):
    """Something that editors do with the page `slug`, one transaction each."""
    from django.db import transaction

    from drugs import audit, desk, publishing
    from drugs.models import Monograph, Publication

    monograph = Monograph.objects.filter(slug=slug).first()
    if monograph is None:
        return
    if rng.random() < 0.1 and (publication := Publication.objects.filter(monograph=monograph).first()):
        publishing.withdraw(publication, reason="For a while.", by="test")
        return
    with transaction.atomic():
        audit.lock_log()  # before any row, as everywhere
        monograph = Monograph.objects.select_for_update().get(pk=monograph.pk)
        desk.write(changed(desk.read(monograph), rng), by="editor", monograph=monograph)
        publishing.publish(monograph, by="editor", kind="clarity", note="Said otherwise.")


def changed(document, rng):
    """`document` with a sentence that it had not before."""
    from dataclasses import replace

    from drugs.content import Section

    kept = tuple(section for section in document.sections if section.heading != "Said today")
    return replace(document, sections=(*kept, Section("other", "Said today", f"Number {rng.random()}.")))


def publish_again_and_again(slug, count):
    """Tries `count` times to publish what it has read, while others do the same: (successes, refusals)."""
    from drugs.models import Monograph
    from drugs.publishing import PublishingError

    won = lost = 0
    rng = random.Random()
    for _ in range(count):
        try:
            with_version(Monograph.objects.get(slug=slug), rng)
            won += 1
        except PublishingError:
            lost += 1
    return won, lost


def with_version(monograph, rng):
    """As the admin does: what an editor has read is what is changed and published. Returns the Edition.

    Raises PublishingError if somebody else was faster.
    """
    from django.db import transaction

    from drugs import audit, desk, publishing
    from drugs.models import Monograph

    with transaction.atomic():
        audit.lock_log()
        locked = Monograph.objects.select_for_update().get(pk=monograph.pk)
        if locked.version != monograph.version:
            raise publishing.PublishingError("Somebody else saved meanwhile.")
        desk.write(changed(desk.read(locked), rng), by="editor", monograph=locked)
    note = "Said otherwise."
    return publishing.publish(monograph, by="editor", kind="clarity", note=note, version=locked.version)


if __name__ == "__main__":
    main()
