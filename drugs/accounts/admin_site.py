"""Who is inside the editors' desk? What a session knows of its person, and for how long it is believed."""

import math
import time

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from drugs.accounts import second_factor
from drugs.audit import log as audit
from drugs.models import OneTimePassword
from drugs.web.middleware import is_of_the_desk

FRESH_SECONDS = 10 * 60  # how long a password counts as just given
FORM_SECONDS = 20 * 60  # and for a form that was opened while it did
WRITE_SECONDS = 60  # a session notes at most so often that somebody is there
ONE_TIME_DAYS = 7  # how long a password that an administrator set opens the door
SKEW_SECONDS = 5 * 60  # by so much the clocks of two machines may differ


def is_let_in(user):
    """Whether `user` may enter the desk: of the staff, and with a second factor if the site asks for one."""
    return _is_staff(user) and (not settings.REQUIRE_OTP or getattr(user, "otp_device", None) is not None)


def is_halfway(user):
    """Whether `user` gave the right password and has yet to show the second factor."""
    return _is_staff(user) and not is_let_in(user)


def _is_staff(user):
    return user.is_active and user.is_staff


def gave_password_just_now(request):
    """Whether the session's person typed the password a short while ago: asked before roles are changed."""
    limit = FRESH_SECONDS if request.method in ("GET", "HEAD") else FORM_SECONDS
    return _ago(request.session.get("password_at", 0)) < limit


def _ago(moment):
    """Seconds since `moment`; for ever, if it is yet to come: then the clock was set back, and nobody knows."""
    passed = time.time() - moment
    return passed if passed > -SKEW_SECONDS else math.inf


def note_password(request):
    """Notes in the session that its person has just typed the right password."""
    request.session["password_at"] = int(time.time())


def to(name, request):
    """Sends whoever asks to one of the doors, and from there back to here."""
    return redirect(f"{reverse(name)}?{urlencode({'next': onward(request, request.get_full_path())})}")


def onward(request, default=None):
    """The address of this site that the request names as `next`, or `default`, or the start of the desk."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure()):
        return wanted
    return default or reverse("admin:index")


class DeskLoginForm(AdminAuthenticationForm):
    """Lets nobody in with a password that an administrator set and that has lain about since."""

    def confirm_login_allowed(self, user):
        super().confirm_login_allowed(user)
        handed_over = OneTimePassword.objects.filter(user=user).first()
        if handed_over and (timezone.now() - handed_over.set_at).days >= ONE_TIME_DAYS:
            words = f"The password that an administrator gave you was good for {ONE_TIME_DAYS} days."
            raise ValidationError(f"{words} Ask for another one.", code="one_time")


class DeskSite(AdminSite):
    """Django's admin, behind these doors."""

    login_form = DeskLoginForm

    def has_permission(self, request):
        return is_let_in(request.user)

    def login(self, request, extra_context=None):
        if request.method == "GET" and is_halfway(request.user):
            door = "code" if second_factor.has_one(request.user) else "enrol"
            return redirect(f"{reverse(f'doors:{door}')}?{urlencode({'next': onward(request)})}")
        return super().login(request, extra_context)

    def password_change(self, request, extra_context=None):
        with transaction.atomic():
            response = super().password_change(request, extra_context)
            if request.method == "POST" and response.status_code == 302:
                name = request.user.get_username()
                audit.record(name, "password_set", name)
        return response


def end_old_sessions(get_response):
    """Logs out whoever did nothing for SESSION_IDLE_SECONDS or logged in SESSION_COOKIE_AGE ago."""

    def middleware(request):
        if is_of_the_desk(request) and SESSION_KEY in request.session:
            _keep_or_end(request)
        return get_response(request)

    return middleware


def _keep_or_end(request):
    session = request.session
    since, seen = _ago(session.get("since", 0)), _ago(session.get("seen", 0))
    if seen > settings.SESSION_IDLE_SECONDS or since > settings.SESSION_COOKIE_AGE:
        logout(request)
    elif seen > WRITE_SECONDS:
        session["seen"] = int(time.time())


def _begin(sender, request, user, **kwargs):
    note_password(request)
    request.session["since"] = request.session["seen"] = request.session["password_at"]
    asks = settings.REQUIRE_OTP and user.is_staff
    audit.record(user.get_username(), "password" if asks else "logged_in")


def _end(sender, request, user, **kwargs):
    if user is not None:
        audit.record(user.get_username(), "logged_out")


def watch():
    """Records logins and logouts. Called once, when the app starts."""
    user_logged_in.connect(_begin, dispatch_uid="doors")
    user_logged_out.connect(_end, dispatch_uid="doors")
