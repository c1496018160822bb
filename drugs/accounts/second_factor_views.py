"""Views of the second factor: the code at login, setting it up (enrolment), new backup codes, and its removal."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

import django_otp
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django_otp.plugins.otp_static import admin as _static_admin  # noqa: F401 - registers what is taken away below
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp import admin as _totp_admin  # noqa: F401 - registers what is taken away below
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from drugs.accounts import admin_site, second_factor, sessions
from drugs.accounts.reauthentication import require_recent_password
from drugs.content.qr_code import qr_code

KEY_BYTES = 20
# Their screens would show secrets.
for model in (TOTPDevice, StaticDevice):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


class CodeForm(forms.Form):
    """A code that shows the second factor. `wait` is set after too many wrong ones: seconds until the next try."""

    wait: int | None = None

    code = forms.CharField(
        label="Code",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "size": 12}),
        help_text="Six digits from the app on your phone, or one of your backup codes.",
    )


class EnrolForm(CodeForm):
    """The code that the new app shows; and, if there is a factor, what that one says."""

    current = forms.CharField(
        label="Code of the present app",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 12}),
        help_text="Or one of your backup codes.",
    )

    def __init__(self, *args: Any, changing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = "Six digits that the app shows after you have scanned the picture."
        if not changing:
            del self.fields["current"]


def password_required(
    view: Callable[[admin_site.StaffRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Decorator of pages that need a password and no second factor. Those who gave none are sent to the login."""

    @never_cache
    @csrf_protect
    @sensitive_post_parameters()
    @wraps(view)
    def inner(request: HttpRequest) -> HttpResponse:
        if not (request.user.is_active and request.user.is_staff):
            return admin_site.redirect_to("admin:login", request)
        if not settings.REQUIRE_OTP and request.user.has_usable_password():
            return redirect("admin:index")
        return view(cast(admin_site.StaffRequest, request))

    return inner


@password_required
def code_page(request: admin_site.StaffRequest) -> HttpResponse:
    """The second step of a login: the code."""
    if admin_site.may_enter_desk(request.user):
        return redirect(admin_site.next_url(request))
    if not second_factor.has_second_factor(request.user):
        return redirect("accounts:enrol")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            device = _check(request, form, "code")
            if device:
                return _let_in(request, device)
    return _answer(request, "code", form, "Second step")


@password_required
def enrol_page(request: admin_site.StaffRequest) -> HttpResponse:
    """Enrolment: a factor at the first login, or another one for somebody who shows the present one."""
    changing = second_factor.has_second_factor(request.user)
    if changing and not admin_site.may_enter_desk(request.user):
        return redirect("accounts:code")
    if not (sessions.password_is_recent(request) or _begins_without_password(request, changing)):
        return admin_site.redirect_to("accounts:confirm", request)
    # The secret of this session alone: nobody else who knows the password may have seen it.
    key = request.session.setdefault("new_factor", random_hex(KEY_BYTES))
    form = EnrolForm(request.POST or None, changing=changing)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if not second_factor.shows(key, code):
            form.add_error(
                "code", "This is not what the app shows for this picture. Is the phone's clock right?"
            )
        else:
            with transaction.atomic():
                if not changing or _check(request, form, "current"):
                    enrolment = second_factor.enrol(request.user, key, code)
                    return _enrolled(request, enrolment, first=not changing)
    device = TOTPDevice(user=request.user, key=key)
    shown = {"secret": _secret(device), "qr": qr_code(device.config_url), "app_url": device.config_url}
    title = "Change the second factor" if changing else "Set up your second factor"
    return _answer(request, "enrol", form, title, **shown)


def _begins_without_password(request, changing):
    """Whether a first factor is set up by somebody without a password here, whom a proxy has just signed in."""
    return not changing and not request.user.has_usable_password() and sessions.login_is_recent(request)


@password_required
def backup_codes_page(request: admin_site.StaffRequest) -> HttpResponse:
    """New backup codes, for somebody who shows the factor."""
    if not admin_site.may_enter_desk(request.user):
        return admin_site.redirect_to("admin:login", request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            if _check(request, form, "code"):
                return _renewed(request, *second_factor.renew_backup_codes(request.user))
    left = second_factor.backup_codes_left(request.user)
    return _answer(request, "new_backup_codes", form, "New backup codes", left=left)


@require_recent_password
def remove_page(request: admin_site.StaffRequest, person_id: int, model_admin: ModelAdmin) -> HttpResponse:
    """Removal of the factor that somebody has lost, who then sets up a new one at the next login.

    `model_admin` says which accounts may be changed.
    """
    person = get_object_or_404(model_admin.get_queryset(request), pk=person_id)
    if not model_admin.has_change_permission(request, person) or person == request.user:
        raise PermissionDenied  # one's own is changed by showing it
    if request.method == "POST":
        if second_factor.remove(person, by=request.user.get_username()):
            messages.success(request, f"{person} sets up a new second factor at the next login.")
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[person.pk]))
    has_one = second_factor.has_second_factor(person)
    title = f"Remove the second factor of {person}"
    return _answer(request, "remove", None, title, person=person, has_one=has_one)


def _check(request, form, field):
    """The device that takes the code in `field`, or None; the form then says why."""
    answer = second_factor.answer_to(request.user, form.cleaned_data[field])
    if answer.objection:
        form.wait = answer.wait
        form.add_error(field, answer.objection)
    return answer.device


def _let_in(request, device):
    detail = ""
    if isinstance(device, StaticDevice):
        left = second_factor.backup_codes_left(request.user)
        detail = f"With a backup code; {left} are left."
        messages.warning(request, f"You used a backup code. {left} are left.")
    sessions.record_login(request, request.user, detail)
    _remember_code(request)
    _verify(request, device)
    return redirect(admin_site.next_url(request))


def _enrolled(request, enrolment, *, first):
    if first and not admin_site.may_enter_desk(request.user):
        sessions.record_login(request, request.user)
    _remember_code(request)
    del request.session["new_factor"]
    _verify(request, enrolment.device)
    return _show_backup_codes(request, enrolment.backup_codes)


def _renewed(request, device, codes):
    if isinstance(
        getattr(request.user, "otp_device", None), StaticDevice
    ):  # this session came in by an old code
        _verify(request, device)
    return _show_backup_codes(request, codes)


def _remember_code(request):
    """Of an account without a password here a code is what confirms an act: it has just been typed."""
    if not request.user.has_usable_password():
        sessions.remember_password_time(request)


def _verify(request, device):
    django_otp.login(request, device)
    request.session.cycle_key()  # whoever knew the half-open session does not know this one


def _show_backup_codes(request, codes):
    codes = [f"{code[:4]} {code[4:]}" for code in codes]
    return _answer(request, "backup_codes", None, "Your backup codes", codes=codes)


def _secret(device):
    """The secret as people type it: letters and digits in groups of four."""
    text = device.config_url.partition("secret=")[2].partition("&")[0]
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def _answer(request, name, form, title, **context):
    context |= {"form": form, "title": title, "next": admin_site.next_url(request)}
    frame = admin.site.each_context(request)
    wait = form.wait if form else None
    status = 200 if wait is None else 429
    response = render(request, f"admin/accounts/{name}.html", {**frame, **context}, status=status)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response
