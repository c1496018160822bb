"""Changes by another process to a site that others serve: `python -m tests.support.processes publish 1 Note`."""

import os
import sys
from dataclasses import replace

import django


def publish(number: str, text: str) -> None:
    from drugs import desk, publishing
    from drugs.content import Section
    from drugs.models import Monograph
    from tests.benchmarks import database

    document = database.document(int(number))
    monograph = Monograph.objects.get(slug=document.slug)
    said = Section("other", "New", text)
    desk.write(replace(document, sections=(*document.sections, said)), by="test", monograph=monograph)
    publishing.publish(monograph, by="test", kind="safety", note="New.")


def withdraw(number: str, reason: str) -> None:
    from drugs import publishing
    from drugs.models import Publication

    publishing.withdraw(Publication.objects.get(slug=f"bench-{number}"), reason=reason, by="test")


def say(key: str, body: str) -> None:
    from drugs.models import SiteText

    SiteText.objects.filter(key=key).update(body=body)


def read_without_making(number: str) -> None:
    """Prints the page as this process gets it, which cannot make one."""
    from django.test import Client

    from drugs.web import responses

    responses.render = None
    sys.stdout.write(Client(SERVER_NAME="127.0.0.1").get(f"/drugs/bench-{number}/").content.decode())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")
    django.setup()
    globals()[sys.argv[1]](*sys.argv[2:])
