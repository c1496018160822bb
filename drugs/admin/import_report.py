"""The report of an import: what came of each file, filtered by outcome, with keyset pagination."""

import json
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from drugs.admin.base import whole_number
from drugs.admin.monographs.findings import LEVELS
from drugs.import_export import seen_changes
from drugs.import_export.folder_summary import FolderSummary, result_from_dict
from drugs.models import ImportTask
from drugs.models.imports import OUTCOMES, ImportResult
from drugs.models.paging import page_of

PAGE = 50
LISTED = 200  # of the files that readers would not get; the report has them all
WORDS = {  # of outcomes, as editors read them
    "created": "new",
    "updated": "changed",
    "unchanged": "unchanged",
    "conflict": "in conflict",
    "failed": "not readable",
    "held": "held back from readers",
    "tick": "to be ticked",
}
_FILTERS = {"held": Q(held=True), "tick": seen_changes.TO_TICK}


def report(task: ImportTask, parameters: QueryDict) -> dict[str, Any]:
    """One page of the report of `task` for the template.

    `parameters` may hold `show`, a key of WORDS, and `after`, the number of the last file on the page before.
    Anything else in them is taken for the first page of everything.
    """
    show = parameters.get("show", "") if parameters.get("show") in WORDS else ""
    after = whole_number(parameters.get("after", "")) or 0
    # Behind those stand the lines of the dry run that were ticked and are still to be saved.
    results = task.results.filter(number__lte=task.handled).order_by("number")
    shown = results.filter(_FILTERS.get(show) or (Q(outcome=show) if show else Q()))
    counts = _counts(results)
    page, last = page_of(shown.filter(number__gt=after), PAGE)
    return {
        "counts": [
            (name, words, counts[name]) for name, words in WORDS.items() if name != "tick" or not task.saving
        ],
        "tickable": counts["tick"],
        "ticked": counts["ticked"],
        "show": show,
        "words": WORDS.get(show, ""),
        "after": after,
        "rows": [_row(result) for result in page],
        "following": last and last.number,
    }


def summary(task: ImportTask) -> dict[str, Any]:
    """The table with which the command ends a dry run, of the files of `task`, and the files that readers would not
    get, each with its reason; nothing if it was no dry run.
    """
    if task.state != "checked" or not task.handled:
        return {}
    told = FolderSummary()
    told.left_out = task.left_out.split("\n") if task.left_out else []
    for line in task.results.order_by("number").values_list("line", flat=True).iterator():
        told.add(result_from_dict(json.loads(line)))
    left_out = list(told.files_left_out())
    return {
        "table": "\n".join((*told.table(), *told.notices(left_out=False))),
        "left_out": left_out[:LISTED],
        "left_out_count": len(left_out),
    }


def _counts(results: QuerySet[ImportResult]) -> dict[str, int]:
    """Numbers of files by the keys of WORDS, and that of those that are `ticked`."""
    filters = {outcome: Q(outcome=outcome) for outcome in OUTCOMES}
    filters |= {**_FILTERS, "ticked": seen_changes.TICKED}
    return results.order_by().aggregate(**{name: Count("pk", filter=q) for name, q in filters.items()})


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
    """Where in the file is what holds the page back: line numbers, none if it is not in the file."""
    return [finding["line"] for finding in findings if finding["message"] == reason and finding["line"]]
