"""Reauthentication: the password is asked for again before accounts and roles are changed; and the lock-out page."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from drugs.accounts import admin_site, login_throttle, second_factor, sessions

NOTHING_TO_CONFIRM_WITH = (
    "Your account has neither a password here nor a second factor of this site, by one of which you would confirm "
    "that it is you. Log out and in again, and set up a second factor first."
)


def has_nothing_to_confirm_with(user: User) -> bool:
    """Whether `user`, whom a proxy has signed in, has neither a password here nor a second factor of this site."""
    has_factor = second_factor.has_second_factor(user) or second_factor.backup_codes_left(user)
    return not user.has_usable_password() and not has_factor


def confirmation_field(user: User) -> forms.CharField:
    """The form field in which `user` confirms to be there: by the password, or, without one here, by a code."""
    by_password = user.has_usable_password()
    return forms.CharField(
        label="Your password" if by_password else "A code of your second factor",
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password" if by_password else "one-time-code"}
        ),
    )


def confirmation_objection(request: HttpRequest, given: str) -> str:
    """Why `given` does not confirm that its person is there, as a sentence; empty if it does, which is remembered.

    Wrong passwords are counted with those at the login, wrong codes with those of the second step.
    """
    user = cast(User, request.user)
    if has_nothing_to_confirm_with(user):
        return NOTHING_TO_CONFIRM_WITH
    if not given:
        return "Please type it: you gave it some time ago."
    if user.has_usable_password():
        if authenticate(request, username=user.get_username(), password=given) != user:
            return "This is not your password."
    elif objection := second_factor.answer_to(user, given).objection:
        return objection
    sessions.remember_password_time(request)
    return ""


class ConfirmationForm(forms.Form):
    """The password, or a code, of whoever is logged in; it is checked when the form is cleaned."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["password"] = confirmation_field(cast(User, request.user))
        self.fields["password"].widget.attrs["autofocus"] = True

    def clean_password(self) -> str:
        given = self.cleaned_data["password"]
        if objection := confirmation_objection(self.request, given):
            raise forms.ValidationError(objection)
        return given


@never_cache
@csrf_protect
@sensitive_post_parameters()
def reauthentication_page(request: HttpRequest) -> HttpResponse:
    """The page that asks for one's own password once more."""
    if not (request.user.is_active and request.user.is_staff):
        return admin_site.redirect_to("admin:login", request)
    form = ConfirmationForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        return redirect(admin_site.next_url(request))
    user = request.user
    title = "Your password, please" if user.has_usable_password() else "A code, please"
    context = {"form": form, "title": title, "next": admin_site.next_url(request)}
    if has_nothing_to_confirm_with(user):
        context |= {"form": None, "objection": NOTHING_TO_CONFIRM_WITH}
    return render(request, "admin/accounts/confirm.html", {**admin.site.each_context(request), **context})


@never_cache
@csrf_protect
@sensitive_post_parameters()
def end_sessions_page(request: HttpRequest) -> HttpResponse:
    """Log out everywhere: every other session of this person ends, once the password is given."""
    if not admin_site.may_enter_desk(request.user):
        return admin_site.redirect_to("admin:login", request)
    form = ConfirmationForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        sessions.end_others(request, form.cleaned_data["password"])
        messages.success(request, "You are logged out everywhere but here.")
        return redirect("admin:index")
    context = {"form": form, "title": "Log out everywhere", "next": ""}
    return render(
        request, "admin/accounts/end_sessions.html", {**admin.site.each_context(request), **context}
    )


def require_recent_password(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Decorator of pages that change accounts: they open to somebody who typed the password a short while ago."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not sessions.password_is_recent(request):
            return admin_site.redirect_to("accounts:confirm", request)
        return view(request, *args, **kwargs)

    return inner


def locked_out_response(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, Any]
) -> HttpResponse:
    """429 with Retry-After for somebody who typed too many wrong passwords, in the place of `response`."""
    seconds = login_throttle.seconds_left(request)
    context = {"title": "Too many wrong passwords", "minutes": -(-seconds // 60), "has_permission": False}
    answer = render(
        request, "admin/accounts/locked_out.html", {**admin.site.each_context(request), **context}, status=429
    )
    answer.headers["Retry-After"] = str(seconds)
    return answer
