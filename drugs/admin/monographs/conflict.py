"""Edit conflicts: a three-way merge with what was saved meanwhile, and the page that asks about what both changed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.contrib import admin
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format

from drugs.admin.base import render_page
from drugs.admin.users import account_name, display_name
from drugs.content import Document, diff, three_way
from drugs.models import Monograph

CHOICE = "choice-"  # before the key of a contested part, in the name of its field
BACK_TO_FORM = "_edit"  # the button that leads back to the form
_NAMED = 5  # more parts that were taken over are counted


@dataclass(frozen=True)
class Conflict:
    """A text that was sent, merged with `saved`, what the desk says as `current`.

    `saves` is how often it was saved since the form was opened; `answers` holds a choice by key (see `three_way`).
    """

    current: Monograph
    saves: int
    mine: Document
    saved: Document
    merge: three_way.Merge
    taken: list[diff.Change]  # what the merge holds of what was saved meanwhile, contested parts left out
    answers: Mapping[str, str]

    @property
    def settled(self) -> bool:
        """Whether nothing is left to choose."""
        return all(part.key in self.answers for part in self.merge.contested)


class Question(NamedTuple):
    """A contested part as the page shows it, with the differences of both texts from the common one."""

    part: three_way.Contested
    field: str
    theirs: list[diff.Piece]
    mine: list[diff.Piece]
    answer: str


def meet(
    base: Document, mine: Document, saved: Document, current: Monograph, version: int, sent: Mapping[str, str]
) -> Conflict:
    """The Conflict of `mine`, made of `base`, the text of `version`, with `saved`; `sent` are all fields."""
    # A name that a page and a list have brought stands on the form twice, and in a document once.
    mine = replace(mine, names=tuple(_said_once(mine.names, Counter(base.names))))
    answers = {
        name.removeprefix(CHOICE): value
        for name, value in sent.items()
        if name.startswith(CHOICE) and value in (three_way.MINE, three_way.THEIRS)
    }
    merge = three_way.merge(base, mine, saved, answers)
    all_mine = {part.key: three_way.MINE for part in merge.contested}
    taken = diff.compare(mine, three_way.merge(base, mine, saved, all_mine).document)
    return Conflict(current, current.version - version, mine, saved, merge, taken, answers)


def _said_once(names, in_base):
    seen = Counter()
    for name in names:
        seen[name] += 1
        if seen[name] <= max(1, in_base[name]):
            yield name


def describe_saves(conflict: Conflict, user: AbstractBaseUser | AnonymousUser) -> str:
    """Who saved meanwhile and when, as the beginning of a sentence."""
    current = conflict.current
    when = date_format(timezone.localtime(current.changed_at), "j F, H:i")
    mine = current.changed_by == account_name(user)
    if conflict.saves > 1:
        who = "yourself" if mine else display_name(current.changed_by) or "somebody"
        return (
            f"This page was saved {conflict.saves} times while you were working on it, last by {who} ({when})"
        )
    if mine:
        return f"You saved this page in another window ({when})"
    return f"{display_name(current.changed_by) or 'Somebody'} saved this page while you were working on it ({when})"


def describe_merge(conflict: Conflict, user: AbstractBaseUser | AnonymousUser) -> str:
    """What was saved meanwhile and what became of both texts, for the person who has saved the merge."""
    merged = conflict.merge.document
    if merged == conflict.saved:
        outcome = "the page says what was saved then"
    elif merged == conflict.mine:
        outcome = "the page says what you wrote"
    elif conflict.merge.contested:
        outcome = "the page says both changes and, where they differed, what you chose"
    else:
        outcome = "both changes are in it"
    parts = [change.what for change in conflict.taken]
    more = f" and {len(parts) - _NAMED} more" if len(parts) > _NAMED else ""
    taken = f" Not written by you: {', '.join(parts[:_NAMED])}{more}." if parts else ""
    return f"{describe_saves(conflict, user)}; {outcome}.{taken}"


def conflict_page(request: HttpRequest, model_admin: admin.ModelAdmin, conflict: Conflict) -> HttpResponse:
    """The page that asks, for each part that both changed, whose text stands. It sends all of the form again."""
    questions = [
        Question(
            part,
            CHOICE + part.key,
            diff.word_changes(part.base, part.theirs),
            diff.word_changes(part.base, part.mine),
            conflict.answers.get(part.key, ""),
        )
        for part in conflict.merge.contested
    ]
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not name.startswith(CHOICE) and name not in ("csrfmiddlewaretoken", BACK_TO_FORM)
    ]
    context = {
        "title": "Which text stands?",
        "original": conflict.current,
        "saves": describe_saves(conflict, request.user),
        "questions": questions,
        "taken": conflict.taken,
        "sent": sent,
        "back_to_form": BACK_TO_FORM,
    }
    return render_page(request, model_admin, "admin/drugs/monograph/conflict.html", context)
