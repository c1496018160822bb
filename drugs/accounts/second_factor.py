"""Second factor: an app that shows time-based codes (TOTP), and backup codes on paper."""

import datetime
import math
import time
from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db import transaction
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from drugs import audit
from drugs.audit import facts

BACKUP_CODES = 10


class TooManyCodes(Exception):
    """Wrong codes came too fast; `until` says when the next one is looked at."""

    def __init__(self, until: datetime.datetime) -> None:
        super().__init__(until)
        self.until = until


class CodeAnswer(NamedTuple):
    """What comes of a code: the `device` that takes it, or None with the sentence why none does and, after too many
    wrong ones, the seconds to `wait`.
    """

    device: TOTPDevice | StaticDevice | None
    objection: str = ""
    wait: int | None = None


class BackupCodes(NamedTuple):
    """New backup codes, and the device that takes them."""

    device: StaticDevice
    codes: list[str]


class Enrolment(NamedTuple):
    """A second factor that was just set up: its device, and the backup codes that came with it."""

    device: TOTPDevice
    backup_codes: list[str]


def has_second_factor(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether `user` has set up a second factor."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def _without_separators(code: str) -> str:
    """`code` without what people put between its parts."""
    return "".join(code.split()).replace("-", "").lower()


def backup_codes_left(user: User) -> int:
    """How many backup codes `user` has not used yet."""
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def check(user: User, code: str) -> TOTPDevice | StaticDevice | None:
    """The device of `user` that takes `code`, six digits or a backup code; None if it is wrong, which is recorded.

    A code is taken once. After each wrong one the next is looked at twice as late: raises TooManyCodes.
    """
    audit.lock_log()
    code = _without_separators(code)
    model = TOTPDevice if code.isdigit() and len(code) == 6 else StaticDevice
    device = model.objects.select_for_update().filter(user=user, confirmed=True).first()
    if device is None:
        return None
    allowed, why = device.verify_is_allowed()
    if not allowed:
        raise TooManyCodes(why["locked_until"])
    if device.verify_token(code):
        if model is StaticDevice:  # which has one code less now
            audit.record(user.get_username(), "backup_code", "", "", facts.account(user))
        return device
    audit.record(user.get_username(), "wrong_code")
    return None


def answer_to(user: User, code: str) -> CodeAnswer:
    """The CodeAnswer to `code`, typed by `user`: see `check`, whose refusals are worded here alone."""
    try:
        device = check(user, code)
    except TooManyCodes as error:
        wait = math.ceil((error.until - timezone.now()).total_seconds())
        return CodeAnswer(None, f"Too many wrong codes. Try again in {wait} s, or use a backup code.", wait)
    if device is None:
        return CodeAnswer(
            None, "This code is wrong, was used before, or is no longer valid. Wait for the next one."
        )
    return CodeAnswer(device)


def shows(key: str, code: str) -> bool:
    """Whether an app with the secret `key` (hexadecimal) shows `code` now, give or take half a minute."""
    code = _without_separators(code)
    totp = TOTP(bytes.fromhex(key))
    totp.time = time.time()
    return code.isascii() and code.isdigit() and len(code) == 6 and totp.verify(int(code), tolerance=1)


@transaction.atomic
def enrol(user: User, key: str, code: str) -> Enrolment | None:
    """Gives `user` the factor with the secret `key`, in place of any other, or None unless `code` is what it shows."""
    audit.lock_log()
    if not shows(key, code):
        return None
    device = TOTPDevice.objects.create(user=user, key=key, name="app")
    device.verify_token(_without_separators(code))  # which notes that this code was used
    TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
    codes = _renew_backup_codes(user).codes
    audit.record(user.get_username(), "enrolled", "", "", facts.account(user))
    return Enrolment(device, codes)


@transaction.atomic
def renew_backup_codes(user: User) -> BackupCodes:
    """New backup codes for `user`; the old ones, and the sessions that they opened, are worth nothing from now on."""
    audit.lock_log()
    renewed = _renew_backup_codes(user)
    audit.record(user.get_username(), "backup_codes", "", "", facts.account(user))
    return renewed


def _renew_backup_codes(user: User) -> BackupCodes:
    # Another device, not the same one with other codes: a session names the device that opened it.
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="paper")
    codes = [StaticToken.random_token() for _ in range(BACKUP_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return BackupCodes(device, codes)


@transaction.atomic
def remove(user: User, *, by: str) -> bool:
    """Takes away every second factor of `user`, who sets up a new one at the next login. False if there was none."""
    audit.lock_log()
    deleted = [model.objects.filter(user=user).delete()[0] for model in (TOTPDevice, StaticDevice)]
    if any(deleted):
        audit.record(by, "factor_removed", user.get_username(), "", facts.account(user))
    return any(deleted)
