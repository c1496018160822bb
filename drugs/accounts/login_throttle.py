"""Rate limit of the login: failures are counted by account and address, never by address alone.

Behind one address there may be a whole hospital, so that nobody's failures there may lock the others out. Yet
somebody may try one password on many accounts (password spraying). Once failures at an address have named SPRAYED
accounts within the time that a lock lasts, only accounts that have logged in there before may go on trying from it.
Of IPv6 the addresses of one /48 count together for that, since a company has as many networks as it likes.

And somebody may have many networks. Once GUESSED passwords of one account were wrong, wherever they came from, it may
be tried only where it has logged in before: guessing is slow, and the owner at the usual desk is not locked out.
Whoever tries a wrong password at such a time gets one and the same answer, known there or not.

Kept of a failure: account, address, count, time, until the lock would end. Of a login: account, address and
time, for REMEMBERED. No field of a form and nothing about the browser.
"""

import ipaddress
import math
from datetime import timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username, get_cool_off
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import F, QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone

from drugs import audit
from drugs.http.client_ip import client_address, network_of
from drugs.models import AuditEntry

SPRAYED = 20  # accounts
GUESSED = 30  # wrong passwords of one account, over all networks
MOST_ATTEMPTS = 2_000  # rows of other networks that are looked at for one answer, the newest
REMEMBERED = timedelta(days=90)  # a login, by which an account is known at an address
RECORDED_EVERY = timedelta(hours=1)  # at most one lock-out of an account, so that guessing fills no disk


def client_network(request: HttpRequest) -> str | None:
    """The address that failures are counted by, of IPv6 its network; None for a local socket, which has none."""
    return network_of(client_address(request)) or None


class ThrottleHandler(AxesDatabaseHandler):
    """Handler of django-axes (AXES_HANDLER): whether an account may try again, and what is kept of a failure."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Whether this account is locked out at this address, or open only where it is known, and it is not here.

        Whoever guesses passwords does not keep out people for whom a proxy vouches (remote_users).
        """
        if credentials and "remote_user" in credentials:
            return False
        if super().is_locked(request, credentials):
            return True
        return self._is_attacked(request, credentials) and not self._is_known(request, credentials)

    def _is_attacked(self, request, credentials):
        """Whether passwords are sprayed from this address, or those of this account guessed from anywhere."""
        recent = AccessAttempt.objects.filter(attempt_time__gt=timezone.now() - get_cool_off())
        of_account = recent.filter(username=get_client_username(request, credentials))
        guessed = of_account.aggregate(total=Sum("failures_since_start"))["total"] or 0
        return guessed >= GUESSED or _count_accounts(recent, request.axes_ip_address) >= SPRAYED

    def _is_known(self, request, credentials):
        """Whether this account has logged in at this address within REMEMBERED."""
        return AccessLog.objects.filter(
            ip_address=request.axes_ip_address,
            username=get_client_username(request, credentials),
            attempt_time__gt=_remembered_since(),
        ).exists()

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any
    ) -> None:
        """Counts a failure. axes has put its own attributes on `request`, which no type knows."""
        if request is None or "remote_user" in credentials:
            return
        request.axes_credentials = credentials
        if request.axes_locked_out:
            return  # not even looked at: nothing to count, and nothing is written
        self.clean_expired_user_attempts(request, credentials)
        username = get_client_username(request, credentials)
        attempt, created = AccessAttempt.objects.get_or_create(
            username=username,
            ip_address=request.axes_ip_address,
            user_agent="",
            defaults={"failures_since_start": 1},
        )
        if not created:
            AccessAttempt.objects.filter(pk=attempt.pk).update(
                failures_since_start=F("failures_since_start") + 1, attempt_time=request.axes_attempt_time
            )
        if self.is_locked(request, credentials):
            request.axes_locked_out = True
            _record_lock_out(username)
        elif self._is_attacked(request, credentials):
            request.axes_locked_out = True  # what the others are told: nobody learns who is known here

    def user_logged_in(self, sender: Any, request: Any, user: AbstractBaseUser, **kwargs: Any) -> None:
        """Keeps the login, without anything about the browser, and forgets old ones and expired sessions."""
        request.axes_user_agent = request.axes_http_accept = request.axes_path_info = ""
        super().user_logged_in(sender, request, user, **kwargs)
        AccessLog.objects.filter(attempt_time__lte=_remembered_since()).delete()
        request.session.clear_expired()


def _count_accounts(attempts: QuerySet[AccessAttempt], address: str | None) -> int:
    """How many accounts `attempts` from the same address, or of IPv6 from the same /48, have named."""
    count = attempts.filter(ip_address=address).values("username").distinct().count()
    if count >= SPRAYED or address is None or ":" not in address:
        return count
    company = _company_of(address)
    rows = attempts.filter(ip_address__contains=":").order_by("-attempt_time")
    rows = rows.values_list("ip_address", "username")[:MOST_ATTEMPTS]
    return max(count, len({username for other, username in rows if _company_of(other) == company}))


def _company_of(address: str) -> ipaddress.IPv6Network:
    return ipaddress.IPv6Network((address, 48), strict=False)


def seconds_left(request: Any) -> int:
    """How long until whoever was locked out by `request`, on which axes put attributes, may try again."""
    at_address = AccessAttempt.objects.filter(ip_address=request.axes_ip_address)
    of_account = at_address.filter(username=get_client_username(request, request.axes_credentials))
    last = (of_account or at_address).order_by("-attempt_time").values_list("attempt_time", flat=True).first()
    left = get_cool_off() - (timezone.now() - last if last else timedelta())
    return max(1, math.ceil(left.total_seconds()))


def _remembered_since():
    return timezone.now() - REMEMBERED


def _record_lock_out(username):
    """Who was locked out; a name that is no account's is left out, since people type passwords in its place."""
    known = get_user_model().objects.filter(username=username).exists()
    who = username if known else "somebody"
    recent = AuditEntry.objects.filter(action="locked_out", at__gt=timezone.now() - RECORDED_EVERY)
    if not recent.filter(who=who).exists():
        audit.record(who, "locked_out", detail="" if known else "Names that are no account's.")
