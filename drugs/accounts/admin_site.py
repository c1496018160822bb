"""Who is inside the editors' desk? What a session knows of its person, and for how long it is believed."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from drugs import audit
from drugs.accounts import second_factor
from drugs.models import OneTimePassword

ONE_TIME_DAYS = 7  # how long a password that an administrator set opens the door


def may_enter_desk(user):
    """Whether `user` may enter the desk: of the staff, and with a second factor if the site asks for one."""
    return _is_staff(user) and (not settings.REQUIRE_OTP or getattr(user, "otp_device", None) is not None)


def needs_second_factor(user):
    """Whether `user` gave the right password and has yet to show the second factor."""
    return _is_staff(user) and not may_enter_desk(user)


def _is_staff(user):
    return user.is_active and user.is_staff


def redirect_to(name, request):
    """Sends whoever asks to one of the doors, and from there back to here."""
    return redirect(f"{reverse(name)}?{urlencode({'next': next_url(request, request.get_full_path())})}")


def next_url(request, default=None):
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
        return may_enter_desk(request.user)

    def login(self, request, extra_context=None):
        if request.method == "GET" and needs_second_factor(request.user):
            door = "code" if second_factor.has_second_factor(request.user) else "enrol"
            return redirect(f"{reverse(f'doors:{door}')}?{urlencode({'next': next_url(request)})}")
        return super().login(request, extra_context)

    def password_change(self, request, extra_context=None):
        with transaction.atomic():
            response = super().password_change(request, extra_context)
            if request.method == "POST" and response.status_code == 302:
                name = request.user.get_username()
                audit.record(name, "password_set", name)
        return response
