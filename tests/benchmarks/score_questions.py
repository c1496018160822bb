"""Quality of answers to questions and crises, and of short names, on sets of our own (`search_sets/`).

    python -m tests.benchmarks.score_questions [--misses]

The pages are those of `fixtures/monographs`; with MEDINFO_TEST_SEARCH the names of its folder are searched for short
words.
A question counts if the right section of the right page is the first that is shown.
"""

import argparse
import os
import re
import sys
from pathlib import Path

from tests.benchmarks import database
from tests.support import search_sets

ROOT = Path(__file__).resolve().parents[2]
ANSWER = re.compile(r'data-answer="[^"]*".*?href="([^"]*)"', re.DOTALL)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--misses", action="store_true", help="print what was missed")
    options = parser.parse_args()
    database.setup()
    from django.core.management import call_command
    from django.test import Client

    call_command("import_monographs", str(ROOT / "fixtures" / "monographs"), "--publish", verbosity=0)
    client = Client(SERVER_NAME="127.0.0.1")

    def shown(query):
        return client.get("/search/", {"q": query}).content.decode()

    def card(query):
        return 'data-card="crisis"' in shown(query)

    say("crises with a card", [(query, card(query)) for query in search_sets.lines("crisis.txt")], options)
    ordinary = [(query, not card(query)) for query in search_sets.lines("ordinary.txt")]
    say("ordinary queries without one", ordinary, options)
    questions = [
        (query, is_first(shown(query), slug, anchors.split(",")))
        for query, slug, anchors in search_sets.rows("questions.txt")
    ]
    say("questions with the right section first", questions, options)
    if folder := os.environ.get("MEDINFO_TEST_SEARCH"):
        say("short words with the right page first", score_short_words(folder), options)


def is_first(html, slug, anchors):
    first = ANSWER.search(html)
    return bool(first) and first[1] in [f"/drugs/{slug}/#{anchor}" for anchor in anchors]


def score_short_words(folder):
    from drugs.search import names
    from tests.benchmarks.score_names import fill, read_lines

    fill(read_lines(Path(folder) / "names.jsonl"), 0)
    measured = []
    for query, titles in search_sets.rows("short_words.txt"):
        hits = names.find(query)
        measured.append((query, bool(hits) and hits[0].title in titles.split(" / ")))
    return measured


def say(what, measured, options):
    right = sum(good for _, good in measured)
    sys.stdout.write(f"{what}: {right} of {len(measured)}\n")
    if options.misses:
        sys.stdout.writelines(f"  {query}\n" for query, good in measured if not good)


if __name__ == "__main__":
    main()
