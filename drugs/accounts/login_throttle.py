"""How often may somebody guess a password? Failures are counted by account and address, never by address alone.

Behind one address there may be a whole hospital, so that nobody's failures there may lock the others out. Yet
somebody may try one password on many accounts. Once failures at an address have named SPRAYED accounts within
the time that a lock lasts, only accounts that have logged in there before may go on trying from it.

Kept of a failure: account, address, count, time, until the lock would end. Of a login: account, address and
time, for REMEMBERED. No field of a form and nothing about the browser.
"""

import ipaddress
import math
from datetime import timedelta

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username, get_cool_off
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth import get_user_model
from django.db.models import F
from django.utils import timezone

from drugs import audit
from drugs.http.client_ip import client_address
from drugs.models import AuditEntry

SPRAYED = 20
REMEMBERED = timedelta(days=90)
RECORDED_EVERY = timedelta(hours=1)  # at most one lock-out of an account, so that guessing fills no disk


def client_network(request):
    """The address that failures are counted by, or None; of IPv6 the network, which is one customer's."""
    try:
        address = ipaddress.ip_address(client_address(request))
    except ValueError:
        return None  # a local socket
    if address.version == 6:
        address = ipaddress.ip_network((int(address), 64), strict=False).network_address
    return str(address)


class ThrottleHandler(AxesDatabaseHandler):
    """What django-axes asks: may this account try again from here, and what is kept of a failure."""

    def is_locked(self, request, credentials=None):
        return super().is_locked(request, credentials) or self._is_sprayed(request, credentials)

    def _is_sprayed(self, request, credentials):
        here = {"ip_address": request.axes_ip_address}
        failures = AccessAttempt.objects.filter(**here, attempt_time__gt=timezone.now() - get_cool_off())
        if failures.values("username").distinct().count() < SPRAYED:
            return False
        return not AccessLog.objects.filter(
            **here, username=get_client_username(request, credentials), attempt_time__gt=_forgotten()
        ).exists()

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        if request is None:
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

    def user_logged_in(self, sender, request, user, **kwargs):
        request.axes_user_agent = request.axes_http_accept = request.axes_path_info = ""
        super().user_logged_in(sender, request, user, **kwargs)
        AccessLog.objects.filter(attempt_time__lte=_forgotten()).delete()
        request.session.clear_expired()


def seconds_left(request):
    """How long until whoever was locked out by `request` may try again."""
    here = AccessAttempt.objects.filter(ip_address=request.axes_ip_address)
    own = here.filter(username=get_client_username(request, request.axes_credentials))
    last = (own or here).order_by("-attempt_time").values_list("attempt_time", flat=True).first()
    left = get_cool_off() - (timezone.now() - last if last else timedelta())
    return max(1, math.ceil(left.total_seconds()))


def _forgotten():
    return timezone.now() - REMEMBERED


def _record_lock_out(username):
    """Who was locked out; a name that is no account's is left out, since people type passwords in its place."""
    known = get_user_model().objects.filter(username=username).exists()
    who = username if known else "somebody"
    recent = AuditEntry.objects.filter(action="locked_out", at__gt=timezone.now() - RECORDED_EVERY)
    if not recent.filter(who=who).exists():
        audit.record(who, "locked_out", detail="" if known else "Names that are no account's.")
