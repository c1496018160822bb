"""Takeovers: acts by which somebody else could log in as the owner of an account, such as a password set for them.

An administrator who sets the password of a reviewer and removes the second factor is that reviewer. It has to be
possible, for who lost both; so it is said to the owner, and nobody signs with such an account for a day.
"""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from drugs.models import AuditEntry

ACTIONS = ("password_set", "factor_removed")
NO_SIGNING = timedelta(hours=24)
TOLD_FOR = timedelta(days=7)


def last_takeover(account: str, within: timedelta = TOLD_FOR) -> AuditEntry | None:
    """The newest act, not older than `within`, by which somebody else opened `account`; None if there is none."""
    acts = AuditEntry.objects.filter(action__in=ACTIONS, at__gt=timezone.now() - within, object=account)
    return acts.exclude(who=F("object")).order_by("-number").first()


def signing_objection(account: str) -> str:
    """Why nobody signs as `account` now, as a sentence; empty if nobody opened it in the last day."""
    act = last_takeover(account, NO_SIGNING)
    if act is None:
        return ""
    return f"{act.who} {act.words} for this account in the last 24 hours. Until they have passed nobody signs with it."


def login_mark(account: str, act: AuditEntry) -> str:
    """What the record says of the first login after the takeover `act`; empty of any later one."""
    since = AuditEntry.objects.filter(action="logged_in", who=account, number__gt=act.number)
    return (
        ""
        if since.exists()
        else f"The first since {act.who} {act.words} for this account (act {act.number})."
    )
