"""What came of each file of an import? A page of the report, as far as somebody wants to see it."""

import json

from django.db.models import Count, Q

from drugs.admin.monographs.findings import LEVELS
from drugs.models.imports import OUTCOMES

PAGE = 50
WORDS = {  # of outcomes, as editors read them
    "created": "new",
    "updated": "changed",
    "unchanged": "unchanged",
    "conflict": "in conflict",
    "failed": "not readable",
    "held": "held back from readers",
}


def report(task, asked):
    """The report of `task` as a dict for the template. `asked` are the parameters `show` and `after`."""
    show = asked.get("show") if asked.get("show") in WORDS else ""
    after = asked.get("after", "")
    after = int(after) if after.isascii() and after.isdigit() and len(after) < 10 else 0
    results = task.results.order_by("number")
    rows = results.filter(**({"held": True} if show == "held" else {"outcome": show} if show else {}))
    found = list(rows.filter(number__gt=after)[: PAGE + 1])
    return {
        "counts": _counts(results),
        "show": show,
        "words": WORDS.get(show, ""),
        "after": after,
        "rows": [_row(result) for result in found[:PAGE]],
        "following": found[PAGE - 1].number if len(found) > PAGE else None,
    }


def _counts(results):
    """Triples of an outcome, its words and its number, and how many pages were published."""
    counts = {outcome: Count("pk", filter=Q(outcome=outcome)) for outcome in OUTCOMES}
    found = results.order_by().aggregate(held=Count("pk", filter=Q(held=True)), **counts)
    return [(name, words, found[name]) for name, words in WORDS.items()]


def _row(result):
    line = json.loads(result.line)
    findings = [{**finding, "label": LEVELS[finding["level"]]} for finding in line["findings"]]
    return {
        **line,
        "number": result.number,
        "words": WORDS[result.outcome],
        "findings": findings,
        "held": [(reason, _lines(reason, findings)) for reason in dict.fromkeys(line["held"])],
    }


def _lines(reason, findings):
    """Where in the file is what holds the page back? Line numbers, none if it is not in the file."""
    return [finding["line"] for finding in findings if finding["message"] == reason and finding["line"]]
