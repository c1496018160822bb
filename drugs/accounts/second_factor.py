"""What somebody has beside a password: an app that shows codes, and backup codes on paper."""

import time

from django.db import transaction
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from drugs import audit

BACKUP_CODES = 10


class TooManyCodes(Exception):
    """Wrong codes came too fast; `until` says when the next one is looked at."""

    def __init__(self, until):
        super().__init__(until)
        self.until = until


def has_second_factor(user):
    """Whether `user` has set up a second factor."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def _typed(code):
    """`code` without what people put between its parts."""
    return "".join(code.split()).replace("-", "").lower()


def backup_codes_left(user):
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def check(user, code):
    """The device of `user` that takes `code`, six digits or a backup code; None if it is wrong, which is recorded.

    A code is taken once. After each wrong one the next is looked at twice as late: raises TooManyCodes.
    """
    audit.lock_log()
    code = _typed(code)
    model = TOTPDevice if code.isdigit() and len(code) == 6 else StaticDevice
    device = model.objects.select_for_update().filter(user=user, confirmed=True).first()
    if device is None:
        return None
    allowed, why = device.verify_is_allowed()
    if not allowed:
        raise TooManyCodes(why["locked_until"])
    if device.verify_token(code):
        return device
    audit.record(user.get_username(), "wrong_code")
    return None


def shows(key, code):
    """Whether an app with the secret `key` shows `code` now, give or take half a minute."""
    code = _typed(code)
    totp = TOTP(bytes.fromhex(key))
    totp.time = time.time()
    return code.isascii() and code.isdigit() and len(code) == 6 and totp.verify(int(code), tolerance=1)


@transaction.atomic
def enrol(user, key, code):
    """Gives `user` the factor with the secret `key`, in place of any other, if `code` is what it shows now.

    Returns its device and new backup codes, or None if the code is wrong.
    """
    audit.lock_log()
    if not shows(key, code):
        return None
    device = TOTPDevice.objects.create(user=user, key=key, name="app")
    device.verify_token(_typed(code))  # which notes that this code was used
    TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
    codes = _renew_backup_codes(user)
    audit.record(user.get_username(), "enrolled")
    return device, codes


@transaction.atomic
def renew_backup_codes(user):
    """New backup codes for `user`, as a list; the old ones are worth nothing from now on."""
    audit.lock_log()
    codes = _renew_backup_codes(user)
    audit.record(user.get_username(), "backup_codes")
    return codes


def _renew_backup_codes(user):
    device, _ = StaticDevice.objects.get_or_create(user=user, defaults={"name": "paper"})
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _ in range(BACKUP_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


@transaction.atomic
def remove(user, *, by):
    """Takes away every second factor of `user`, who sets up a new one at the next login. False if there was none."""
    audit.lock_log()
    deleted = [model.objects.filter(user=user).delete()[0] for model in (TOTPDevice, StaticDevice)]
    if any(deleted):
        audit.record(by, "factor_removed", user.get_username())
    return any(deleted)
