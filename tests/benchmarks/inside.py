"""The cost of single steps in CPU of one process: run by speed.py, once for each size of database; prints JSON."""

import json
import statistics
import sys
import time

from tests.benchmarks import database, pages


def main():
    database.setup(sys.argv[1])
    edits = int(sys.argv[2])
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.get(f"/drugs/{database.slug(1)}/")
    first_views, publishings = [], []
    for number in range(edits):
        publishings.append(milliseconds(publish_again(number)))
        first_views.append(milliseconds(lambda number=number: client.get(f"/drugs/{database.slug(number)}/")))
    found = {
        "first view after publishing": statistics.median(first_views),
        "publish one page": statistics.median(publishings),
        "search that nobody has asked for": first_asked(client, "/search/?q=", edits),
        "suggestions that nobody has asked for": first_asked(client, "/search/suggest/?q=", edits),
    }
    sys.stdout.write(json.dumps(found))


def first_asked(client, address, times):
    """Milliseconds of CPU of an answer to the misspelt name of a page, each another."""
    queries = [pages.name(number)[:-2] + "xo" for number in range(times)]
    return statistics.median(
        milliseconds(lambda query=query: client.get(address + query)) for query in queries
    )


def publish_again(number):
    """A function that publishes another text of the `number`th page, whose desk says it already."""
    from dataclasses import replace

    from drugs import desk, publishing
    from drugs.content import Section
    from drugs.models import Monograph

    document = database.document(number)
    said = Section("other", "New", f"Said at {time.time_ns()}.")
    monograph = Monograph.objects.get(slug=document.slug)
    desk.write(replace(document, sections=(*document.sections, said)), by="bench", monograph=monograph)
    return lambda: publishing.publish(monograph, by="bench", kind="clarity", note="Again.")


def milliseconds(work):
    started = time.process_time()
    work()
    return 1000 * (time.process_time() - started)


if __name__ == "__main__":
    main()
