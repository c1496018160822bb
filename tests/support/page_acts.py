"""What can happen to public pages, one act at a time, for tests that do such acts in any order."""

import random
from contextlib import suppress
from pathlib import Path

from django.core.management import call_command
from django.db import transaction

from drugs import desk, publishing
from drugs.content import Section
from drugs.models import Edition, Monograph, Publication
from drugs.publishing import merging
from tests.support.builders import make_document, make_review, publish_again

SLUGS = ("a", "b", "c")


def page(slug):
    return Publication.objects.filter(slug=slug).first()


def publish(slug, other, folder):
    """A text that the page has not had yet, whatever is on its desk."""
    found = Monograph.objects.filter(slug=slug).first()
    words = f"Keep it below {found.version if found else 0} degrees."
    sections = (*make_document().sections, Section("storage", "", words))
    document = make_document(slug=slug, title=f"{slug}ol", names=(), sections=sections)
    monograph = desk.write(document, by="writer", monograph=found)
    publishing.publish(monograph, by="test", kind="clarity", note="Changed.")


def sign(slug, other, folder):
    if found := page(slug):
        publish_again(found, review=make_review(), faqs=())


def withdraw(slug, other, folder):
    if found := page(slug):
        publishing.withdraw(found, reason="Wrong.", by="test")


def restore(slug, other, folder):
    if found := page(slug):
        edition = Edition.objects.filter(monograph=found.monograph).order_by("number").first()
        publishing.restore(edition, by="test", note="Back.")


def merge(slug, other, folder):
    found, into = page(slug), page(other)
    if found and into and found != into and not merging.objection(found.monograph, into.monograph):
        merging.merge(found.monograph, into.monograph, by="test")


def bring_in(slug, other, folder):
    """A file that is imported to the desk, and stays there."""
    import_file(slug, other, folder, publish=False)


def bring_out(slug, other, folder):
    """A file that is imported and published."""
    import_file(slug, other, folder, publish=True)


def import_file(slug, other, folder, publish):
    version = Monograph.objects.filter(slug=slug).values_list("version", flat=True).first()
    file = folder / other / f"{slug}.md"
    file.parent.mkdir(exist_ok=True)
    front = f"---\nformat: 1\ntitle: {slug}ol\nslug: {slug}\n---\n# {slug}ol\n"
    file.write_text(f"{front}\n## What it is used for\nPain of kind {version}.\n")
    call_command("import_monographs", file, publish=publish, overwrite=True, verbosity=0)


ACTS = (publish, publish, sign, withdraw, restore, merge, bring_in, bring_out)


def do(act, slug, other, folder):
    """`act` in a transaction of its own; what the site refuses is not done."""
    with suppress(publishing.PublishingError), transaction.atomic():
        act(slug, other, folder)


def for_ever(folder: str, seed: int) -> None:
    """One act after the other, until the process is killed; files to be imported are written to `folder`."""
    rng = random.Random(seed)
    while True:
        do(rng.choice(ACTS), rng.choice(SLUGS), rng.choice(SLUGS), Path(folder))
