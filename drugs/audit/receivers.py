"""Receivers of signals: what this program's own code does to accounts and reports is an act, whoever calls it.

The screens of the desk and the commands record accounts themselves, with their reasons. What else the program is made
to do, such as in `manage.py shell`, is recorded here once it is committed; what is done to the database without the
program is found by `verify`.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.signals import m2m_changed, post_save
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from drugs.audit import facts, log
from drugs.models import AuditEntry, OneTimePassword, ProblemReport

# Acts that state the standing of an account: of the account in `object`, or of whoever did it.
ON_ACCOUNTS = ("person_added", "person_changed", "password_set", "password_kept", "factor_removed")
BY_OWNERS = ("enrolled", "backup_codes", "backup_code", "sessions_ended")

_told_by_caller = ContextVar("told_by_caller", default=False)


@contextmanager
def told_by_caller() -> Iterator[None]:
    """Accounts that are saved inside are recorded by the caller, with words of its own, and not a second time here."""
    token = _told_by_caller.set(True)
    try:
        yield
    finally:
        _told_by_caller.reset(token)


def connect() -> None:
    """Has them called from now on. Called once, when the app starts."""
    person = get_user_model()
    post_save.connect(_account_saved, sender=person, dispatch_uid="audit")
    for field in (person.groups, person.user_permissions):
        m2m_changed.connect(_rights_changed, sender=field.through, dispatch_uid="audit")
    for model in (TOTPDevice, StaticToken):
        post_save.connect(_factor_added, sender=model, dispatch_uid="audit")
    post_save.connect(_password_handed_over, sender=OneTimePassword, dispatch_uid="audit")
    post_save.connect(_report_saved, sender=ProblemReport, dispatch_uid="audit")


def _account_saved(instance: User, update_fields: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw and not _told_by_caller.get() and update_fields != frozenset({"last_login"}):
        # Django hashes a password anew when a version of its own says so: the same one in another spelling.
        action = "password_kept" if update_fields == frozenset({"password"}) else "person_changed"
        _look_again(instance, action)


def _rights_changed(instance: Any, action: str, reverse: bool, **kwargs: Any) -> None:
    if action.startswith("post_") and not reverse:
        _look_again(instance, "person_changed")


def _factor_added(instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw:
        user = instance.device.user if isinstance(instance, StaticToken) else instance.user
        _look_again(user, "person_changed")


def _password_handed_over(instance: OneTimePassword, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw:
        _look_again(instance.user, "person_changed")


def _report_saved(instance: ProblemReport, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw:
        log.record("a reader", "reported", instance.monograph.slug, "", facts.reports([instance]))


def _look_again(user: User, action: str) -> None:
    transaction.on_commit(lambda: _record_account(user, action))


@transaction.atomic
def _record_account(user: User, action: str) -> None:
    """An act of the account of `user` as it is now, unless the newest act on it says the same."""
    log.lock_log()
    person = get_user_model().objects.filter(pk=user.pk).first()
    if person is None:
        return
    name, now = person.get_username(), facts.account(person)
    said = _last_said(name)
    if said == now["accounts"][name]:
        return
    log.record(_program(), action if said else "person_added", name, "", now)


def _last_said(name):
    on_it = AuditEntry.objects.filter(action__in=ON_ACCOUNTS, object=name)
    by_owner = AuditEntry.objects.filter(action__in=BY_OWNERS, who=name)
    found = AuditEntry.objects.filter(action="found")
    newest = (on_it | by_owner | found).order_by("-number").values_list("facts", flat=True).first()
    return json.loads(newest or "{}").get("accounts", {}).get(name)


def _program():
    """The command that runs, as in `manage.py shell`; else the program's name."""
    name = Path(sys.argv[0]).name
    return sys.argv[1] if name == "manage.py" and len(sys.argv) > 1 else name or "python"
