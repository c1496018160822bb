"""Seen changes: what an import would change of pages that readers have, kept from its dry run to be read and ticked.

A change is published over a current edition only if somebody ticked it in the report of the dry run. The tick stands
in the line of the report, whose key `ticked` is the first where there is something to tick, and holds for exactly this
change: `key` names the edition and the text that were compared.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Q

from drugs import desk
from drugs.content import Document, diff, sha256
from drugs.models import ImportTask, Monograph

DIFF_CHARS = 20_000  # of one page's difference in the report

TO_TICK = Q(line__startswith='{"ticked": ')
TICKED = Q(line__startswith='{"ticked": true')


@dataclass(frozen=True)
class PublicChange:
    """What publishing a desk would change of the page that readers have; `number` is that of its current edition."""

    number: int
    key: str
    before: Document
    after: Document

    @cached_property
    def changes(self) -> list[diff.Change]:
        return diff.compare(self.before, self.after)

    @property
    def is_shown_whole(self) -> bool:
        """Whether a report has room for all of it."""
        return sum(map(_length, self.changes)) <= DIFF_CHARS


def public_change(monograph: Monograph) -> PublicChange | None:
    """What publishing the desk of `monograph` would change; None if readers have no page, or one that says the same."""
    publication = monograph.publication_or_none
    if publication is None or publication.withdrawn_at:
        return None
    document = desk.read(monograph)
    digest = sha256(document.to_json())
    if digest == publication.sha256:
        return None
    before = Document.from_json(publication.edition.document)
    return PublicChange(publication.number, f"{publication.sha256} {digest}", before, document)


def report_line(line: dict[str, Any], change: PublicChange | None, *, tickable: bool) -> str:
    """The `line` of a report as JSON, with what is to be read and, if the change is `tickable`, ticked."""
    if change is None:
        return json.dumps(line, ensure_ascii=False)
    whole = change.is_shown_whole
    tick = {"ticked": False} if tickable and whole else {}
    shown = {
        "edition": change.number,
        "key": change.key,
        "whole": whole,
        "changes": _first_of(change.changes),
    }
    return json.dumps({**tick, **line, **shown}, ensure_ascii=False)


def _length(change):
    return sum(len(piece.text) for piece in change.words)


def _first_of(changes):
    """As many of `changes`, for JSON, as a report has room for."""
    shown, room = [], DIFF_CHARS
    for change in changes:
        room -= _length(change)
        if room < 0:
            break
        shown.append({"what": change.what, "words": [list(piece) for piece in change.words]})
    return shown


@transaction.atomic
def set_ticks(task: ImportTask, shown: Iterable[str], ticked: Iterable[str]) -> None:
    """Ticks of some lines of the report of `task`, by number as a form sends them: those `shown`, of which `ticked`."""
    on = set(_numbers(ticked))
    results = task.results.select_for_update().filter(TO_TICK, number__in={*_numbers(shown), *on})
    for result in results:
        line = json.loads(result.line)
        line["ticked"] = result.number in on
        result.line = json.dumps(line, ensure_ascii=False)
        result.save(update_fields=["line"])


def _numbers(texts):
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 10]


def ticked_keys(task: ImportTask) -> dict[str, str]:
    """The keys of the ticked changes that `task` has still to save, by slug."""
    lines = task.results.filter(TICKED).order_by("number").values_list("slug", "line")
    return {slug: json.loads(line)["key"] for slug, line in lines}
