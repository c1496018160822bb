"""Admin site of the desk (DeskSite): who may enter it, where else they are led, and its login form."""

from typing import Any, cast

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import authenticate
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from drugs import audit
from drugs.accounts import second_factor
from drugs.audit import facts
from drugs.models import OneTimePassword

ONE_TIME_DAYS = 7  # how long a password that an administrator set lets in

AnyUser = AbstractBaseUser | AnonymousUser


class StaffRequest(HttpRequest):
    """The type of a request by somebody of the staff, who gave the password."""

    user: User


def may_enter_desk(user: AnyUser) -> bool:
    """Whether `user` may enter the desk: of the staff, and with a second factor if the site asks for one.

    A proxy that the operator trusts with it may vouch for that factor (remote_users).
    """
    if not _is_staff(user):
        return False
    shown = getattr(user, "otp_device", None) is not None or getattr(user, "vouched_for", False)
    return shown or not settings.REQUIRE_OTP


def needs_second_factor(user: AnyUser) -> bool:
    """Whether `user` gave the right password and has yet to show the second factor."""
    return _is_staff(user) and not may_enter_desk(user)


def _is_staff(user: AnyUser) -> bool:
    return user.is_active and getattr(user, "is_staff", False)


def redirect_to(name: str, request: HttpRequest) -> HttpResponse:
    """A redirect to the page of the login that is called `name`, which leads back to the present address."""
    return redirect(f"{reverse(name)}?{urlencode({'next': next_url(request, request.get_full_path())})}")


def next_url(request: HttpRequest, default: str = "") -> str:
    """The address of this site that the request names as `next`, or `default`, or the start of the desk."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(url, allowed_hosts=None, require_https=request.is_secure()):
        return url
    return default or reverse("admin:index")


class DeskLoginForm(AdminAuthenticationForm):
    """The login form, which takes a one-time password for ONE_TIME_DAYS only."""

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": "User name or password is wrong, or the account is closed. Capitals count in both.",
    }

    def confirm_login_allowed(self, user: User) -> None:
        """Raises ValidationError for a password that an administrator set and that has lain about since."""
        super().confirm_login_allowed(user)
        handed_over = OneTimePassword.objects.filter(user=user).first()
        if handed_over and (timezone.now() - handed_over.set_at).days >= ONE_TIME_DAYS:
            words = f"The password that an administrator gave you was good for {ONE_TIME_DAYS} days."
            raise ValidationError(f"{words} Ask for another one.", code="one_time")


class DeskSite(AdminSite):
    """Django's admin, which asks for a second factor where the site does."""

    login_form = DeskLoginForm

    # Django renders a list there, which django-stubs take for its only answer.
    def app_index(  # type: ignore[override]
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The start of the desk in the place of Django's lists of tables."""
        return redirect("admin:index")

    def has_permission(self, request: HttpRequest) -> bool:
        return may_enter_desk(request.user)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The login, which leads on to the second factor whoever has already given the password."""
        if request.method == "GET" and needs_second_factor(request.user):
            page = "code" if second_factor.has_second_factor(request.user) else "enrol"
            return redirect(f"{reverse(f'accounts:{page}')}?{urlencode({'next': next_url(request)})}")
        return super().login(request, extra_context)

    # Django answers with a redirect once the password is changed, which django-stubs do not know.
    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The change of one's own password, which is recorded and ends a one-time password; nothing else does.

        A wrong old password is counted with those at the login.
        """
        old, name = request.POST.get("old_password"), request.user.get_username()
        if old and authenticate(request, username=name, password=old) is None and _is_locked_out(request):
            return HttpResponse(
                status=429
            )  # in whose place the middleware of axes puts the page that says so
        with transaction.atomic():
            response = super().password_change(request, extra_context)
            if request.method == "POST" and response.status_code == 302:
                OneTimePassword.objects.filter(user=request.user.pk).delete()
                name = request.user.get_username()
                audit.record(name, "password_set", name, "", facts.account(cast(User, request.user)))
        return response


def _is_locked_out(request):
    return getattr(request, "axes_locked_out", False)
